// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.identity.Channel.ZALO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.engine.Preview;
import dev.throughline.engine.Proof;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that somebody of the shop sees before customers do; from Monday, a quarter to midnight in Vietnam on. */
class ProofTest {

    private static final Address ANN = Address.phone("+84911111111");
    private static final Address MAILBOX = Address.email("ann@shop.example");
    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000")
            .optOutByEmail("tuchoi@shop.example");
    private static final Message NEWS = Message.marketing("news", SHOP)
            .on(SMS, text("{{ customer.name }}: tra {{ event.price | number }}d"))
            .on(SMS, "en", text("{{ customer.name }}: tea for VND {{ event.price | number }}"))
            .on(EMAIL, mail("Trà mới", "<p>{{ customer.name }}: trà</p>"))
            .drawsOn("offers");
    private static final Sample PRICE = Sample.event(Map.of("price", 45_000));
    private static final Identity MAI = userId("mai");

    private final Rehearsal rehearsal = Rehearsal.of(tea(NEWS))
            .under(Policy.vietnam())
            .pool(Pool.pieces("offers", 1))
            .requireApproval()
            .proofs(ANN, MAILBOX)
            .startingAt("2026-11-23T23:45+07:00");

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void isWhatACustomerWouldGetMarkedAsAProof() {
        rehearsal.customer("mai", m -> m.phone("+84900000001").trait("name", "Mai"));

        Proof proof = rehearsal.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices");

        assertThat(proof.outcome()).isEqualTo("SENT");
        assertThat(said(SMS)).containsExactly("[QC] [BAN THU] Mai: tra 45.000d\nTC gui 8088, goi 1900 0000 de tu choi");
        assertThat(rehearsal.preview(NEWS, MAI, PRICE).on(SMS).content())
                .isEqualTo(new TextContent("[QC] Mai: tra 45.000d\nTC gui 8088, goi 1900 0000 de tu choi"));
    }

    @Test
    void mailIsMarkedInItsSubject() {
        mai();

        assertThat(rehearsal.proof(NEWS, MAI, PRICE).to(MAILBOX, "ann", "looks").outcome())
                .isEqualTo("SENT");

        assertThat(sent(EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(MAILBOX);
            assertThat(((EmailContent) mail.content()).subject()).isEqualTo("[QC] [BẢN THỬ] Trà mới");
            assertThat(((EmailContent) mail.content()).html())
                    .startsWith("<p>Mai: trà</p>")
                    .contains("Để từ chối");
        });
    }

    @Test
    void isWordedInAnyOfTheLanguages() {
        mai();

        rehearsal.proof(NEWS, MAI, PRICE).in("en").to(ANN, "ann", "prices");

        assertThat(said(SMS))
                .containsExactly("[QC] [PROOF] Mai: tea for VND 45,000\nTo refuse: text TC to 8088, call 1900 0000");
    }

    @Test
    void isThatOfSomebodyMadeUpWhereNobodyIsKnown() {
        var madeUp = PRICE.trait("name", "Tom").trait("language", "en-GB");

        rehearsal.proof(NEWS, userId("nobody"), madeUp).to(ANN, "ann", "prices");

        assertThat(said(SMS))
                .containsExactly("[QC] [PROOF] Tom: tea for VND 45,000\nTo refuse: text TC to 8088, call 1900 0000");
        assertThat(rehearsal.queries().customer(userId("nobody"))).isEmpty();
    }

    @Test
    void sampleTraitsComeBeforeHers() {
        mai();

        var preview = rehearsal.preview(NEWS, MAI, PRICE.trait("name", "Tom"));

        assertThat(preview.on(SMS).content()).isEqualTo(new TextContent("Tom: tra 45.000d"));
        assertThat(Preview.of(NEWS, Map.of("name", "Mai"), PRICE.trait("name", "Tom"))
                        .on(SMS)
                        .content())
                .isEqualTo(new TextContent("Tom: tra 45.000d"));
    }

    @Test
    void leavesNoTraceAtAnyCustomerAndOneAtTheAddress() {
        mai();
        rehearsal.customer("ann", a -> a.phone(ANN.value()).grants(ADVERTISING, SMS));

        rehearsal.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices");

        assertThat(rehearsal.queries().decisions(MAI)).isEmpty();
        assertThat(rehearsal.queries().decisions(Identity.phone(ANN.value()))).isEmpty();
        assertThat(rehearsal.queries().proofs(ANN)).singleElement().satisfies(proof -> {
            assertThat(proof.isProof()).isTrue();
            assertThat(proof.at()).isEqualTo("2026-11-23T16:45:00Z");
            assertThat(proof.findings().get(0).values())
                    .containsEntry("who", "ann")
                    .containsEntry("why", "prices")
                    .containsEntry("hash", NEWS.hash());
        });
        assertThat(rehearsal.report().toString()).contains("proof: a proof, which ann has asked for: prices");
    }

