// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.customer.Merge.Facts;
import dev.throughline.customer.Merge.Forward;
import dev.throughline.engine.Model;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mai has absorbed Lan, who is split off and begins again as An. */
class PartingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final CustomerId OLD = CustomerId.of(NOW.minusSeconds(3), "old");
    private static final CustomerId MAI = CustomerId.of(NOW.minusSeconds(2), "mai");
    private static final CustomerId LAN = CustomerId.of(NOW.minusSeconds(1), "lan");
    private static final CustomerId AN = CustomerId.of(NOW, "an");
    private static final CustomerId BINH = CustomerId.of(NOW.plusSeconds(1), "binh");
    private static final Identity MAIL = Identity.email("mai@example.com");
    private static final Identity PHONE = Identity.phone("+84900000001");
    private static final Identity CARD = Identity.loyaltyCard("4711");

    private final CustomerAggregate aggregate =
            new CustomerAggregate(List.of(new BuiltSlice()), IdentityRules.standard(), Model.payloads());
    private List<Effect> effects = List.of();
    private CustomerState mai = aggregate.initial(Key.of(MAI));
    private CustomerState an = aggregate.initial(Key.of(AN));

    @BeforeEach
    void splits() {
        splits(observed(aggregate.initial(Key.of(LAN)), Key.of(PHONE), PHONE));
    }

    private void splits(CustomerState lan) {
        mai = observed(aggregate.initial(Key.of(MAI)), Key.of(MAIL), MAIL);
        var absorb = absorb(lan);
        mai = told(mai, Key.of(LAN), absorb);
        assertThat(mai.absorbed()).containsExactly(LAN);

        var release = new Merge.Release(AN, absorb, new Merge.Split("ann", "two sisters"));
        mai = told(mai, Key.of(LAN), new Forward(Key.of(LAN), release, List.of(LAN)));
        an = told(aggregate.initial(Key.of(AN)), Key.of(MAI), payload(Merge.Restore.class));
    }

    @Test
    void sheHasHerNameAndTheIdUnderWhichSheWasAbsorbed() {
        assertThat(an.customer().identities()).containsExactly(PHONE);
        assertThat(an.absorbed()).containsExactly(LAN);
        assertThat(mai.customer().identities()).containsExactly(MAIL);
        assertThat(mai.absorbed()).isEmpty();
        assertThat(payload(Merge.Begun.class)).isEqualTo(new Merge.Begun(AN));
    }

    @Test
    void whatComesLateByHerNameGoesOnToHer() {
        var late = touchpoint(PHONE);
        var before = mai;
        mai = told(mai, Key.of(PHONE), new Observed(late));

        assertThat(mai).isSameAs(before);
        assertThat(effects)
                .containsExactly(
                        new Effect.Tell(Key.of(AN), new Forward(Key.of(PHONE), new Observed(late), List.of(LAN))));
    }

    @Test
    void whatTheSurvivorTellsHerselfOfTheNameStays() {
        mai = observed(mai, Key.of(MAI), PHONE);

        assertThat(effects).anyMatch(Effect.Record.class::isInstance);
    }

    @Test
    void answerFromBeforeTheSplitGivesTheNameToNobody() {
        var before = mai;
        mai = told(mai, Key.of(PHONE), new Claim(PHONE, MAI, Tie.STRONG, 0));
        assertThat(mai).isSameAs(before);

        mai = observed(mai, Key.of(MAIL), MAIL, PHONE);
        assertThat(payload(Claim.class)).isEqualTo(new Claim(PHONE, MAI, Tie.STRONG, 0));

        mai = told(mai, Key.of(PHONE), new Claim(PHONE, MAI, Tie.STRONG, 0));
        assertThat(mai.name(PHONE).map(Name::standing)).contains(Standing.CONTESTED);
        assertThat(mai.customer().contested()).containsExactly(PHONE);
        assertThat(payload(Forward.class))
                .as("waits until An has begun")
                .isEqualTo(new Forward(Key.of(MAI), new Merge.Link(MAI, Tie.STRONG, PHONE), List.of(LAN)));
    }

    @Test
    void nameThatCameByOthersIsAskedFor() {
        an = told(an, Key.of(LAN), new Forward(Key.of(CARD), new Observed(touchpoint(CARD)), List.of(LAN)));

        assertThat(payload(Claim.class)).isEqualTo(new Claim(CARD, AN, Tie.STRONG, 0));
        assertThat(an.customer().identities()).doesNotContain(CARD);

        an = told(an, Key.of(CARD), new Claim(CARD, LAN, Tie.STRONG, 0));
        assertThat(payload(Claim.class)).isEqualTo(new Claim(CARD, AN, Tie.STRONG, 0, LAN));
        an = told(an, Key.of(CARD), new Claim(CARD, AN, Tie.STRONG, 0));
        assertThat(an.customer().identities()).contains(CARD);
    }

    @Test
    void onlyTheHostsOwnWordMakesThemOneAgain() {
        told(an, Key.of(MAI), new Merge.Link(MAI, Tie.STRONG, MAIL));
        assertThat(effects).isEmpty();
        told(an, Key.of(MAI), new Merge.Link(MAI, Tie.STATED, MAIL));
        assertThat(payload(Merge.Proposal.class).by()).isEqualTo(AN);

        var facts = new Facts(List.of(PHONE), 1);
        told(mai, Key.of(AN), new Merge.Proposal(AN, 1, Tie.STRONG, facts));
        assertThat(payload(Merge.Answer.class).agreed()).isFalse();
        told(mai, Key.of(AN), new Merge.Proposal(AN, 1, Tie.STATED, facts));
        assertThat(payload(Merge.Answer.class).agreed()).isTrue();
    }

    @Test
    void whoIsYoungerThanWhoAsksForHerAsksHerself() {
        an = told(an, Key.of(OLD), new Merge.Proposal(OLD, 1, Tie.STRONG, new Facts(List.of(CARD), 0)));

        assertThat(payload(Merge.Answer.class)).isEqualTo(new Merge.Answer(AN, 1, false));
        assertThat(payload(Merge.Proposal.class).by()).isEqualTo(AN);
        assertThat(effects)
                .filteredOn(effect ->
                        effect instanceof Effect.Tell tell && tell.to().equals(Key.of(OLD)))
                .hasSize(2);
    }

    @Test
    void whoWasSplitOffCountsForTheSurvivorNoMore() {
        told(mai, Key.of(OLD), new Merge.Link(OLD, Tie.STRONG, CARD));

        assertThat(payload(Merge.Proposal.class).facts()).isEqualTo(new Facts(List.of(CARD, MAIL), 0));
    }

    /** Binh, whom Lan has promised a place, comes by way of her. */
    @Test
    void whatSheHasPromisedIsHersToKeep() {
        var lan = observed(aggregate.initial(Key.of(LAN)), Key.of(PHONE), PHONE);
        splits(told(lan, Key.of(BINH), new Merge.Proposal(BINH, 1, Tie.STRONG, new Facts(List.of(CARD), 0))));

        told(mai, Key.of(OLD), new Merge.Link(OLD, Tie.STRONG, MAIL));
        assertThat(payload(Merge.Proposal.class).facts()).isEqualTo(new Facts(List.of(MAIL), 0));
        told(an, Key.of(OLD), new Merge.Link(OLD, Tie.STRONG, PHONE));
        assertThat(payload(Merge.Proposal.class).facts()).isEqualTo(new Facts(List.of(CARD, PHONE), 2));
    }

    @Test
    void whoHadLeftHerBeforeStaysApartFromHer() {
        var chi = CustomerId.of(NOW.minusMillis(1), "chi");
        var lan = observed(aggregate.initial(Key.of(LAN)), Key.of(PHONE), PHONE);
        var absorb = absorb(observed(aggregate.initial(Key.of(BINH)), Key.of(CARD), CARD));
        var release = new Merge.Release(chi, absorb, new Merge.Split("ann", "two sisters"));
        lan = told(lan, Key.of(BINH), absorb);
        splits(told(lan, Key.of(BINH), new Forward(Key.of(BINH), release, List.of(BINH))));
        assertThat(an.customer().identities()).containsExactly(PHONE);
        assertThat(an.name(CARD).map(Name::owner)).contains(chi);

        told(an, Key.of(chi), new Merge.Link(chi, Tie.STRONG, CARD));
        assertThat(effects).isEmpty();
    }

    /** Binh, whom Mai absorbs, had asked for the name, and the answer is from before the split. */
    @Test
    void whatAThirdHasAskedForIsNotTheSurvivorsAgain() {
        var binh = observed(aggregate.initial(Key.of(BINH)), Key.of(CARD), CARD, PHONE);
        mai = told(mai, Key.of(BINH), absorb(binh));
        mai = told(mai, Key.of(PHONE), new Claim(PHONE, MAI, Tie.STRONG, 0));

        assertThat(mai.customer().identities()).containsExactly(CARD, MAIL);
    }

    private Merge.Absorb absorb(CustomerState state) {
        return new Merge.Absorb(state.id(), aggregate.codec().encode(state));
    }

    private CustomerState observed(CustomerState state, Key from, Identity... names) {
        return told(state, from, new Observed(touchpoint(names)));
    }

    private CustomerState told(CustomerState state, Key from, Payload payload) {
        var out = new Effects();
        var after = aggregate.apply(state, new Input.Told("input", from, payload), NOW, out);
        effects = List.copyOf(out.list());
        return after;
    }

    private <T extends Payload> T payload(Class<T> type) {
        return effects.stream()
                .flatMap(effect -> effect instanceof Effect.Tell tell && type.isInstance(tell.payload())
                        ? Stream.of(type.cast(tell.payload()))
                        : Stream.<T>empty())
                .findFirst()
                .orElseThrow();
    }

    private static Touchpoint touchpoint(Identity... names) {
        return new Touchpoint(
                "t", Touchpoint.Call.TRACK, "Page Viewed", List.of(names), NOW, NOW, Map.of(), "test", Origin.LIVE);
    }
}
