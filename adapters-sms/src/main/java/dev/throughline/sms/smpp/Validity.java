// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Until when an SMSC may try, as SMPP writes it (3.4, 7.1.1): 16 digits of a moment in UTC, or of a span. */
final class Validity {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'000+'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Duration LONGEST_SPAN = Duration.ofDays(99);

    private Validity() {}

    static String until(Instant end) {
        return MOMENT.format(end);
    }

    static String lasting(Duration span) {
        var most = span.compareTo(LONGEST_SPAN) > 0 ? LONGEST_SPAN : span;
        return String.format(
                Locale.ROOT,
                "0000%02d%02d%02d%02d000R",
                most.toDays(),
                most.toHoursPart(),
                most.toMinutesPart(),
                most.toSecondsPart());
    }
}
