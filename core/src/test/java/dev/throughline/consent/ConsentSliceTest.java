// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.Ledger.LAN;
import static dev.throughline.consent.Ledger.MAI;
import static dev.throughline.consent.Ledger.PHONE;
import static dev.throughline.consent.Ledger.SHOP;
import static dev.throughline.consent.Ledger.minute;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.customer.Claim;
import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Profile;
import dev.throughline.customer.Tie;
import dev.throughline.identity.Address;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a customer's consent acts are brought. */
class ConsentSliceTest {

    private static final Grant YES = Grant.of(ADVERTISING).on(SMS).shown(notice("checkout", 3));
    private static final Withdrawal NO = Withdrawal.of(ADVERTISING).on(SMS);
    private static final Identity NUMBER = Identity.phone(PHONE.value());

    private final ConsentSlice slice = new ConsentSlice(SHOP);
    private final List<ConsentEvent> atPhone = new ArrayList<>();
    private ConsentSlice.Acts acts = slice.initial();
    private List<Identity> owned = List.of();
    private List<Identity> asked = List.of();
    private List<Identity> contested = List.of();
    private int inputs;

    @Test
    void refusalBindsANumberThatIsAnotherCustomers() {
        contested = List.of(NUMBER);

        act(minute(0), NO);

        assertThat(atPhone).extracting(ConsentEvent::type).containsExactly(ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void refusalBindsANumberThatTurnsOutToBeAnotherCustomers() {
        asked = List.of(NUMBER);
        act(minute(0), YES);
        act(minute(1), NO);
        assertThat(atPhone).isEmpty();

        asked = List.of();
        contested = List.of(NUMBER);
        tell(new Claim(NUMBER, LAN, Tie.STRONG, 0));

        assertThat(atPhone).extracting(ConsentEvent::type).containsExactly(ConsentEvent.Type.WITHDRAWN);
        assertThat(acts.awaiting()).isEmpty();
    }

    @Test
    void grantIsNotForANumberThatIsAnotherCustomers() {
        contested = List.of(NUMBER);

        act(minute(0), YES);

        assertThat(atPhone).isEmpty();
    }

    @Test
    void refusalReachesTheNumberThatSheGetsLater() {
        act(minute(0), NO);

        linked(PHONE);

        assertThat(atPhone).extracting(ConsentEvent::type).containsExactly(ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void refusalIsNotForgottenForManyOthers() {
        act(minute(0), NO);
        for (int i = 1; i < 90; i++) {
            act(minute(i), Withdrawal.of(ADVERTISING).on(EMAIL));
        }

        linked(PHONE);

        assertThat(atPhone).extracting(ConsentEvent::type).containsExactly(ConsentEvent.Type.WITHDRAWN);
        assertThat(acts.refusals()).hasSize(2);
    }

    @Test
    void latestOfEqualRefusalsIsKeptWhateverComesFirst() {
        act(minute(9), NO);
        act(minute(3), NO);

        linked(PHONE);

        assertThat(atPhone).extracting(ConsentEvent::occurredAt).containsExactly(minute(9));
    }

    @Test
    void tooManyFineRefusalsReachFurtherAndNoneIsLost() {
        for (int i = 0; i < 1_000; i++) {
            act(minute(i), NO.topic("topic " + i));
        }

        linked(PHONE);

        assertThat(acts.refusals()).hasSizeLessThanOrEqualTo(64);
        var state = ConsentState.NONE;
        for (ConsentEvent event : atPhone) {
            state = state.apply(event);
        }
        for (int i = 0; i < 1_000; i++) {
            var question = new Question(MAI, SHOP, "", SMS, ADVERTISING, "topic " + i, minute(1_000));
            assertThat(state.standing(question).denials()).as("topic %d", i).isNotEmpty();
        }
    }

    private void act(Instant at, ConsentAct act) {
        tell(new Observed(new Touchpoint(
                "act-" + inputs,
                Touchpoint.Call.CONSENT,
                act.name(),
                List.of(Identity.userId("mai")),
                at,
                at,
                act.properties(),
                "web",
                Origin.LIVE)));
    }

    private void linked(Address address) {
        owned = List.of(new Identity(address.kind(), address.value()));
        tell(new Linked(MAI, address));
    }

    private void tell(Payload payload) {
        var customer = new Customer(MAI, Profile.EMPTY, owned, asked, contested);
        var out = new Effects();
        var input = new Input.Told("input-" + inputs++, Key.of(MAI), payload);
        acts = slice.apply(acts, new Context(customer, ConsentSliceTest::none, minute(100)), input, out);
        out.list().forEach(this::heard);
        acts = slice.codec().decode(slice.codec().encode(acts));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the shape of Context.Parts
    private static <T> T none(Object slice) {
        throw new AssertionError("asked for another slice");
    }

    private void heard(Effect effect) {
        if (effect instanceof Effect.Tell tell
                && tell.to().equals(Key.of(PHONE))
                && tell.payload() instanceof ConsentEvent event) {
            atPhone.add(event);
        }
    }
}
