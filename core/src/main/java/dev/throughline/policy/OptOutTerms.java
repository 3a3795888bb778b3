// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Brand;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a policy wants done with a refusal. The ring itself lets every refusal count at once; the deadline is what the law would
 * allow.
 *
 * @param rule which rule's; empty if none speaks
 * @param deadline within what time it must count
 * @param reach how far a refusal reaches that does not say so itself: {@code TOPIC}, {@code SENDER}, {@code CHANNEL} or {@code
 *     CONTROLLER}
 * @param everything whether it is also one of customer care, because the law takes it for a refusal of all but what a contract needs
 * @param acknowledge whether it is confirmed, once and without advertising
 * @param acknowledgeWithin within what time
 * @param acknowledgeAtAnyHour whether the confirmation may go out outside the allowed hours
 */
public record OptOutTerms(
        String rule,
        Duration deadline,
        String reach,
        boolean everything,
        boolean acknowledge,
        Duration acknowledgeWithin,
        boolean acknowledgeAtAnyHour) {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("HH:mm dd/MM/yyyy", Locale.ROOT);

    /** Where no rule speaks: at once, for the channel, without a confirmation. */
    static final OptOutTerms CAREFUL =
            new OptOutTerms("", Duration.ZERO, "CHANNEL", false, false, Duration.ZERO, false);

    /**
     * The words of the confirmation (Decree 91/2020/ND-CP art. 16: received, when, and from when on sending stops), without
     * diacritics so that a text message stays in the GSM alphabet.
     *
     * @param brand who confirms
     * @param language {@code vi} for Vietnamese, else English
     * @param receivedAt when the refusal was received
     * @param zone by which zone the times are told
     * @return the text
     */
    public String acknowledgement(Brand brand, String language, Instant receivedAt, ZoneId zone) {
        String received = LOCAL.format(receivedAt.atZone(zone));
        String effective = LOCAL.format(receivedAt.plus(deadline).atZone(zone));
        return Wording.in(language).acknowledgement(brand.name(), received, effective);
    }
}
