// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static dev.throughline.Words.hours;
import static dev.throughline.Words.minutes;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.testkit.Cause.FIRST;
import static dev.throughline.testkit.Cause.NO_RESPONSE;
import static dev.throughline.testkit.Cause.UNDELIVERABLE;
import static dev.throughline.testkit.ThroughlineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Pause;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.Map;

/** The test of the README, and what its words say when they fail. */
class TestHostTest {

    private static final Map<String, Object> TEA_SET = Map.of("product", "Tea set", "url", "https://shop.example/b/7");

    @ThroughlineTest(BasketRecovery.class)
    void remindsByMailAndThenBySms(TestHost host) {
        var mai = host.customer(
                "mai", m -> m.email("mai@example.com").phone("+84 90 000 0001").grants(ADVERTISING, EMAIL, SMS));
        mai.does("Product Added", TEA_SET);

        host.advance(hours(6));

        assertThat(mai).received("basket-reminder").via(EMAIL).at("10:00");
        assertThat(mai).received("basket-reminder").via(SMS).at("14:00").because(NO_RESPONSE);
        assertThat(mai).received("basket-reminder").saying("Tea set").times(2);
    }

    @ThroughlineTest(BasketRecovery.class)
    void remindsTheCustomerOfWhatAVisitorLeft(TestHost host) {
        var visitor = host.visitor("a-1");
        visitor.does("Product Added", TEA_SET);
        host.advance(minutes(10));
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        visitor.logsInAs(mai);

        host.advance(hours(6));

        assertThat(mai).received("basket-reminder").via(EMAIL).at("10:00").saying("Tea set");
    }

