// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.PublishedContent;
import dev.throughline.channel.TextContent;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say is published, while journeys go on; from Monday, 09:00 in Vietnam on. */
class ContentTest {

    private static final Brand SHOP = Brand.named("Shop").country("VN");
    private static final Message NEWS = Message.marketing("news", SHOP)
            .on(SMS, text("Tea for {{ event.price }}"))
            .followsContent();
    private static final Message FIXED = Message.marketing("fixed", SHOP).on(SMS, text("Fixed"));
    private static final Message NEW_PRICE = NEWS.on(SMS, text("Tea: {{ event.price }}"));
    private static final Campaign TEA = Campaign.named("tea").journey(j -> j.startOn(event("Product Viewed"))
            .delay(hours(1))
            .send(NEWS, first(SMS))
            .send(FIXED, first(SMS)));

    private static final Identity MAI = Identity.phone("+84900000001");
    private static final Map<String, Object> PRICE = Map.of("price", 5);

    private final Rehearsal rehearsal = Rehearsal.of(TEA);

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void whoIsInAJourneyGetsWhatWasPublishedMeanwhile() {
        play();

        rehearsal.publish(NEW_PRICE, "ann", "shorter").advance(hours(2));

        assertThat(said()).isEqualTo("[Tea: 5, Fixed]");
        assertThat(rehearsal.queries().definitions())
                .filteredOn(one -> one.kind().equals("message"))
                .singleElement()
                .satisfies(one -> assertThat(Message.parse(one.json()).hash()).isEqualTo(NEW_PRICE.hash()));
        assertThat(rehearsal.queries().contents())
                .isEqualTo(Map.of(
                        "news",
                        new PublishedContent(
                                "news", NEW_PRICE.hash(), "ann", "shorter", Instant.parse("2026-11-23T02:00:00Z"))));
    }

    @Test
    void whatTheCodeSaysWithdrawsWhatWasPublished() {
        play();

        rehearsal
                .publish(NEW_PRICE, "ann", "shorter")
                .publish(NEWS, "ben", "no")
                .advance(hours(2));

        assertThat(said()).isEqualTo("[Tea for 5, Fixed]");
        assertThat(rehearsal.queries().contents().get("news").isOfCode()).isTrue();
    }

    @Test
    void whatWasPublishedBeforeCanBePublishedAgain() {
        play();

        rehearsal
                .publish(NEW_PRICE, "ann", "shorter")
                .publish(NEWS.on(SMS, text("Tee")), "ann", "try this")
                .publish(NEW_PRICE, "ben", "no")
                .advance(hours(2));

        assertThat(said()).isEqualTo("[Tea: 5, Fixed]");
    }

    @Test
    void whatWasDeferredIsWordedAnew() {
        rehearsal.requireApproval();
        play().approve(FIXED, "ann", "read it").advance(hours(2));
        assertThat(rehearsal.report().decisions()).isEmpty();

        rehearsal
                .approve(NEW_PRICE, "ann", "read it")
                .publish(NEW_PRICE, "ann", "shorter")
                .advance(minutes(15));

        assertThat(said()).isEqualTo("[Tea: 5, Fixed]");
    }

    @Test
    void approvalIsThatOfTheContentThatIsSent() {
        rehearsal.requireApproval();
        play().approve(NEWS, "ann", "read it").approve(FIXED, "ann", "read it");

        rehearsal.publish(NEW_PRICE, "ann", "shorter").advance(hours(2));
        assertThat(rehearsal.report().decisions()).isEmpty();

        rehearsal.approve(NEW_PRICE, "ben", "read it, too").advance(minutes(15));
        assertThat(said()).isEqualTo("[Tea: 5, Fixed]");
    }

    @Test
    void previewShowsWhatIsSaidNow() {
        play();
        assertThat(shown(NEWS)).isEqualTo("Tea for 5");

        rehearsal.publish(NEW_PRICE, "ann", "shorter");

        assertThat(shown(NEWS)).isEqualTo("Tea: 5");
        assertThat(rehearsal.preview(NEWS, MAI, PRICE).hash()).isEqualTo(NEW_PRICE.hash());
        rehearsal.publish(NEWS, "ben", "no");
        assertThat(shown(NEWS)).isEqualTo("Tea for 5");
    }

    @Test
    void previewShowsAContentThatIsNotPublishedAsItIs() {
        play();
        rehearsal.publish(NEW_PRICE, "ann", "shorter");

        assertThat(shown(NEWS.on(SMS, text("Tee {{ event.price }}")))).isEqualTo("Tee 5");
        assertThat(shown(FIXED)).isEqualTo("Fixed");
    }

    @Test
    void previewAsksForTheApprovalOfWhatIsSaidNow() {
        rehearsal.requireApproval();
        play().approve(NEWS, "ann", "read it");
        assertThat(rehearsal.preview(NEWS, MAI, PRICE).on(SMS).outcome()).isEqualTo("SENT");

        rehearsal.publish(NEW_PRICE, "ann", "shorter");

        assertThat(rehearsal.preview(NEWS, MAI, PRICE).on(SMS).outcome()).isEqualTo("DEFERRED(NOT_APPROVED)");
    }