    @Test
    void countsTowardsNoCapAndTakesNothingFromAPool() {
        rehearsal.customer("ann", a -> a.phone(ANN.value()).trait("name", "Ann").grants(ADVERTISING, SMS));
        for (int time = 0; time < 5; time++) {
            assertThat(rehearsal
                            .proof(NEWS, userId("ann"), PRICE)
                            .to(ANN, "ann", "again")
                            .outcome())
                    .isEqualTo("SENT");
        }

        rehearsal.approve(NEWS, "ann", "read it").advance(hours(10));
        rehearsal
                .customer("ann", a -> a.does("Product Viewed", Map.of("price", 45_000)))
                .advance(hours(1));

        assertThat(rehearsal.queries().decisions(Identity.phone(ANN.value())))
                .singleElement()
                .satisfies(decision -> assertThat(decision.verdict()).hasToString("SENT"));
    }

    @Test
    void whoHasRefusedGetsNone() {
        mai();
        rehearsal.replies(SMS, ANN, "TC").advance(hours(1));

        Proof proof = rehearsal.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices");

        assertThat(proof.outcome()).isEqualTo("SKIPPED(WITHDRAWN)");
        assertThat(said(SMS)).noneMatch(text -> text.contains("BAN THU"));
    }

    @Test
    void addressThatDoesNotExistGetsNoSecondOne() {
        try (var dead = Rehearsal.of(tea(NEWS))
                .proofs(ANN)
                .channel(new Answering(new SendResult.Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, "absent")))) {
            dead.customer("mai", m -> m.trait("name", "Mai"));

            assertThat(dead.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices").outcome())
                    .isEqualTo("FAILED(BAD_ADDRESS)");
            assertThat(dead.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices").outcome())
                    .isEqualTo("SKIPPED(SUPPRESSED)");
        }
    }

    @Test
    void whatIsNotThroughAtOnceIsOnItsWayForAnHour() {
        try (var slow = Rehearsal.of(tea(NEWS))
                .proofs(ANN)
                .channel(new Answering(new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "down")))) {
            slow.customer("mai", m -> m.trait("name", "Mai"));

            Proof proof = slow.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices");
            assertThat(proof.outcome()).isEqualTo("DEFERRED");
            assertThat(proof.toString()).contains("down");

            slow.advance(hours(2));
            assertThat(slow.queries().proofs(ANN)).singleElement().satisfies(decision -> assertThat(decision.verdict())
                    .hasToString("FAILED(EXPIRED)"));
        }
    }

