// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import dev.throughline.message.template.BuiltIn.Call;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** The filters for numbers, money and dates, in the locale and zone of the rendering. Halves are rounded up, away from zero. */
final class Formats {
    private Formats() {}

    static List<BuiltIn> all() {
        return List.of(
                new BuiltIn("number", List.of("decimals"), 0, BuiltIn.Literal.NONE, Formats::number),
                new BuiltIn("money", Formats::money, "currency"),
                new BuiltIn("date", List.of("pattern"), 1, Formats::isPattern, Formats::date));
    }

    private static String number(Object input, Call call) {
        NumberFormat format = NumberFormat.getNumberInstance(call.rendering().getLocale());
        if (call.has("decimals")) {
            digits(format, call.whole("decimals", 0, 10));
        }
        return written(format, input, call);
    }

    private static String money(Object input, Call call) {
        Currency currency = currency(call);
        NumberFormat format = NumberFormat.getCurrencyInstance(call.rendering().getLocale());
        format.setCurrency(currency);
        digits(format, Math.max(0, currency.getDefaultFractionDigits()));
        return written(format, input, call);
    }

    private static Currency currency(Call call) {
        try {
            return Currency.getInstance(call.argument("currency"));
        } catch (IllegalArgumentException e) {
            throw call.refusal("unknown currency, expected an ISO 4217 code such as VND");
        }
    }

    private static void digits(NumberFormat format, int decimals) {
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
    }

    private static String written(NumberFormat format, Object input, Call call) {
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(Values.decimal(input, call.line()));
    }

    private static String date(Object input, Call call) {
        try {
            return DateTimeFormatter.ofPattern(
                            call.argument("pattern"), call.rendering().getLocale())
                    .format(moment(input, call));
        } catch (DateTimeException e) {
            throw call.refusal("the pattern does not fit " + Values.kind(input)
                    + ", expected an ISO 8601 date or instant such as 2026-11-23T09:00:00+07:00");
        }
    }

    private static TemporalAccessor moment(Object input, Call call) {
        if (input instanceof LocalDate date) {
            return date;
        }
        if (input instanceof Instant instant) {
            return instant.atZone(call.rendering().zone());
        }
        if (input instanceof OffsetDateTime date) {
            return date.atZoneSameInstant(call.rendering().zone());
        }
        if (input instanceof ZonedDateTime date) {
            return date.withZoneSameInstant(call.rendering().zone());
        }
        String text = call.text(input);
        return text.length() <= "2026-11-23".length()
                ? LocalDate.parse(text)
                : moment(OffsetDateTime.parse(text), call);
    }

    private static void isPattern(String pattern, ContentType type, int line) {
        try {
            var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    line, "filter date: \"" + pattern + "\" is no pattern, expected one such as \"dd/MM/yyyy HH:mm\"");
        }
    }
}