    @Test
    void proofSaysWhatIsSaidNow() {
        var ann = Address.phone("+84911111111");
        rehearsal.proofs(ann);
        play().publish(NEW_PRICE, "ann", "shorter");

        rehearsal.proof(NEWS, MAI, Sample.event(PRICE)).to(ann, "ann", "looks");
        rehearsal.proof(NEWS.on(SMS, text("Tee")), MAI, Sample.event(PRICE)).to(ann, "ann", "looks");

        assertThat(said()).isEqualTo("[[BAN THU] Tea: 5, [BAN THU] Tee]");
        assertThat(rehearsal.queries().proofs(ann).get(0).findings().get(0).values())
                .containsEntry("hash", NEW_PRICE.hash());
    }

    private String shown(Message message) {
        var content = (TextContent) Objects.requireNonNull(
                rehearsal.preview(message, MAI, PRICE).on(SMS).content());
        return content.text();
    }

    @Test
    void contentMayFillInWhatTheCampaignKeeps() {
        play();

        rehearsal
                .publish(NEWS.on(SMS, text("{{ customer.name | default('You') }}: {{ event.price }}")), "ann", "name")
                .advance(hours(2));

        assertThat(said()).isEqualTo("[You: 5, Fixed]");
    }

    @Test
    void refusesWhatOneOfTheCampaignsCannotFillIn() {
        var tea = NEWS.on(SMS, text("Old tea"));
        var newer = Campaign.named("newer").journey(j -> j.startOn(event("Product Viewed"))
                .branch(property("price").below(50_000), cheap -> cheap.send(tea, first(SMS)), dear -> dear.end()));
        var older = Campaign.named("older")
                .journey(j -> j.startOn(event("Product Viewed")).send(tea, first(SMS)));

        assertThatThrownBy(() -> Rehearsal.of(newer, older).publish(NEW_PRICE, "ann", "shorter"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "content of message 'news' in campaign 'older': placeholder event.price, expected a property"
                                + " of the event that the campaign keeps, one of []");
    }

    @Test
    void refusesWhatNoMessageFollows() {
        assertThatThrownBy(() -> rehearsal.publish(FIXED, "ann", "shorter"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "content of message 'fixed': expected the name of a message with followsContent(), of [news]");
    }

    @Test
    void refusesMoreThanAnotherWording() {
        refused(NEW_PRICE.validFor(hours(2)), "validity PT2H, expected PT24H as in code");
        refused(NEW_PRICE.drawsOn("budget"), "pools [budget], expected [] as in code");
        refused(Message.transactional("news", SHOP), "class TRANSACTIONAL, expected MARKETING as in code");
        refused(Message.marketing("news", Brand.named("Tea").country("VN")), "brand Tea, expected Shop as in code");
        refused(
                Message.marketing("news", SHOP).on(EMAIL, mail("Tea", "<p>Tea</p>")),
                "wordings for [email], expected one for each of [sms]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.colour", "call.stock.reserved", "product.name", "basket.total"})
    void refusesWhatNobodyFillsIn(String variable) {
        var content = NEWS.on(SMS, text("{{ " + variable + " }}"));

        assertThatThrownBy(() -> rehearsal.publish(content, "ann", "shorter"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith(
                        "content of message 'news' in campaign 'tea': placeholder " + variable + ", expected ");
    }

    @Test
    void productIsKnownOnlyAsFarAsTheCodeTellsIt() {
        var told = NEWS.on(SMS, text("{{ product.name }}"));
        var telling = Campaign.named("telling")
                .journey(j -> j.startOn(event("Product Viewed")).send(told, first(SMS)));

        try (var catalogued = Rehearsal.of(telling)) {
            catalogued.publish(told.on(SMS, text("Buy {{ product.name }}")), "ann", "louder");
            assertThatThrownBy(() -> catalogued.publish(NEWS.on(SMS, text("{{ product.price }}")), "ann", "price"))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage(
                            "content of message 'news' in campaign 'telling': placeholder product.price, expected what"
                                    + " the message in code fills in of a product, one of [product.name]");
        }
    }

    @Test
    void somebodyTakesResponsibility() {
        assertThatThrownBy(() -> rehearsal.publish(NEW_PRICE, "ann", " "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("content of message 'news': expected one line that says who and one that says why");
    }

    @Test
    void messageIsTheSameInJsonAndAnotherThanOneThatFollowsNothing() {
        assertThat(Message.parse(NEWS.toJson()).hash()).isEqualTo(NEWS.hash());
        assertThat(Message.parse(NEWS.toJson()).isFollowingContent()).isTrue();
        assertThat(Message.marketing("news", SHOP)
                        .on(SMS, text("Tea for {{ event.price }}"))
                        .hash())
                .isNotEqualTo(NEWS.hash());
    }

    private void refused(Message content, String fault) {
        assertThatThrownBy(() -> rehearsal.publish(content, "ann", "shorter"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("content of message 'news' in campaign 'tea': " + fault);
    }

    private Rehearsal play() {
        return rehearsal
                .under(Policy.base())
                .customer("mai", m -> m.phone("+84900000001")
                        .grants(ADVERTISING, SMS)
                        .does("Product Viewed", Map.of("price", 5)))
                .advance(Duration.ZERO);
    }

    private String said() {
        return rehearsal.recordings().stream()
                .flatMap(channel -> channel.recorded().stream())
                .map(one -> ((TextContent) one.message().content()).text())
                .toList()
                .toString();
    }
}
