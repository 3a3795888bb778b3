// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import static dev.throughline.consent.Ledger.MAI;
import static dev.throughline.consent.Ledger.PHONE;
import static dev.throughline.consent.Ledger.SHOP;
import static dev.throughline.consent.Ledger.START;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentActTest {

    @Test
    void refusesAYesToNoChannel() {
        assertThatThrownBy(() -> Grant.of(ADVERTISING).on())
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("grant of ADVERTISING: on() without a channel, expected at least one, or no on() for all of"
                        + " them");
    }

    @Test
    void refusesANoticeThatNobodyCouldFindAgain() {
        assertThatThrownBy(() -> Grant.of(ADVERTISING).shown(notice("checkout", 0)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "grant of ADVERTISING: notice 'checkout' of version 0, expected a name and a version from 1 on,"
                                + " or the words themselves");
        assertThatThrownBy(() -> Grant.of(ADVERTISING).shown(notice(" ", 3)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("grant of ADVERTISING: notice ' ' of version 3, expected a name and a version from 1 on,"
                        + " or the words themselves");
    }

    private static final Occasion OCCASION = new Occasion("t-1", MAI, SHOP, START, START);

    @Test
    void comesBackFromItsTouchpointAsItWas() {
        var grant = Grant.of(ADVERTISING)
                .on(EMAIL, SMS)
                .actor(Actor.GUARDIAN)
                .shown(notice("checkout", 3).saying("Yes, send me offers"))
                .language("en")
                .validUntil(START.plusSeconds(60))
                .alsoOutsideHours();

        var read = ConsentAct.from(touchpoint(grant.name(), grant.properties()));

        assertThat(read).isInstanceOf(Grant.class);
        assertThat(read.properties()).isEqualTo(grant.properties());
        assertThat(read.eventsAt(PHONE, OCCASION)).isEqualTo(grant.eventsAt(PHONE, OCCASION));
    }

    @Test
    void writesALineForEachChannelOfTheAddress() {
        var grant = Grant.of(ADVERTISING).on(EMAIL, SMS, Channel.CALL);

        assertThat(grant.eventsAt(PHONE, OCCASION))
                .extracting(event -> event.scope().channel())
                .containsExactly("call", "sms");
        assertThat(grant.eventsAt(Address.email("mai@example.com"), OCCASION))
                .extracting(event -> event.scope().channel())
                .containsExactly("email");
    }

    @Test
    void writesOneLineForAllChannelsWhereNoneIsNamed() {
        assertThat(Withdrawal.of(ADVERTISING).eventsAt(PHONE, OCCASION))
                .extracting(ConsentEvent::scope)
                .containsExactly(new ConsentScope("", "", "", "ADVERTISING", ""));
    }

    @Test
    void saysANoToEveryControllerAndAYesToTheHosts() {
        var no = Withdrawal.of(ADVERTISING).on(SMS);

        assertThat(List.of(no, no.controller("Other Ltd"), Grant.of(ADVERTISING).on(SMS)))
                .flatExtracting(act -> act.eventsAt(PHONE, OCCASION))
                .extracting(event -> event.scope().controller())
                .containsExactly("", "Other Ltd", SHOP);
    }

    @Test
    void keepsTheAddressKindOfAHostsOwnChannel() {
        var bot = new Channel("zalo-oa", "phone");

        var read = ConsentAct.from(
                touchpoint("Consent Granted", Grant.of(ADVERTISING).on(bot).properties()));

        assertThat(read.eventsAt(PHONE, OCCASION)).hasSize(1);
    }

    @Test
    void tellsRefusalsAndObjectionsFromWithdrawals() {
        var no = Withdrawal.of(ADVERTISING);

        assertThat(List.of(no, no.refusing(), no.objecting()))
                .flatExtracting(act -> ConsentAct.from(touchpoint(act.name(), act.properties()))
                        .eventsAt(PHONE, OCCASION))
                .extracting(ConsentEvent::type)
                .containsExactly(ConsentEvent.Type.WITHDRAWN, ConsentEvent.Type.REFUSED, ConsentEvent.Type.OBJECTED);
    }

    @Test
    void readsEachEventBackFromItsBytes() {
        var event = Grant.of(ADVERTISING)
                .on(SMS)
                .shown(notice("checkout", 3).saying("Yes"))
                .basis(Basis.SOFT_OPT_IN)
                .from("PURCHASE")
                .awaitingConfirmation()
                .alsoMoreOften()
                .eventsAt(PHONE, OCCASION)
                .get(0);

        assertThat(ConsentEvent.CODEC.decode(ConsentEvent.CODEC.encode(event))).isEqualTo(event);
    }

    @Test
    void refusesAnUnknownAct() {
        assertThatThrownBy(() -> ConsentAct.from(touchpoint("Consent Bought", Map.of())))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("touchpoint 't-1': consent act 'Consent Bought', expected one of Consent Granted,"
                        + " Consent Confirmed, Consent Reconfirmed, Consent Withdrawn, Consent Refused, Consent Objected,"
                        + " Consent Invalidated, Consent Superseded, Preference Set");
    }

    @Test
    void refusesAGrantWithoutPurpose() {
        assertThatThrownBy(() -> ConsentAct.from(touchpoint("Consent Granted", Map.of())))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("touchpoint 't-1' (Consent Granted): a grant without purpose, expected one such as"
                        + " ADVERTISING");
    }

    @Test
    void refusesAWrongProperty() {
        var properties = Map.of("purpose", "ADVERTISING", "validUntil", "tomorrow");

        assertThatThrownBy(() -> ConsentAct.from(touchpoint("Consent Granted", properties)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("touchpoint 't-1' (Consent Granted), validUntil: 'tomorrow', expected an instant such as"
                        + " 2026-11-23T02:00:00Z");
    }

    private static Touchpoint touchpoint(String name, Map<String, ?> properties) {
        return new Touchpoint(
                "t-1",
                Touchpoint.Call.CONSENT,
                name,
                List.of(Identity.userId("KH-1")),
                START,
                START,
                Map.copyOf(properties),
                "web",
                Origin.LIVE);
    }
}
