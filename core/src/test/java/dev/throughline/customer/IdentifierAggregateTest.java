// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who owns an identity: whoever came by it first. */
class IdentifierAggregateTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Identity MAIL = Identity.email("mai@example.com");
    private static final CustomerId MAI = CustomerId.of(NOW, "mai");
    private static final CustomerId LAN = CustomerId.of(NOW, "lan");
    private static final CustomerId ANH = CustomerId.of(NOW, "anh");

    private final IdentifierAggregate aggregate = new IdentifierAggregate();
    private IdentifierState state = aggregate.initial(Key.of(MAIL));
    private List<Effect> effects = List.of();

    @Test
    void firstTouchpointMakesACustomer() {
        var touchpoint = happened("t-1");

        var owner = CustomerId.of(NOW, "t-1", MAIL);
        assertThat(state.owner()).isEqualTo(owner);
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(owner), new Observed(touchpoint)));
    }

    @Test
    void laterTouchpointsGoToTheOwner() {
        happened("t-1");
        var before = state;
        var second = happened("t-2");

        assertThat(state).isSameAs(before);
        assertThat(effects)
                .containsExactly(new Effect.Tell(Key.of(CustomerId.of(NOW, "t-1", MAIL)), new Observed(second)));
    }

    @Test
    void whoClaimsFirstOwnsIt() {
        claim(MAI);
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(MAI), new Claim(MAIL, MAI, Tie.STRONG, 0)));

        claim(LAN);
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(LAN), new Claim(MAIL, MAI, Tie.STRONG, 0)));

        var touchpoint = happened("t-1");
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(MAI), new Observed(touchpoint)));
    }

    @Test
    void repeatedClaimIsAnsweredAgain() {
        claim(MAI);
        var before = state;
        claim(MAI);

        assertThat(state).isSameAs(before);
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(MAI), new Claim(MAIL, MAI, Tie.STRONG, 0)));
    }

    @Test
    void givesItselfToWhoIsOneWithItsOwnerButOnce() {
        claim(MAI);
        apply(new Input.Told("claim", Key.of(LAN), new Claim(MAIL, LAN, Tie.STRONG, 0, MAI)));
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(LAN), new Claim(MAIL, LAN, Tie.STRONG, 0)));

        apply(new Input.Told("claim", Key.of(ANH), new Claim(MAIL, ANH, Tie.STRONG, 0, MAI)));
        assertThat(effects).containsExactly(new Effect.Tell(Key.of(ANH), new Claim(MAIL, LAN, Tie.STRONG, 0)));
    }

    @Test
    void ownerSurvivesItsBytes() {
        assertThat(IdentifierState.CODEC.decode(IdentifierState.CODEC.encode(state)))
                .isEqualTo(state);
        claim(MAI);
        assertThat(IdentifierState.CODEC.decode(IdentifierState.CODEC.encode(state)))
                .isEqualTo(state);
    }

    private Touchpoint happened(String id) {
        var touchpoint = new Touchpoint(
                id, Touchpoint.Call.TRACK, "Page Viewed", List.of(MAIL), NOW, NOW, Map.of(), "web", Origin.LIVE);
        apply(new Input.Happened(touchpoint));
        return touchpoint;
    }

    private void claim(CustomerId customer) {
        apply(new Input.Told("claim", Key.of(customer), new Claim(MAIL, customer, Tie.STRONG, 0)));
    }

    private void apply(Input input) {
        var out = new Effects();
        state = aggregate.apply(state, input, NOW, out);
        effects = out.list();
    }
}
