// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.OptOut;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that rules put into messages, in Vietnamese and English; what texts carry has no diacritics. */
enum Wording {
    VIETNAMESE {
        @Override
        String proof() {
            return "[BẢN THỬ]";
        }

        @Override
        String shortProof() {
            return "[BAN THU]";
        }

        @Override
        String acknowledgement(String brand, String received, String effective) {
            return brand + ": da nhan yeu cau tu choi quang cao luc " + received + ". Ngung gui quang cao tu "
                    + effective + ".";
        }

        @Override
        String shortHowto(List<OptOut> ways) {
            return joined(ways, way -> switch (way.means()) {
                        case SMS -> way.keyword() + " gui " + way.target();
                        case CALL -> "goi " + way.target();
                        case EMAIL -> "mail " + way.target();
                        case WEB -> "vao " + way.target();
                    })
                    + " de tu choi";
        }

        @Override
        String longHowto(List<OptOut> ways) {
            return "Để từ chối nhận quảng cáo: "
                    + joined(ways, way -> switch (way.means()) {
                        case SMS -> "soạn " + way.keyword() + " gửi " + way.target();
                        case CALL -> "gọi " + way.target();
                        case EMAIL -> "gửi thư tới " + way.target();
                        case WEB -> "truy cập " + way.target();
                    })
                    + ".";
        }
    },

    ENGLISH {
        @Override
        String proof() {
            return "[PROOF]";
        }

        @Override
        String shortProof() {
            return proof();
        }

        @Override
        String acknowledgement(String brand, String received, String effective) {
            return brand + ": your refusal of advertising was received at " + received + ". Advertising stops at "
                    + effective + ".";
        }

        @Override
        String shortHowto(List<OptOut> ways) {
            return "To refuse: " + howto(ways);
        }

        @Override
        String longHowto(List<OptOut> ways) {
            return "To stop receiving advertising: " + howto(ways) + ".";
        }

        private String howto(List<OptOut> ways) {
            return joined(ways, way -> switch (way.means()) {
                case SMS -> "text " + way.keyword() + " to " + way.target();
                case CALL -> "call " + way.target();
                case EMAIL -> "write to " + way.target();
                case WEB -> "visit " + way.target();
            });
        }
    };

    static Wording in(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("vi") ? VIETNAMESE : ENGLISH;
    }

    /** What a proof is marked with in a mail. */
    abstract String proof();

    /** What a proof is marked with in a text message. */
    abstract String shortProof();

    abstract String acknowledgement(String brand, String received, String effective);

    /** For a text message. */
    abstract String shortHowto(List<OptOut> ways);

    /** For a mail. */
    abstract String longHowto(List<OptOut> ways);

    static String joined(List<OptOut> ways, Function<OptOut, String> words) {
        return ways.stream().map(words).collect(Collectors.joining(", "));
    }
}
