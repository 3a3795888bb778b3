// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import dev.throughline.channel.Preparation;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Money;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How text is brought to the form in which it leaves: typographic quotes, dashes and spaces become plain ones, then the
 * diacritics policy is applied, then segments and price are counted. Preparing what was prepared changes nothing.
 *
 * @param diacritics what becomes of diacritics
 * @param mostSegments above how many segments a text is refused, 1 to {@link Segments#MOST}
 * @param price of one segment, or {@code null} if unknown
 */
public record SmsText(
        Diacritics diacritics, int mostSegments, @Nullable Money price) {

    /** Diacritics stay, up to 10 segments, price unknown. */
    public static final SmsText DEFAULT = new SmsText(Diacritics.KEEP, 10, null);

    private static final int SHOWN_CHARACTERS = 5;

    /**
     * Brings a text to the form in which it leaves.
     *
     * @param content the text
     * @return its normal form, segments, price and warnings, or why it is refused
     */
    public Preparation prepare(TextContent content) {
        String plain = PlainCharacters.of(content.text());
        String stripped = Diacritics.strip(plain);
        return switch (diacritics) {
            case KEEP -> keep(plain, stripped);
            case STRIP -> counted(stripped, List.of());
            case STRIP_IF_SAVES -> stripIfSaves(plain, stripped);
            case REJECT -> reject(content, plain, stripped);
        };
    }

    private Preparation keep(String plain, String stripped) {
        int segments = Segments.of(plain).count();
        int without = Segments.of(stripped).count();
        if (without == segments) {
            return counted(plain, List.of());
        }
        return counted(
                plain,
                List.of(beyondGsm(plain) + ": " + segments + " segments instead of " + without + " without them"));
    }

    private Preparation stripIfSaves(String plain, String stripped) {
        int segments = Segments.of(plain).count();
        int without = Segments.of(stripped).count();
        if (without == segments) {
            return counted(plain, List.of());
        }
        return counted(stripped, List.of("diacritics stripped: " + without + " segments instead of " + segments));
    }

    private Preparation reject(TextContent content, String plain, String stripped) {
        String foreign = beyondGsm(plain);
        return foreign.equals(beyondGsm(stripped))
                ? counted(plain, List.of())
                : Preparation.refused(content, foreign + ": expected a text without diacritics");
    }

    private Preparation counted(String text, List<String> warnings) {
        var content = new TextContent(text);
        if (text.isBlank()) {
            return Preparation.refused(content, "the text is empty: expected at least one character");
        }
        int segments = Segments.of(text).count();
        if (segments > mostSegments) {
            return Preparation.refused(
                    content, "the text has " + segments + " segments: expected at most " + mostSegments);
        }
        return new Preparation(content, segments, price == null ? null : price.times(segments), warnings, null);
    }

    /** The first characters that the GSM alphabet lacks, for a person to look for. */
    private static String beyondGsm(String text) {
        var foreign = text.codePoints()
                .filter(point -> point > 0xffff || Gsm0338.septets((char) point) == 0)
                .distinct()
                .mapToObj(Character::toString)
                .collect(Collectors.toList());
        String shown = foreign.stream().limit(SHOWN_CHARACTERS).collect(Collectors.joining(" "));
        String characters = foreign.size() == 1 ? "1 character" : foreign.size() + " characters";
        return characters + " beyond GSM (" + shown + (foreign.size() > SHOWN_CHARACTERS ? " ...)" : ")");
    }
}
