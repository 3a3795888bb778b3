// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A STOP against plans and sends of the same moments, in seeded interleavings. */
class StopTest {

    private static final int INTERLEAVINGS = Integer.getInteger("throughline.interleavings", 1_000);
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");
    private static final String PHONE = "+84570000001";

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private final Message offer = Message.marketing("offer", shop)
            .on(SMS, text("Tra ngon"))
            .on(EMAIL, mail("Tra ngon", "<p>Tra ngon</p>"))
            .drawsOn("offers");

    private final Campaign bySms = Campaign.named("by-sms").journey(j -> j.startOn(event("Sale Announced"))
            .delay(Duration.ofMinutes(5))
            .send(offer, first(SMS)));

    private final Campaign byMail = Campaign.named("by-mail").journey(j -> j.startOn(event("Sale Announced"))
            .delay(Duration.ofMinutes(9))
            .send(offer, first(EMAIL)));

    @Test
    void whatWasNotBeingSentWhenTheStopWasHeardIsNeverSent() {
        int before = 0;
        for (int seed = 0; seed < INTERLEAVINGS; seed++) {
            before += play(seed) ? 1 : 0;
        }

        assertThat(before)
                .as("interleavings in which the SMS went first")
                .isBetween(INTERLEAVINGS / 10, INTERLEAVINGS * 9 / 10);
    }

    /** Whether the SMS was sent before the STOP came. */
    private boolean play(int seed) {
        var random = new Random(seed);
        var stopAfter = Duration.ofSeconds(random.nextInt(600));
        var disorder = random.nextBoolean() ? Disorder.delayed(seed) : Disorder.scrambled(seed);
        try (var rehearsal = Rehearsal.of(bySms, byMail)
                .under(Policy.vietnam())
                .startingAt(START)
                .disordered(disorder)
                .pool(Pool.pieces("offers", 10))) {
            rehearsal
                    .customer("mai", m -> m.email("mai@example.com").phone(PHONE))
                    .advance(Duration.ofSeconds(1))
                    .customer("mai", m -> m.grants(ADVERTISING, EMAIL, SMS))
                    .advance(Duration.ofSeconds(1))
                    .customer("mai", m -> m.does("Sale Announced"))
                    .advance(stopAfter);
            boolean sentBefore = sms(rehearsal).contains(Verdict.SENT);
            rehearsal.replies(SMS, Address.phone(PHONE), "TC").advance(Duration.ofSeconds(1));
            rehearsal.replies(SMS, Address.phone(PHONE), "tc").advance(Duration.ofDays(2));

            assertThat(sms(rehearsal)).as("seed %s", seed).hasSize(1);
            assertThat(sms(rehearsal).contains(Verdict.SENT))
                    .as("seed %s", seed)
                    .isEqualTo(sentBefore);
            assertThat(verdicts(rehearsal, "by-mail")).as("mail, seed %s", seed).containsExactly(Verdict.SENT);
            assertThat(verdicts(rehearsal, ""))
                    .as("confirmations, seed %s", seed)
                    .containsExactly(Verdict.SENT);
            return sentBefore;
        }
    }

    private static List<Verdict> sms(Rehearsal rehearsal) {
        return verdicts(rehearsal, "by-sms");
    }

    private static List<Verdict> verdicts(Rehearsal rehearsal, String campaign) {
        var decisions = new ArrayList<Decision>();
        rehearsal.queries().decisions(decisions::add);
        return decisions.stream()
                .filter(decision -> decision.origin().campaign().equals(campaign))
                .map(Decision::verdict)
                .toList();
    }
}
