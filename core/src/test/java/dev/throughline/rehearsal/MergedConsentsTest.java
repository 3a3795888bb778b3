// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Question;
import dev.throughline.consent.Withdrawal;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two customers agree and refuse at random and turn out to be one: on no address more is allowed than its holder had said, and what either
 * has refused is refused on all addresses of both. Each world is a seed, which is told when it fails.
 */
class MergedConsentsTest {

    private static final int WORLDS = 40;
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    /** What one of them says, and when. */
    private record Said(int who, int minute, boolean yes, Channel on) {

        ConsentAct act() {
            return yes
                    ? Grant.of(ADVERTISING).on(on).shown(notice("checkout", 1))
                    : Withdrawal.of(ADVERTISING).on(on);
        }
    }

    @Test
    void nothingIsWidenedAndNoRefusalIsLost() {
        int allowed = 0;
        int refused = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            var said = new ArrayList<Said>();
            for (int i = 2 + random.nextInt(8); i > 0; i--) {
                said.add(new Said(
                        random.nextInt(2),
                        1 + 2 * random.nextInt(60),
                        random.nextInt(3) > 0,
                        random.nextBoolean() ? SMS : EMAIL));
            }
            int merged = 2 * random.nextInt(61);
            try (var world = new World()) {
                var standing = world.live(said, merged);
                for (int who = 0; who < 2; who++) {
                    for (Channel channel : List.of(SMS, EMAIL)) {
                        boolean lawful = lawful(said, who, channel, merged);
                        assertThat(standing.get(World.address(who, channel).toString()))
                                .as("seed %d, %s of %d, one at %d, said %s", seed, channel, who, merged, said)
                                .isEqualTo(lawful);
                        allowed += lawful ? 1 : 0;
                        refused += lawful ? 0 : 1;
                    }
                }
            }
        }
        assertThat(allowed).isGreaterThan(WORLDS / 2);
        assertThat(refused).isGreaterThan(WORLDS / 2);
    }

    /** The address's own holder has said yes, or either once they were one, and neither of both no since, give or take the five minutes by which clocks differ. */
    private static boolean lawful(List<Said> said, int holder, Channel channel, int merged) {
        int no = said.stream()
                .filter(one -> !one.yes && one.on.equals(channel))
                .mapToInt(Said::minute)
                .max()
                .orElse(-100);
        return said.stream()
                .filter(one -> one.yes && one.on.equals(channel) && one.minute > no + 5)
                .anyMatch(one -> one.who == holder || one.minute > merged);
    }

    /** One shop in which two become one at some minute, before, after or between what they say. */
    private static final class World implements AutoCloseable {

        private final Rehearsal rehearsal;
        private int number;

        World() {
            var news = Message.transactional("thanks", Brand.named("Shop").sender(SMS, "SHOP"))
                    .on(SMS, text("Thank you"));
            rehearsal = Rehearsal.of(Campaign.named("thanks")
                            .journey(j -> j.startOn(event("Order Completed")).send(news, first(SMS))))
                    .startingAt(START);
        }

        Map<String, Boolean> live(List<Said> said, int merged) {
            for (int who = 0; who < 2; who++) {
                happened(Touchpoint.Call.IDENTIFY, "identify", Map.of(), 0, name(who), phone(who), mail(who));
            }
            for (int minute = 0; minute <= 121; minute++) {
                for (Said one : said) {
                    if (one.minute == minute) {
                        var act = one.act();
                        happened(Touchpoint.Call.CONSENT, act.name(), act.properties(), minute, name(one.who));
                    }
                }
                if (minute == merged) {
                    happened(Touchpoint.Call.TRACK, "Signed In", Map.of(), minute, name(0), name(1));
                }
                rehearsal.advance(Duration.ofMinutes(1));
            }
            rehearsal.advance(Duration.ofMinutes(10));
            assertThat(rehearsal.queries().customer(name(0)))
                    .isEqualTo(rehearsal.queries().customer(name(1)));
            return standing();
        }

        private Map<String, Boolean> standing() {
            var survivor = rehearsal.queries().customer(name(0)).orElseThrow().id();
            var standing = new TreeMap<String, Boolean>();
            rehearsal.queries().consents(name(0)).forEach((address, lines) -> {
                var state = ConsentState.NONE;
                for (ConsentEvent line : lines) {
                    state = state.apply(line);
                }
                var channel = address.kind().equals("phone") ? SMS : EMAIL;
                var found =
                        state.standing(new Question(survivor, "Shop", channel, ADVERTISING, START.plusSeconds(9_000)));
                standing.put(
                        address.toString(),
                        !found.inForce().isEmpty() && found.denials().isEmpty());
            });
            assertThat(standing).hasSize(4);
            return standing;
        }

        private void happened(
                Touchpoint.Call call, String name, Map<String, ?> properties, int minute, Identity... names) {
            var at = START.plus(Duration.ofMinutes(minute));
            rehearsal.happens(new Touchpoint(
                    "t" + number++, call, name, List.of(names), at, at, new TreeMap<>(properties), "web", Origin.LIVE));
        }

        static Address address(int who, Channel channel) {
            return channel.equals(SMS)
                    ? Address.phone("+8490000000" + who)
                    : Address.email("one" + who + "@example.com");
        }

        private static Identity name(int who) {
            return who == 0 ? Identity.userId("mai") : Identity.loyaltyCard("4711");
        }

        private static Identity phone(int who) {
            return Identity.phone(address(who, SMS).value());
        }

        private static Identity mail(int who) {
            return Identity.email(address(who, EMAIL).value());
        }

        @Override
        public void close() {
            rehearsal.close();
        }
    }
}
