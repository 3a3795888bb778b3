// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.consent.Purpose.SHARING;
import static dev.throughline.consent.Purpose.TRACKING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Ending;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Standing;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consents when addresses, notices and people change. Each act is an hour after the one before. */
class ConsentChangesTest {

    private static final Identity MAI = userId("mai");
    private static final Address OLD = Address.phone("+84900000001");
    private static final Address NEW = Address.phone("+84900000002");
    private static final Brand SHOP = Brand.named("Shop").sender(SMS, "SHOP");
    private static final Grant YES = Grant.of(ADVERTISING).shown(notice("checkout", 3));

    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");

    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.RECORD)
            .policy(Policy.base())
            .clock(() -> now)
            .channel(new RecordingChannel(SMS, () -> now))
            .campaign(Campaign.named("thanks").journey(j -> j.startOn(event("Order Completed"))
                    .send(Message.transactional("thanks", SHOP).on(SMS, text("Thank you")), first(SMS)))));

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void scenario44LeavesConsentsWithTheOldNumberAndTakesRefusalsToTheNewOne() {
        has(OLD);
        says(YES.on(SMS));
        says(Withdrawal.of(TRACKING));
        has(NEW);

        assertThat(standing(OLD, SMS, ADVERTISING).isGranted()).isTrue();
        assertThat(standing(NEW, SMS, ADVERTISING).grounds()).isEmpty();
        assertThat(standing(NEW, SMS, TRACKING).denials()).hasSize(1);

        says(YES.on(SMS));
        assertThat(standing(NEW, SMS, ADVERTISING).isGranted()).isTrue();
    }

    @Test
    void scenario43VoidsWhatWasGrantedOnANumberThatHasGoneToSomebodyElse() {
        has(OLD);
        says(YES.on(SMS));
        says(Withdrawal.of(TRACKING));
        later();
        throughline.release(OLD, "Lan, care team", "the operator says so");

        assertThat(standing(OLD, SMS, ADVERTISING).grounds()).isEmpty();
        assertThat(standing(OLD, SMS, TRACKING).denials()).hasSize(1);
        assertThat(throughline.queries().consents(MAI).get(OLD)).last().satisfies(line -> {
            assertThat(line.type()).isEqualTo(ConsentEvent.Type.ADDRESS_RELEASED);
            assertThat(line.evidence().proof()).isEqualTo("Lan, care team");
        });

        says(YES.on(SMS));
        assertThat(standing(OLD, SMS, ADVERTISING).isGranted()).isTrue();
    }

    @Test
    void scenario58TakesGlobalPrivacyControlAsANoToSharingAndToNothingElse() {
        has(OLD);
        says(YES.on(SMS));
        says(Grant.of(SHARING).shown(notice("partners", 1)));
        says(Withdrawal.globalPrivacyControl());

        var sharing = standing(OLD, SMS, SHARING);
        assertThat(sharing.isGranted()).isFalse();
        assertThat(sharing.denials()).extracting(Standing.Denial::type).containsExactly(ConsentEvent.Type.OBJECTED);
        assertThat(standing(OLD, SMS, ADVERTISING).isGranted()).isTrue();
    }

    @Test
    void endsConsentsThatANewNoticeReplacesOrAnAuthorityVoidsUntilSheAgreesAnew() {
        has(OLD);
        for (Ending end : new Ending[] {
            Ending.superseded(ADVERTISING, notice("checkout", 4)),
            Ending.invalidated(ADVERTISING).proof("case 17/2026").on(SMS)
        }) {
            says(YES.on(SMS));
            says(Grant.of(SHARING).shown(notice("partners", 1)));
            assertThat(standing(OLD, SMS, ADVERTISING).isGranted()).isTrue();
            later();
            throughline.consent(MAI).record(end);

            var ended = standing(OLD, SMS, ADVERTISING);
            assertThat(ended.isGranted()).isFalse();
            assertThat(ended.grounds()).allMatch(ground -> ground.state() == Standing.State.ENDED);
            assertThat(ended.denials()).isEmpty();
            assertThat(standing(OLD, SMS, SHARING).isGranted()).isTrue();
        }
        has(NEW);
        assertThat(standing(NEW, SMS, ADVERTISING).denials()).isEmpty();
    }

    @Test
    void writesDownThatAConsentWasAffirmedAgain() {
        has(OLD);
        says(YES.on(SMS));
        says(YES.on(SMS).reconfirming());

        assertThat(throughline.queries().consents(MAI).get(OLD))
                .extracting(ConsentEvent::type)
                .containsExactly(ConsentEvent.Type.GRANTED, ConsentEvent.Type.RECONFIRMED);
        assertThat(standing(OLD, SMS, ADVERTISING).isGranted()).isTrue();
    }

    @Test
    void refusesAReleaseThatNobodyAnswersForAndAnEndingOfNoChannel() {
        assertThatThrownBy(() -> throughline.release(OLD, "", "the operator says so"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("release: expected one line that says who decided and one that says why");
        assertThatThrownBy(() -> Ending.invalidated(ADVERTISING).on())
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "ending of ADVERTISING: on() without a channel, expected at least one, or no on() for all of"
                                + " them");
    }

    @Test
    void knowsNoStandingOfSomebodyUnknownAndNoneWhereThereIsNoAddress() {
        assertThat(throughline.queries().standing(MAI, SHOP, SMS, ADVERTISING)).isEmpty();
        has(OLD);
        assertThat(throughline.queries().standing(MAI, SHOP, EMAIL, ADVERTISING))
                .isEmpty();
    }

    private void has(Address address) {
        later();
        throughline.identify(MAI, Map.of("phone", address.value()));
    }

    private void says(ConsentAct act) {
        later();
        throughline.consent(MAI).record(act);
    }

    private void later() {
        now = now.plus(Duration.ofHours(1));
    }

    private Standing standing(Address address, Channel channel, Purpose purpose) {
        later();
        return throughline.queries().standing(MAI, SHOP, channel, purpose).get(address);
    }
}
