// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import com.google.common.hash.Hashing;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * What proves a consent act; empty where nothing is known.
 *
 * @param notice the id of the notice that was shown
 * @param version the notice's version
 * @param text the words as shown
 * @param textHash SHA-256 of the words, in hexadecimal; stays where the words themselves are left out
 * @param language the language of the words, as a BCP 47 tag
 * @param method how the act was done, such as {@code form}, {@code sms keyword} or {@code call recording}
 * @param proof the host's reference to a recording, scan or signed form
 * @param origin what a basis other than EXPRESS came from, such as {@code PURCHASE}
 */
public record Evidence(
        String notice,
        int version,
        String text,
        String textHash,
        String language,
        String method,
        String proof,
        String origin) {

    /** No evidence at all. */
    public static final Evidence NONE = new Evidence("", 0, "", "", "", "", "", "");

    /** The method of a consent that was confirmed by a link in a mail: proof of a consent to mails only. */
    public static final String BY_MAIL = "email double opt-in";

    /** How evidence is stored. */
    public static final Codec<Evidence> CODEC = new EvidenceCodec();

    /** Hashes the words. */
    public Evidence {
        if (!text.isEmpty()) {
            textHash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
        }
    }

    /**
     * Whether a kind of evidence is there.
     *
     * @param kind {@code text} (words or a notice), {@code ts} (always there), {@code method}, {@code language}, {@code proof} or
     *     {@code origin}
     * @return whether; no for other words
     */
    public boolean has(String kind) {
        return switch (kind) {
            case "text" -> !notice.isEmpty() || !textHash.isEmpty();
            case "ts" -> true;
            case "method" -> !method.isEmpty();
            case "language" -> !language.isEmpty();
            case "proof" -> !proof.isEmpty();
            case "origin" -> !origin.isEmpty();
            default -> false;
        };
    }

    /**
     * What is missing.
     *
     * @param wanted the kinds that a rule asks for
     * @return those that are not there, in the order asked
     */
    public List<String> missing(Collection<String> wanted) {
        return wanted.stream().filter(kind -> !has(kind)).toList();
    }

    /** The same without the words, of which the hash stays: the ledger's log keeps them. */
    Evidence brief() {
        return text.isEmpty() ? this : new Evidence(notice, version, "", textHash, language, method, proof, origin);
    }

    /** The same, confirmed by a click in a mail: it proves that the mailbox is hers, and nothing of a telephone (BGH I ZR 164/09). */
    Evidence confirmed(String message) {
        return new Evidence(notice, version, text, textHash, language, BY_MAIL, message, origin);
    }

    Evidence by(String way) {
        return new Evidence(notice, version, text, textHash, language, way, proof, origin);
    }

    private static final class EvidenceCodec implements Codec<Evidence> {
        @Override
        public void write(Evidence value, Writer out) {
            field(out, 1, value.notice);
            if (value.version != 0) {
                out.number(2, value.version);
            }
            field(out, 3, value.text);
            field(out, 4, value.textHash);
            field(out, 5, value.language);
            field(out, 6, value.method);
            field(out, 7, value.proof);
            field(out, 8, value.origin);
        }

        private static void field(Writer out, int number, String value) {
            out.string(number, value.isEmpty() ? null : value);
        }

        @Override
        public Evidence read(Reader in) {
            String notice = "";
            int version = 0;
            String text = "";
            String textHash = "";
            String language = "";
            String method = "";
            String proof = "";
            String origin = "";
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> notice = in.string();
                    case 2 -> version = (int) in.number();
                    case 3 -> text = in.string();
                    case 4 -> textHash = in.string();
                    case 5 -> language = in.string();
                    case 6 -> method = in.string();
                    case 7 -> proof = in.string();
                    case 8 -> origin = in.string();
                    default -> {}
                }
            }
            return new Evidence(notice, version, text, textHash, language, method, proof, origin);
        }
    }
}
