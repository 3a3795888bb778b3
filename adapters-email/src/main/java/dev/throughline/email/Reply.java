// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an SMTP server answered.
 *
 * @param code three digits (RFC 5321 section 4.2)
 * @param status the enhanced status without its class, such as {@code 1.1} of {@code 5.1.1} (RFC 3463); empty if there is none
 * @param text the words, in one line
 */
record Reply(int code, String status, String text) {

    private static final Pattern STATUS = Pattern.compile("(?:^|#)[245]\\.(\\d{1,3}\\.\\d{1,3})\\b\\s*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\\[\\]\"',;:]+@[^\\s<>()\\[\\]\"',;]+");
    private static final int LONGEST = 200;

    /** Reads an answer of one or more lines, each with its code. */
    static @Nullable Reply parse(@Nullable String lines) {
        if (lines == null || !lines.matches("(?s)\\d{3}.*")) {
            return null;
        }
        String words = lines.lines().map(Reply::afterCode).collect(Collectors.joining(" "));
        Matcher status = STATUS.matcher(words);
        return new Reply(
                Integer.parseInt(lines.substring(0, 3)),
                status.find() ? status.group(1) : "",
                lines.lines()
                        .map(line -> STATUS.matcher(afterCode(line)).replaceFirst(""))
                        .collect(Collectors.joining(" "))
                        .strip());
    }

    private static String afterCode(String line) {
        return line.length() > 4 ? line.substring(4) : "";
    }

    boolean isNegative() {
        return code >= 400 && code <= 599;
    }

    /** Whether it says what became of a command of this stage; only the whole message is accepted by a 2xx. */
    boolean isAnswerTo(Stage stage) {
        return isNegative() || (stage == Stage.DOT && code / 100 == 2);
    }

    boolean isTransient() {
        return code / 100 == 4;
    }

    /** The subject of the status, such as {@code 7} for security and policy. */
    String subject() {
        int dot = status.indexOf('.');
        return dot < 0 ? "" : status.substring(0, dot);
    }

    boolean mentions(Pattern words) {
        return words.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /** Code, status and words, without addresses and the recipient's name. */
    String detail(String recipientLocal) {
        String enhanced = status.isEmpty() ? "" : " " + code / 100 + "." + status;
        return (code + enhanced + " " + redacted(text, recipientLocal)).strip();
    }

    /** Words of others without what looks like an address or is the recipient's name, in one line of bounded length. */
    static String redacted(String words, String recipientLocal) {
        String line = ADDRESS.matcher(words.replaceAll("\\p{Cntrl}+", " ")).replaceAll("(address)");
        String nameless = recipientLocal.isEmpty()
                ? line
                : line.replaceAll("(?i)(?<![\\p{L}\\d])" + Pattern.quote(recipientLocal) + "(?![\\p{L}\\d])", "(name)");
        return nameless.length() <= LONGEST ? nameless : nameless.substring(0, LONGEST) + "..";
    }
}
