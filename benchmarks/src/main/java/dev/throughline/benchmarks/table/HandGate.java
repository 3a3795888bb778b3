// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Vietnamese rules for an advertisement by SMS, as a shop would write them into its code: with a finding for each, and nothing else. */
final class HandGate {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final LocalTime MORNING = LocalTime.of(7, 0);
    private static final LocalTime NIGHT = LocalTime.of(21, 50);
    private static final Duration DAY = Duration.ofHours(24);

    private final Set<String> suppressed = new HashSet<>();
    private final Set<String> doNotCall = new HashSet<>();
    private final Map<String, Instant> consents = new HashMap<>();
    private final Map<String, List<Instant>> attempts = new HashMap<>();
    private final Instant registeredUntil;

    HandGate(String phone, Instant agreed) {
        consents.put(phone, agreed);
        registeredUntil = agreed.plus(Duration.ofDays(700));
    }

    /** What is said of one check. */
    record Said(String check, boolean allowed, String detail) {}

    /** The text and the findings. */
    record Decided(String text, List<Said> said) {}

    /** {@code null} if it may not leave. */
    @Nullable
    Decided decided(String phone, String text, Instant now) {
        var said = new ArrayList<Said>();
        said.add(new Said("suppression", !suppressed.contains(phone), ""));
        said.add(new Said("registry", !doNotCall.contains(phone), now.toString()));
        Instant consent = consents.get(phone);
        said.add(new Said("consent", consent != null, String.valueOf(consent)));
        said.add(new Said("sender", now.isBefore(registeredUntil), "SHOP"));
        LocalTime local = LocalTime.ofInstant(now, ZONE);
        said.add(new Said("hours", !local.isBefore(MORNING) && local.isBefore(NIGHT), local.toString()));
        long counted = attempts.getOrDefault(phone, List.of()).stream()
                .filter(attempt -> attempt.isAfter(now.minus(DAY)))
                .count();
        said.add(new Said("cap", counted < 3, String.valueOf(counted)));
        String labelled = text.startsWith("[QC]") || text.startsWith("[AD]") ? text : "[QC] " + text;
        String whole =
                labelled.contains("TC gui 8088") ? labelled : labelled + " TC gui 8088, goi 1900 0000 de tu choi";
        said.add(new Said("content", true, "[QC]"));
        return said.stream().allMatch(Said::allowed) ? new Decided(whole, said) : null;
    }
}