    @ThroughlineTest(BasketRecovery.class)
    void remindsNobodyOfWhatAVisitorLeft(TestHost host) {
        var visitor = host.visitor("a-1");
        visitor.does("Product Added", TEA_SET);
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));

        host.advance(hours(6));

        assertThat(visitor).receivedNothing();
        assertThat(mai).receivedNothing();
        assertThat(visitor.customer().identities()).containsExactly(Identity.anonymousId("a-1"));
    }

    @ThroughlineTest(BasketRecovery.class)
    void stopsWhenTheCustomerBuysAtTheSameBrowser(TestHost host) {
        var visitor = host.visitor("a-1");
        visitor.does("Product Added", TEA_SET);
        visitor.logsInAs(host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL)))
                .does("Order Completed");

        host.advance(hours(6));

        assertThat(visitor).receivedNothing();
    }

    @ThroughlineTest(BasketRecovery.class)
    void sendsProofsOverTheChannelsThatRecord(TestHost host) {
        var ann = Address.phone("+84911111111");
        var reminder = new BasketRecovery().get().messages().iterator().next();
        host.rehearsal().proofs(ann);

        var proof = host.rehearsal()
                .proof(reminder, Identity.userId("nobody"), Sample.event(TEA_SET))
                .to(ann, "ann", "looks");

        assertThat(proof.outcome()).isEqualTo("SENT");
        assertThat(host.sent()).singleElement().satisfies(sent -> assertThat(
                        sent.message().content().headline())
                .startsWith("[QC] [BAN THU] Tea set"));
    }

    @ThroughlineTest(BasketRecovery.class)
    void stopsWhenSheBuys(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        mai.does("Product Added", TEA_SET);
        host.advance(hours(1).minusMinutes(1));
        mai.does("Order Completed");
        host.advance(hours(6));

        assertThat(mai).receivedNothing();
        assertThat(mai).neverReceived("basket-reminder");
    }

    @ThroughlineTest(BasketRecovery.class)
    void pausedCampaignSendsWhenItGoesOn(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        mai.does("Product Added", TEA_SET);
        host.campaign("basket-recovery").pause(Pause.HOLD, "ann", "the shop is down");
        host.advanceTo("12:00");
        assertThat(mai).receivedNothing();

        host.campaign("basket-recovery").resume("ann", "the shop is up");
        host.advance(hours(1));

        assertThat(mai).received("basket-reminder").via(EMAIL).at("12:00");
    }

    @ThroughlineTest(BasketRecovery.class)
    void saysWhyAMessageWasNotSent(TestHost host) {
        var mai = host.customer(
                "mai", m -> m.email("mai@example.com").phone("+84 90 000 0001").grants(ADVERTISING, SMS));
        mai.does("Product Added", TEA_SET);
        host.advance(hours(6));

        assertThat(mai).didNotReceive("basket-reminder").via(EMAIL).because("NO_CONSENT");
        assertThat(mai).receivedMessages(0);
    }

    @ThroughlineTest(value = BasketRecovery.class, under = Law.BASE)
    void repliesAreHeardUnderAnotherLawToo(TestHost host) {
        var mai = host.customer(
                "mai", m -> m.email("mai@example.com").phone("+84 90 000 0001").grants(ADVERTISING, EMAIL, SMS));
        mai.does("Product Added", TEA_SET);
        host.advanceTo("10:30");
        mai.replies(SMS, "STOP");
        host.advance(hours(6));

        assertThat(mai).received("basket-reminder").via(EMAIL).because(FIRST).on("2026-11-23");
    }

    @ThroughlineTest(BasketRecovery.class)
    void saysNothingOfMessagesThatNobodySends(TestHost host) {
        var mai = host.customer("mai", m -> {});

        assertThatThrownBy(() -> assertThat(mai).neverReceived("basket-reminders"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'basket-reminders' is of no campaign of this host: expected one of"
                        + " [basket-reminder, opt-out-confirmation]");
        assertThat(mai).neverReceived("basket-reminder").neverReceived("opt-out-confirmation");
    }

    @ThroughlineTest(BasketRecovery.class)
    void timeRunsForwards(TestHost host) {
        host.advance(hours(1)).advance(hours(0));

        assertThatThrownBy(() -> host.advance(hours(-1)))
                .hasMessage("rehearsal: advance by PT-1H, expected no less than nothing");
        assertThatThrownBy(() -> host.rehearsal().advanceTo(Instant.parse("2026-11-23T02:59:59Z")))
                .hasMessage(
                        "rehearsal: advance to 2026-11-23T02:59:59Z, expected no earlier than 2026-11-23T03:00:00Z");
        assertThatThrownBy(() -> host.advanceTo("9.30"))
                .hasMessage("time '9.30': expected hours and minutes such as 09:30");
    }

    @ThroughlineTest(BasketRecovery.class)
    void failurePrintsTheTrail(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        mai.does("Product Added", TEA_SET);
        host.advance(hours(2));

        assertThatThrownBy(() -> assertThat(mai).received("basket-reminder").via(SMS))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "expected that mai received 'basket-reminder' via sms, but it is email:\n\nRehearsal of"
                                + " basket-recovery under")
                .hasMessageContaining("basket-reminder by email: SENT")
                .hasMessageContaining("consent");
        assertThatThrownBy(() -> assertThat(mai).received("basket-reminder").at("11:00"))
                .hasMessageStartingWith(
                        "expected that mai received 'basket-reminder' at 11:00, but it is Mon 2026-11-23 10:00");
        assertThatThrownBy(() -> assertThat(mai).received("basket-reminder").because(UNDELIVERABLE))
                .hasMessageStartingWith(
                        "expected that mai received 'basket-reminder' because UNDELIVERABLE, but it is FIRST");
        assertThatThrownBy(() -> assertThat(mai).receivedNothing())
                .hasMessageStartingWith("expected that mai received nothing, but she received 1");
        assertThatThrownBy(() -> assertThat(mai).didNotReceive("basket-reminder"))
                .hasMessageStartingWith("expected that mai did not receive 'basket-reminder', but there is none");
        assertThat(host.sent()).hasSize(1);
    }
}
