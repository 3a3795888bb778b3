// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.engine.Rows.PHONE;
import static dev.throughline.engine.Rows.id;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Words;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.EventRule;
import dev.throughline.campaign.Route;
import dev.throughline.channel.Inbound;
import dev.throughline.commerce.Commerce;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.LedgerLine;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.IdentityRules;
import dev.throughline.decision.RegistryCheck;
import dev.throughline.decision.Replied;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Conditions;
import dev.throughline.segment.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a host has said, wired. */
class ModelTest {

    private static final Brand SHOP = Brand.named("Shop").country("VN").sender(SMS, "SHOP");

    @Test
    void wordThatABrandTellsPeopleToWriteIsARefusal() {
        assertThat(ledger(SHOP, "XONG ROI")).isEmpty();
        assertThat(ledger(SHOP.optOutBySms("XONG ROI", "8088"), "xong roi"))
                .extracting(ConsentEvent::type)
                .containsExactly(ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void listThatFailsCountsAsUnavailable() {
        var machine = model(Policy.vietnam().doNotCall(failing()), SHOP).machine();
        var question = new RegistryCheck(id("tea"), 0, PHONE, SMS, List.of("vn-dnc"), Map.of());

        var answer = machine.ports().get(RegistryCheck.PORT).apply(question);

        assertThat(answer).isEqualTo(question.answered(Map.of("vn-dnc", CheckResult.unavailable())));
    }

    @Test
    void listWhoseClassesAreMissingCountsAsUnavailable() {
        var broken = list(() -> {
            throw new NoClassDefFoundError("com/example/Driver");
        });
        var question = new RegistryCheck(id("tea"), 0, PHONE, SMS, List.of("broken"), Map.of());

        var answer = model(Policy.vietnam().doNotCall(broken), SHOP)
                .machine()
                .ports()
                .get(RegistryCheck.PORT)
                .apply(question);

        assertThat(answer).isEqualTo(question.answered(Map.of("broken", CheckResult.unavailable())));
    }

    @Test
    void listThatNobodyGaveCountsAsUnavailable() {
        var question = new RegistryCheck(id("tea"), 0, PHONE, SMS, List.of("vn-dnc"), Map.of());

        var answer = model(Policy.vietnam(), SHOP)
                .machine()
                .ports()
                .get(RegistryCheck.PORT)
                .apply(question);

        assertThat(answer).isEqualTo(question.answered(Map.of("vn-dnc", CheckResult.unavailable())));
    }

    @Test
    void brandsOfOneNameMustBeOne() {
        var model = model(Policy.vietnam(), SHOP, SHOP.optOutByCall("1900 0000"));

        assertThatThrownBy(model::brands)
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand 'Shop' is used with different content, in message 'offer' for one:"
                        + " expected one brand of a name");
    }

    @Test
    void keepsBasketsOnlyWhereACampaignLooksAtThem() {
        assertThat(keepsBaskets(new Draft.Text("Tea {{ event.total }}"), null)).isFalse();
        assertThat(keepsBaskets(new Draft.Text("Tea {{ basket.total }}"), null)).isTrue();
        assertThat(keepsBaskets(new Draft.Text("Tea"), Conditions.basket().isEmpty()))
                .isTrue();
        assertThat(keepsBaskets(new Draft.Text("Tea"), Conditions.trait("plan").exists()))
                .isFalse();
    }

    @Test
    void refusesTwoSegmentsOfOneName() {
        var rich = Segment.of("rich", Conditions.trait("plan").is("gold"));
        var model = new Model(
                List.of(Campaign.named("sale")
                        .journey(j -> j.startOn(Words.entering(rich)).delay(Words.days(1)))),
                List.of(Segment.of("rich", Conditions.trait("plan").is("silver"))),
                Policy.base(),
                List.of(),
                List.of(),
                IdentityRules.standard(),
                Set.of(),
                false,
                Hosted.NONE,
                LinkKeys.NONE);

        assertThatThrownBy(model::segments)
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("segment 'rich' is used with different content, once asked for in campaign 'sale':"
                        + " expected one segment of a name");
    }

    private static boolean keepsBaskets(Draft draft, @Nullable Condition condition) {
        var campaign = Campaign.named("sale").journey(j -> j.startOn(new EventRule("Sale Announced", condition))
                .send(Message.marketing("offer", SHOP).on(SMS, draft), Route.first(SMS)));
        var model = new Model(
                List.of(campaign), Policy.vietnam(), List.of(), List.of(), IdentityRules.standard(), Set.of(), false);
        Key mai = Key.of(CustomerId.of(NOW, "mai"));
        return ((CustomerState) model.machine().step(Key.Kind.CUSTOMER).initial(mai))
                .part(Commerce.class)
                .isPresent();
    }

    private static List<ConsentEvent> ledger(Brand brand, String reply) {
        var step = model(Policy.vietnam(), brand).machine().step(Key.Kind.CONTACT_POINT);
        var out = new Effects();
        var inbound = new Inbound("in-1", SMS, PHONE, "8088", reply, NOW);
        step.apply(step.initial(Key.of(PHONE)), new Input.Received("in-1", new Replied(inbound)), NOW, out);
        return out.list().stream()
                .filter(Effect.Record.class::isInstance)
                .map(effect -> ((Effect.Record) effect).entry().body())
                .filter(LedgerLine.class::isInstance)
                .flatMap(line -> ((LedgerLine) line).event().stream())
                .filter(event -> event.type() != ConsentEvent.Type.ACK_SENT)
                .toList();
    }

    private static Model model(Policy policy, Brand... brands) {
        var campaign = Campaign.named("sale").journey(j -> {
            j.startOn(new EventRule("Sale Announced", null));
            for (Brand brand : brands) {
                j.send(Message.marketing("offer", brand).on(SMS, new Draft.Text("Tea")), Route.first(SMS));
            }
        });
        return new Model(List.of(campaign), policy, List.of(), List.of(), IdentityRules.standard(), Set.of(), false);
    }

    private static Registry failing() {
        return list(() -> {
            throw new IllegalStateException("no connection to the list");
        });
    }

    private static Registry list(Supplier<CheckResult> check) {
        return new Registry() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public CheckResult check(Address address, Channel channel) {
                return check.get();
            }
        };
    }
}
