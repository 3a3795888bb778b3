// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * At most so many attempts at one contact point within a sliding window, reckoned as {@code (now - window, now]}.
 *
 * @param rule which rule's
 * @param key what is counted together at the contact point, such as {@code controller=Shop;channel=sms}; the same text for the
 *     same counter under every rule
 * @param max how many
 * @param window within what time
 */
public record Cap(String rule, String key, int max, Duration window) {

    /**
     * Whether there is room for one more.
     *
     * @param attempts the instants of the earlier attempts under this key, in any order; at least the last {@code max} of them
     * @param now when the next would be
     * @return ALLOW, or DEFER until the instant at which there is room; DENY if the cap is zero
     */
    public Finding check(Collection<Instant> attempts, Instant now) {
        var counted = attempts.stream()
                .filter(attempt -> attempt.isAfter(now.minus(window)))
                .sorted()
                .toList();
        Outcome outcome = counted.size() < max ? Outcome.ALLOW : max == 0 ? Outcome.DENY : Outcome.DEFER;
        var finding = Finding.of(
                        "caps", rule, outcome, outcome == Outcome.ALLOW ? Reason.UNDER_CAP : Reason.CAP_REACHED)
                .with("count", counted.size())
                .with("max", max)
                .with("window", window);
        return outcome == Outcome.DEFER
                ? finding.with("until", counted.get(counted.size() - max).plus(window))
                : finding;
    }
}
