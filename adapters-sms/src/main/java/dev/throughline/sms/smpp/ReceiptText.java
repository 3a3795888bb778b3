// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A delivery receipt in words, as SMPP 3.4, appendix B, proposes and every SMSC varies it: any field may be missing, anywhere. */
record ReceiptText(String text) {

    /** The message id. */
    Optional<String> id() {
        return field("id");
    }

    /** The state, in capitals. */
    Optional<String> state() {
        return field("stat").map(state -> state.toUpperCase(Locale.ROOT));
    }

    /** The network's error code. */
    Optional<String> error() {
        return field("err");
    }

    /** When it came to its state, by the SMSC's clock in an unknown zone; with or without seconds and century. */
    Optional<LocalDateTime> done() {
        return field("done date").filter(digits -> digits.matches("\\d+")).flatMap(ReceiptText::time);
    }

    private Optional<String> field(String name) {
        var field = Pattern.compile("(?i)(?:^|\\s)" + name + "\\s*:\\s*(\\S+)").matcher(text);
        return field.find() ? Optional.of(field.group(1)) : Optional.empty();
    }

    private static Optional<LocalDateTime> time(String digits) {
        String pattern =
                switch (digits.length()) {
                    case 10 -> "uuMMddHHmm";
                    case 12 -> "uuMMddHHmmss";
                    case 14 -> "uuuuMMddHHmmss";
                    default -> "";
                };
        try {
            return pattern.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(digits, DateTimeFormatter.ofPattern(pattern, Locale.ROOT)));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
