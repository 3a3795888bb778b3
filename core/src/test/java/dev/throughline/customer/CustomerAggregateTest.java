// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who a customer is and what is known of her. */
class CustomerAggregateTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");
    private static final CustomerId LAN = CustomerId.of(NOW, "lan");
    private static final Identity LOGIN = Identity.userId("mai");
    private static final Identity MAIL = Identity.email("mai@example.com");
    private static final Identity PHONE = Identity.phone("+84900000001");
    private static final Address MAIL_ADDRESS = Address.email("mai@example.com");

    private final CustomerAggregate aggregate = aggregate(List.of(new Seen("first"), new Seen("second")));
    private CustomerState state = aggregate.initial(Key.of(MAI));
    private List<Effect> effects = List.of();
    private int inputs;

    @Test
    void identityThatBringsATouchpointIsHersAtOnce() {
        happened(Map.of(), LOGIN);

        assertThat(state.customer().identities()).containsExactly(LOGIN);
        assertThat(told()).isEmpty();
    }

    @Test
    void addressThatBringsATouchpointIsLinked() {
        happened(Map.of(), MAIL);

        assertThat(told()).containsExactly(new Linked(MAI, MAIL_ADDRESS));
        assertThat(seen(0)).containsExactly("Linked", "Observed");
    }

    @Test
    void asksForTheOtherIdentitiesOfATouchpointOnce() {
        happened(Map.of(), LOGIN, MAIL);
        assertThat(told()).containsExactly(new Claim(MAIL, MAI, Tie.STRONG, 0));
        assertThat(state.customer().asked()).containsExactly(MAIL);

        happened(Map.of(), LOGIN, MAIL);
        assertThat(told()).isEmpty();
    }

    @Test
    void identityThatIsFreeBecomesHers() {
        happened(Map.of(), LOGIN, MAIL);
        claimed(MAIL, MAI);

        assertThat(state.customer().identities()).containsExactly(LOGIN, MAIL);
        assertThat(state.customer().asked()).isEmpty();
        assertThat(told()).containsExactly(new Linked(MAI, MAIL_ADDRESS));
        assertThat(seen(1)).endsWith("Linked");
    }

    @Test
    void repeatedClaimChangesNothing() {
        happened(Map.of(), LOGIN, MAIL);
        claimed(MAIL, MAI);
        var before = state;

        claimed(MAIL, MAI);

        assertThat(state).isSameAs(before);
        assertThat(effects).isEmpty();
    }

    @Test
    void identityOfAnotherCustomerIsContestedAndIsNotHers() {
        happened(Map.of(), LOGIN, MAIL);
        claimed(MAIL, LAN);

        assertThat(state.customer().identities()).containsExactly(LOGIN);
        assertThat(state.customer().asked()).isEmpty();
        assertThat(state.customer().addressOn(Channel.EMAIL)).isEmpty();
        assertThat(state.customer().addressesContested()).containsExactly(MAIL_ADDRESS);
        assertThat(told()).hasSize(1).first().isInstanceOf(Merge.class);
        assertThat(seen(0)).containsExactly("Observed", "Claim");
    }

    @Test
    void contestedIdentityIsNotAskedForAgain() {
        happened(Map.of(), LOGIN, MAIL);
        claimed(MAIL, LAN);
        happened(Map.of(), LOGIN, MAIL);

        assertThat(told()).isEmpty();
    }

    @Test
    void isReachedAtTheAddressThatSheGotLast() {
        happened(Map.of(), MAIL);
        happened(Map.of(), Identity.email("new@example.com"));
        happened(Map.of(), PHONE);

        assertThat(state.customer().addressOn(Channel.EMAIL)).contains(Address.email("new@example.com"));
        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000001"));
        assertThat(state.customer().addressOn(Channel.ZALO)).contains(Address.phone("+84900000001"));
        assertThat(state.customer().addressOn(Channel.PUSH)).isEmpty();
    }

    @Test
    void isReachedAtTheAddressThatHerProfileNames() {
        happened(Map.of(), PHONE);
        happened(Map.of(), Identity.phone("+84900000002"));
        identified(Map.of("phone", "+84900000001"));

        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000001"));
    }

    @Test
    void addressThatHerProfileNamesAndSomebodyElseOwnsIsNotHers() {
        happened(Map.of(), PHONE);
        identified(Map.of("phone", "+84900000002"));

        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000001"));
    }

    @Test
    void isNotReachedAtAnAddressThatWasRemovedAndHoldsItStill() {
        happened(Map.of(), LOGIN, PHONE);
        removed("phone");
        claimed(PHONE, MAI);
        survives();

        assertThat(state.customer().addressOn(Channel.SMS)).isEmpty();
        assertThat(state.customer().profile().text("phone")).isEmpty();
        assertThat(state.customer().addresses()).containsExactly(Address.phone("+84900000001"));
    }

    @Test
    void newAddressEndsTheRemovalOfTheOldOne() {
        happened(Map.of(), PHONE);
        removed("phone");
        happened(Map.of(), PHONE);
        assertThat(state.customer().addressOn(Channel.SMS)).isEmpty();

        happened(Map.of(), Identity.phone("+84900000002"));
        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000002"));
    }

    @Test
    void addressThatIsNamedAgainReachesHerAgain() {
        happened(Map.of(), PHONE);
        removed("phone");
        identified(Map.of("phone", "+84900000001"));

        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000001"));
    }

    @Test
    void loginsAndCardsAreNoAddresses() {
        happened(Map.of(), LOGIN);
        happened(Map.of(), Identity.loyaltyCard("4711"));
        happened(Map.of(), Identity.anonymousId("a"));
        happened(Map.of(), Identity.device("d"));

        assertThat(state.customer().identities()).hasSize(4);
        assertThat(state.customer().addresses()).isEmpty();
    }

    @Test
    void keepsNoMoreThanSixtyFourNames() {
        for (int i = 0; i < 100; i++) {
            happened(Map.of(), Identity.device("d" + i));
        }

        assertThat(state.names()).hasSize(64);
    }

    @Test
    void forgetsItsFirstBrowsersForAnAddressThatComesLate() {
        happened(Map.of(), LOGIN);
        for (int i = 0; i < 64; i++) {
            happened(Map.of(), Identity.anonymousId("browser-" + i));
        }
        happened(Map.of(), LOGIN, PHONE);
        claimed(PHONE, MAI);

        assertThat(state.names()).hasSize(64);
        assertThat(state.customer().addressOn(Channel.SMS)).contains(Address.phone("+84900000001"));
        assertThat(state.customer().identities())
                .contains(LOGIN, Identity.anonymousId("browser-63"))
                .doesNotContain(Identity.anonymousId("browser-1"));
    }

    @Test
    void forgetsALoginOfSomebodyElseButNoAddress() {
        var card = Identity.loyaltyCard("4711");
        happened(Map.of(), LOGIN, card);
        claimed(card, LAN);
        for (int i = 10; i < 73; i++) {
            happened(Map.of(), Identity.phone("+849000000" + i));
        }

        assertThat(state.names()).hasSize(64);
        assertThat(state.customer().identities()).hasSize(64).contains(LOGIN);
    }

    @Test
    void forgetsNoAddressForAnother() {
        for (int i = 10; i < 75; i++) {
            happened(Map.of(), Identity.phone("+849000000" + i));
        }

        assertThat(state.customer().addresses())
                .hasSize(64)
                .contains(Address.phone("+84900000010"))
                .doesNotContain(Address.phone("+84900000074"));
    }

    @Test
    void browserThatWasForgottenIsHersAgainWhenItIsSeen() {
        for (int i = 0; i < 65; i++) {
            happened(Map.of(), Identity.anonymousId("browser-" + i));
        }
        happened(Map.of(), Identity.anonymousId("browser-0"));

        assertThat(state.customer().identities())
                .hasSize(64)
                .endsWith(Identity.anonymousId("browser-64"), Identity.anonymousId("browser-0"));
    }

    @Test
    void identifyWritesTraitsAndTakesThemAway() {
        identified(Map.of("name", "Mai", "points", 3));
        var news = new HashMap<String, Object>();
        news.put("points", null);
        news.put("city", "Huế");
        identified(news);

        assertThat(state.customer().profile().traits()).isEqualTo(Map.of("name", "Mai", "city", "Huế"));
    }

    @Test
    void whatSheDoesIsNoTrait() {
        happened(Map.of("city", "Huế"), LOGIN);

        assertThat(state.customer().profile()).isEqualTo(Profile.EMPTY);
    }

    @Test
    void everyTouchpointIsOnTheTimeline() {
        var touchpoint = happened(Map.of("product", "Tea"), LOGIN);

        assertThat(effects)
                .contains(new Effect.Record(
                        new Entry(Entry.Log.TIMELINE, MAI.toString(), touchpoint.id(), NOW, new Observed(touchpoint))));
    }

    @Test
    void timerGoesToItsSliceOnly() {
        apply(new Input.Due("due", "second/x", NOW));

        assertThat(seen(0)).isEmpty();
        assertThat(seen(1)).containsExactly("Due");
    }

    @Test
    void survivesItsBytes() {
        identified(Map.of("name", "Mai"));
        happened(Map.of(), LOGIN, MAIL, PHONE);
        claimed(MAIL, LAN);

        survives();
    }

    private void survives() {
        var back = aggregate.codec().decode(aggregate.codec().encode(state));

        assertThat(back.customer()).isEqualTo(state.customer());
        assertThat(back.names()).isEqualTo(state.names());
        assertThat(back.slices()).isEqualTo(state.slices());
    }

    @Test
    void keepsFieldsOfANewerVersion() {
        happened(Map.of(), LOGIN);
        var newer = new Writer();
        newer.raw(aggregate.codec().encode(state));
        newer.string(8, "from tomorrow");
        newer.string(60, "from the day after");

        var read = aggregate.codec().decode(newer.toByteArray());

        assertThat(aggregate.codec().encode(read)).isEqualTo(newer.toByteArray());
    }

    @Test
    void keepsThePartOfASliceThatIsNotRegisteredAnyMore() {
        happened(Map.of(), LOGIN);
        var fewer = aggregate(List.of(new Seen("second"))).codec();

        var back = aggregate
                .codec()
                .decode(fewer.encode(fewer.decode(aggregate.codec().encode(state))));

        assertThat(back.slices()).isEqualTo(state.slices());
    }

    @Test
    void sliceThatIsNewBeginsAtItsBeginning() {
        happened(Map.of(), LOGIN);
        var more = aggregate(List.of(new Seen("third"), new Seen("first"), new Seen("second")))
                .codec();

        var back = more.decode(aggregate.codec().encode(state));

        assertThat(back.slices().get(0)).isEqualTo(List.of());
        assertThat(back.slices().subList(1, 3)).isEqualTo(state.slices());
    }

    private static CustomerAggregate aggregate(List<Seen> slices) {
        return new CustomerAggregate(slices, IdentityRules.standard(), new Payloads());
    }

    private Touchpoint happened(Map<String, Object> properties, Identity... identities) {
        return observed(Touchpoint.Call.TRACK, properties, identities);
    }

    private void identified(Map<String, Object> traits) {
        observed(Touchpoint.Call.IDENTIFY, traits, LOGIN);
    }

    private void removed(String trait) {
        var nothing = new HashMap<String, Object>();
        nothing.put(trait, null);
        identified(nothing);
    }

    private Touchpoint observed(Touchpoint.Call call, Map<String, Object> properties, Identity... identities) {
        var touchpoint = new Touchpoint(
                "t-" + inputs, call, "Page Viewed", List.of(identities), NOW, NOW, properties, "web", Origin.LIVE);
        apply(new Input.Told("t-" + inputs + ".0", Key.of(touchpoint.identity()), new Observed(touchpoint)));
        return touchpoint;
    }

    private void claimed(Identity identity, CustomerId owner) {
        apply(new Input.Told("claim-" + inputs, Key.of(identity), new Claim(identity, owner, Tie.STRONG, 0)));
    }

    private void apply(Input input) {
        inputs++;
        var out = new Effects();
        state = aggregate.apply(state, input, NOW, out);
        effects = out.list();
    }

    private List<Payload> told() {
        return effects.stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> ((Effect.Tell) effect).payload())
                .toList();
    }

    private List<String> seen(int slice) {
        var seen = (List<?>) state.slices().get(slice);
        return seen.stream().map(String.class::cast).toList();
    }

    /** Remembers the kind of each input. */
    private record Seen(String name) implements Slice<List<String>> {
        @Override
        public List<String> initial() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> state, Context context, Input input, Effects out) {
            var more = new ArrayList<>(state);
            Object what = input instanceof Input.Told told ? told.payload() : input;
            more.add(what.getClass().getSimpleName());
            return more;
        }

        @Override
        public List<String> merge(Both<List<String>> both, Context context, Effects out) {
            return Stream.concat(both.survivor().stream(), both.absorbed().stream())
                    .toList();
        }

        @Override
        public Codec<List<String>> codec() {
            return Codec.of((seen, out) -> seen.forEach(one -> out.string(1, one)), in -> in.strings(1));
        }
    }
}
