// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CampaignJsonTest {

    private static final int SEEDS = 300;

    private static final String BASKET = """
            {
              "format": 1,
              "campaign": "basket-recovery",
              "startOn": {"event": "Product Added"},
              "exitOn": [{"event": "Order Completed"}],
              "journey": [
                {"delay": "PT1H"},
                {"send": "basket-reminder", "over": [{"channel": "email"}, {"channel": "sms", "ifNoResponse": "PT4H"}]}
              ],
              "messages": [
                {
                  "message": "basket-reminder", "class": "MARKETING", "brand": "Shop",
                  "wordings": {
                    "email": {"subject": "Your basket", "html": "<p>{{ event.product }} is still there.</p>"},
                    "sms": {"text": "{{ event.product }}: {{ event.url }}"}
                  }
                }
              ],
              "brands": [{"brand": "Shop", "country": "VN", "senders": {"sms": {"value": "SHOP"}}}]
            }
            """;

    @Test
    void saysTheSameAsCode() {
        var shop = Brand.named("Shop").country("VN").sender(Channel.SMS, "SHOP");
        var reminder = Message.marketing("basket-reminder", shop)
                .on(Channel.EMAIL, new Draft.Mail("Your basket", "<p>{{ event.product }} is still there.</p>", ""))
                .on(Channel.SMS, new Draft.Text("{{ event.product }}: {{ event.url }}"));
        var campaign = Campaign.named("basket-recovery").journey(j -> j.startOn(new EventRule("Product Added", null))
                .exitOn(new EventRule("Order Completed", null))
                .delay(Duration.ofHours(1))
                .send(reminder, Route.first(Channel.EMAIL).thenIfNoResponse(Duration.ofHours(4), Channel.SMS)));

        var parsed = Campaign.parse(BASKET);

        assertThat(parsed.version()).isEqualTo(campaign.version());
        assertThat(parsed.messages().get(0).hash()).isEqualTo(reminder.hash());
        assertThat(parsed.messages().get(0).brand()).isEqualTo(shop);
        assertThat(parsed.toJson()).isEqualTo(campaign.toJson());
    }

    @Test
    void everyCampaignComesBackAsItWasWritten() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var campaign = new Invention(seed).campaign();
            var parsed = Campaign.parse(campaign.toJson());

            assertThat(parsed.version()).as("version of seed %s", seed).isEqualTo(campaign.version());
            assertThat(parsed.toJson()).as("JSON of seed %s", seed).isEqualTo(campaign.toJson());
            assertThat(parsed.messages())
                    .as("messages of seed %s", seed)
                    .extracting(Message::hash)
                    .isEqualTo(campaign.messages().stream().map(Message::hash).toList());
        }
    }

    @Test
    void everyMessageComesBackAsItWasWritten() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var invention = new Invention(seed);
            var message = invention.message(invention.brand());
            var parsed = Message.parse(message.toJson());

            assertThat(parsed.hash()).as("seed %s", seed).isEqualTo(message.hash());
            assertThat(parsed.brand()).as("seed %s", seed).isEqualTo(message.brand());
        }
    }

    @Test
    void everyBrandAndConditionComesBackAsItWasWritten() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var invention = new Invention(seed);
            var brand = invention.brand();
            var condition = invention.condition(4);

            assertThat(Brand.parse(brand.toJson())).as("seed %s", seed).isEqualTo(brand);
            assertThat(Condition.parse(condition.toJson())).as("seed %s", seed).hasToString(condition.toString());
        }
    }

    @Test
    void refusesANewerFormatWithoutReadingOn() {
        assertThatThrownBy(() -> Campaign.parse("{\"format\": 2, \"campaign\": 5, \"novelty\": true}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign: format 2, which a newer version of Throughline wrote: expected at most 1");
    }

    @Test
    void tellsEverythingThatIsWrongByItsPlace() {
        var wrong = BASKET.replace("\"PT1H\"", "\"PT0S\"")
                .replace("\"Order Completed\"", "5")
                .replace("\"send\": \"basket-reminder\"", "\"send\": \"basket-remainder\"")
                .replace("\"messages\"", "\"once\": \"yes\", \"colour\": \"red\", \"messages\"");

        assertThatThrownBy(() -> Campaign.parse(wrong))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                        campaign has 5 faults:
                          campaign, once: 'yes', expected true or false
                          campaign, exitOn[0].event: '5', expected a text
                          campaign, journey[0].delay: campaign 'basket-recovery': delay of PT0S, expected more than none and at most PT876000H
                          campaign, journey[1].send: 'basket-remainder', expected one of [basket-reminder]
                          campaign, colour: not a member that this version knows, expected one of $schema, brands, campaign, campaigns, exitOn, format, goals, holdout, journey, keyedBy, messages, once, reenterAfter, segments, startOn, zone""");
    }

    @Test
    void refusesAStepOfAnUnknownKind() {
        var wrong = BASKET.replace("{\"delay\": \"PT1H\"}", "{\"sleep\": \"PT1H\"}");

        assertThatThrownBy(() -> Campaign.parse(wrong))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "campaign, journey[0]: '[sleep]', expected exactly one of branch, branches, call, delay, delayDays, delayUntil, delayUntilDate, end, experiment, send, setTrait, waitUntil");
    }

    @Test
    void refusesAStepThatIsNeverReached() {
        var wrong = BASKET.replace("{\"delay\": \"PT1H\"}", """
                {"branch": {"trait": "vip", "exists": true}, "then": [{"end": true}], "otherwise": [{"delay": "PT1H"}, {"end": true}]}
                """);

        assertThatThrownBy(() -> Campaign.parse(wrong))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign, journey[1]: never reached, because campaign, journey[0] ends the journey");
    }

    @Test
    void tellsOfAWrongMessageOnceAndNotOfWhoSendsIt() {
        var wrong = BASKET.replace("{{ event.url }}", "{{ weather.today }}");

        assertThatThrownBy(() -> Campaign.parse(wrong))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "campaign, messages[0].wordings.sms: message 'basket-reminder' on sms: placeholder weather.today begins"
                                + " with 'weather', expected customer (a trait of hers), event (a property of the event that started the"
                                + " journey), basket, order, brand, call (what a function of the host has answered),"
                                + " product (of the host's catalogue) or links");
    }

    @Test
    void aDocumentOfNoCampaignIsNone() {
        assertThatThrownBy(() -> Campaign.parse("{\"brands\": []}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("campaign: a document of 0 campaigns, expected one");
    }

    @Test
    void aNumberThatCannotBeWrittenOutIsNone() {
        assertThatThrownBy(() -> Condition.parse("{\"trait\": \"points\", \"atLeast\": 1e999999999}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("condition, atLeast: '1E+999999999', expected a number");
    }
}