    @Test
    void numberOnADoNotCallListGetsNone() {
        try (var listed =
                Rehearsal.of(tea(NEWS)).under(Policy.vietnam()).proofs(ANN).doNotCall(everybody())) {
            listed.customer("mai", m -> m.trait("name", "Mai"));

            assertThat(listed.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices").outcome())
                    .isEqualTo("SKIPPED(REGISTERED_DO_NOT_CALL)");
        }
    }

    @Test
    void consentIsNotAskedForByAProofOfTheRequest() {
        var request = Message.of("ask", MessageClass.CONSENT_REQUEST, SHOP).on(SMS, text("May we?"));
        try (var asking = Rehearsal.of(tea(request)).under(Policy.vietnam()).proofs(ANN)) {
            asking.customer("ann", a -> a.phone(ANN.value()));
            for (int time = 0; time < 3; time++) {
                assertThat(asking.proof(request, userId("ann"), PRICE)
                                .to(ANN, "ann", "words")
                                .outcome())
                        .isEqualTo("SENT");
            }

            assertThat(asking.queries().consents(Identity.phone(ANN.value())).get(ANN))
                    .isEmpty();
        }
    }

    @Test
    void nobodyButRegisteredAddressesGetsAny() {
        mai();

        refused(
                () -> rehearsal.proof(NEWS, MAI, PRICE).to(Address.phone("+84900000001"), "ann", "prices"),
                "proof of message 'news' to phone:+84900000001: expected one of [email:ann@shop.example,"
                        + " phone:+84911111111], which are registered for proofs");
    }

    @Test
    void nobodyGetsAnyWhereNobodyIsRegistered() {
        try (var strict = Rehearsal.of()) {
            assertThatThrownBy(() -> strict.proof(NEWS, MAI, PRICE).to(ANN, "ann", "prices"))
                    .hasMessage("proof of message 'news' to phone:+84911111111: nobody is registered for proofs,"
                            + " expected proofs(..) with the set-up");
        }
    }

    @Test
    void refusesWhatHasNoSuchWording() {
        mai();
        var text = Message.marketing("text", SHOP).on(SMS, text("Tea")).on(ZALO, text("Tea"));

        refused(
                () -> rehearsal.proof(text, MAI, PRICE).to(MAILBOX, "ann", "prices"),
                "proof of message 'text' to email:ann@shop.example: no wording for such an address, expected one of"
                        + " [sms, zalo]");
        refused(
                () -> rehearsal.proof(text, MAI, PRICE).to(ANN, "ann", "prices"),
                "proof of message 'text' to phone:+84911111111: expected on(..) to name one of [sms, zalo]");
        refused(
                () -> rehearsal.proof(text, MAI, PRICE).on(EMAIL).to(ANN, "ann", "prices"),
                "proof of message 'text' to phone:+84911111111: no wording for email, expected one of [sms, zalo]");
        refused(
                () -> rehearsal.proof(text, MAI, PRICE).on(ZALO).to(ANN, "ann", "prices"),
                "proof of message 'text' to phone:+84911111111: no adapter for zalo, have [email, sms]");
        refused(
                () -> rehearsal.proof(NEWS, MAI, PRICE).in("de").to(ANN, "ann", "prices"),
                "proof of message 'news' to phone:+84911111111: no wording in 'de' for sms, expected one of [, en]");
    }

    @Test
    void refusesWhatCannotBeFilledInOrSaysNothing() {
        mai();
        var silent = Message.marketing("silent", SHOP).on(SMS, text("{% abort \"sold out\" %}"));

        assertThatThrownBy(
                        () -> rehearsal.proof(NEWS, MAI, Sample.event(Map.of())).to(ANN, "ann", "prices"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("proof of message 'news' to phone:+84911111111: it cannot be filled in: ")
                .hasMessageContaining("price");
        refused(
                () -> rehearsal.proof(silent, MAI, PRICE).to(ANN, "ann", "prices"),
                "proof of message 'silent' to phone:+84911111111: it says nothing: sold out");
        assertThat(rehearsal.queries().proofs(ANN)).isEmpty();
        assertThat(said(SMS)).isEmpty();
    }

    @Test
    void refusesBrandsOfNoCampaignAndWhoTakesNoResponsibility() {
        mai();
        var strange = Message.marketing("strange", Brand.named("Tea")).on(SMS, text("Tea"));

        refused(
                () -> rehearsal.proof(strange, MAI, PRICE).to(ANN, "ann", "prices"),
                "proof of message 'strange' to phone:+84911111111: brand 'Tea' is none of the campaigns', which are"
                        + " [Shop]");
        refused(
                () -> rehearsal.proof(NEWS, MAI, PRICE).to(ANN, "ann", "\n"),
                "proof: expected one line of at most 200 characters that says who and one that says why");
    }

    private void mai() {
        rehearsal.customer("mai", m -> m.trait("name", "Mai"));
    }

    private static void refused(Runnable proof, String message) {
        assertThatThrownBy(proof::run).isInstanceOf(ThroughlineException.class).hasMessage(message);
    }

    private List<String> said(Channel channel) {
        return sent(channel).stream()
                .map(message -> ((TextContent) message.content()).text())
                .toList();
    }

    private List<Outbound> sent(Channel channel) {
        return rehearsal.recordings().stream()
                .filter(recording -> recording.channel().equals(channel))
                .flatMap(recording -> recording.recorded().stream())
                .map(RecordingChannel.Recorded::message)
                .toList();
    }

    private static Campaign tea(Message message) {
        return Campaign.named("tea")
                .journey(j -> j.startOn(event("Product Viewed")).send(message, first(SMS)));
    }

    private static Registry everybody() {
        return new Registry() {
            @Override
            public String id() {
                return "everybody";
            }

            @Override
            public CheckResult check(Address address, Channel channel) {
                return CheckResult.listed(Instant.parse("2026-11-23T00:00:00Z"));
            }
        };
    }

    /** Gives the same answer to every message. */
    private record Answering(SendResult answer) implements ChannelAdapter {
        @Override
        public String id() {
            return "answering";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return CompletableFuture.completedFuture(answer);
        }
    }
}
