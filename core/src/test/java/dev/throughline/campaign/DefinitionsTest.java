// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.Words.entering;
import static dev.throughline.Words.hours;
import static dev.throughline.segment.Conditions.in;
import static dev.throughline.segment.Conditions.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.segment.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {

    private static final String SHOP = "{\"brand\": \"Shop\", \"country\": \"VN\"}";
    private static final String HELLO = """
            {"message": "hello", "class": "SERVICE", "brand": "Shop", "wordings": {"sms": {"text": "Hello"}}}
            """;
    private static final String WELCOME = """
            {"campaign": "welcome", "startOn": {"event": "Signed Up"}, "journey": [{"send": "hello", "over": [{"channel": "sms"}]}]}
            """;

    private static final String HUE = "{\"segment\": \"hue\", \"where\": {\"trait\": \"city\", \"is\": \"Hue\"}}";
    private static final String BIG = """
            {"segment": "big", "where": {"trait": "city", "is": "Hue"}, "description": "who is big"}
            """;
    private static final String ENTERING = """
            {"campaign": "care", "startOn": {"event": "Segment Entered", "where": {"passing": "big"}},
             "journey": [{"branch": {"in": "hue"}, "then": [{"end": "HUE"}], "otherwise": [{"delay": "PT1H"}]}, {"delay": "PT1H"}]}
            """;

    @TempDir
    Path folder;

    @Test
    void filesNameWhatOtherFilesDefine() {
        write("a-campaign.json", WELCOME);
        write("b-message.json", HELLO);
        write("c-shop.json", SHOP);
        write("notes.txt", "not read");

        var loaded = Definitions.load(folder);

        assertThat(loaded.campaigns()).extracting(Campaign::name).containsExactly("welcome");
        assertThat(loaded.messages()).extracting(Message::name).containsExactly("hello");
        assertThat(loaded.brands()).containsExactly(Brand.named("Shop").country("VN"));
    }

    @Test
    void oneFileHoldsListsOfThem() {
        write(
                "all.json",
                "{\"brands\": [" + SHOP + "], \"messages\": [" + HELLO + "], \"campaigns\": [" + WELCOME + "]}");

        var loaded = Definitions.load(folder.resolve("all.json"));

        assertThat(loaded.campaigns()).extracting(Campaign::name).containsExactly("welcome");
        assertThat(Definitions.parse(loaded.toJson()).toJson()).isEqualTo(loaded.toJson());
    }

    @Test
    void tellsTheFaultsOfAllFilesAtOnce() {
        write("a.json", WELCOME.replace("\"journey\": [", "\"journey\": [{\"delay\": \"P40000D\"}, {\"end\": true}, "));
        write("b.json", HELLO.replace("Shop", "Shopp"));
        write("c.json", SHOP);
        write("d.json", SHOP.replace("VN", "DE"));
        write("e.json", "{\"campaigns\": [" + WELCOME.replace("hello", "helo") + "]");
        write("f.json", WELCOME.replace("hello", "helo"));
        write("g.json", "{\"format\": 3}");
        write("h.json", "{}");

        assertThatThrownBy(() -> Definitions.load(folder))
                .isInstanceOf(ThroughlineException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .containsExactly(
                                folder + " has 8 faults:",
                                "  e.json, line 2: Unexpected end-of-input: expected close marker for Object",
                                "  g.json: format 3, which a newer version of Throughline wrote: expected at most 1",
                                "  d.json, brand: 'Shop', expected one content for a name: c.json defines it otherwise",
                                "  b.json, brand: 'Shopp', expected one of [Shop]",
                                "  a.json, journey[0].delay: campaign 'welcome': delay of PT960000H, expected more than"
                                        + " none and at most PT876000H",
                                "  a.json, journey[2]: never reached, because a.json, journey[1] ends the journey",
                                "  f.json, journey[0].send: 'helo', expected one of [hello]",
                                "  h.json: nothing is defined, expected one of [campaign, message, brand, segment], or"
                                        + " lists: [brands, messages, segments, campaigns]"));
    }

    @Test
    void sameDefinitionTwiceIsOne() {
        write("a.json", SHOP);
        write("b.json", "{\"brands\": [" + SHOP + "]}");

        assertThat(Definitions.load(folder).brands()).hasSize(1);
    }

    @Test
    void twoCampaignsOfOneNameSayTheSame() {
        write("a.json", SHOP);
        write("b.json", HELLO);
        write("c.json", WELCOME);
        write("d.json", WELCOME.replace("Signed Up", "Signed In"));

        assertThatThrownBy(() -> Definitions.load(folder))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "d.json, campaign: 'welcome', expected one content for a name: c.json defines it otherwise");
    }

    @Test
    void twoMessagesOfOneNameCannotBeWritten() {
        var brand = Brand.named("Shop");
        var one = campaign("one", Message.marketing("hello", brand));
        var two = campaign("two", Message.transactional("hello", brand));

        assertThatThrownBy(() -> Definitions.of(List.of(one, two)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'hello' has two contents, expected one content for a name");
    }

    @Test
    void conditionsNameSegmentsThatFilesDefine() {
        write("a.json", ENTERING);
        write("b.json", BIG.replace("{\"trait\": \"city\", \"is\": \"Hue\"}", "{\"in\": \"hue\"}"));
        write("c.json", HUE);

        var loaded = Definitions.load(folder);

        assertThat(loaded.segments()).extracting(Segment::name).containsExactly("big", "hue");
        var hue = Segment.of("hue", trait("city").is("Hue"));
        var big = Segment.of("big", in(hue)).describedAs("who is big");
        assertThat(loaded.campaigns())
                .extracting(Campaign::version)
                .containsExactly(Campaign.named("care")
                        .journey(j -> j.startOn(entering(big))
                                .branch(in(hue), yes -> yes.end("HUE"), no -> no.delay(hours(1)))
                                .delay(hours(1)))
                        .version());
        assertThat(Definitions.parse(loaded.toJson()).toJson()).isEqualTo(loaded.toJson());
    }

    @Test
    void tellsTheFaultsOfSegmentsWithAllOthers() {
        write("a.json", ENTERING.replace("\"big\"", "\"bigg\""));
        write("b.json", BIG.replace("{\"trait\": \"city\", \"is\": \"Hue\"}", "{\"in\": \"big\"}"));
        write("c.json", HUE);
        write("d.json", HUE.replace("Hue", "Hanoi"));
        write(
                "e.json",
                ENTERING.replace("care", "more")
                        .replace(
                                "{\"in\": \"hue\"}",
                                HUE.replace("segment", "in").replace("Hue", "Hoi An")));
        write("f.json", SHOP.replace("VN", "XX"));

        assertThatThrownBy(() -> Definitions.load(folder))
                .isInstanceOf(ThroughlineException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .containsExactly(
                                folder + " has 5 faults:",
                                "  f.json, country: country 'XX' of brand Shop: expected an ISO 3166-1 alpha-2 code in"
                                        + " capitals, such as VN",
                                "  d.json, segment: 'hue', expected one content for a name: c.json defines it otherwise",
                                "  b.json, segment: 'big', expected one that does not follow from itself, by way of"
                                        + " [big]",
                                "  a.json, startOn.where.passing: 'bigg', expected one of [big, hue]",
                                "  e.json, journey[0].branch.in: 'hue', expected one content for a name: c.json"
                                        + " defines it otherwise"));
    }

    @Test
    void folderWithoutFilesIsAFault() {
        assertThatThrownBy(() -> Definitions.load(folder))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(folder + ": no file whose name ends with .json, expected one at least");
    }

    @Test
    void fileOfAnotherEncodingIsAFault() throws IOException {
        Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xE9, '"'});

        assertThatThrownBy(() -> Definitions.load(folder))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("latin.json: expected UTF-8");
    }

    private static Campaign campaign(String name, Message message) {
        var worded = message.on(Channel.SMS, new Draft.Text("Hello"));
        return Campaign.named(name)
                .journey(j -> j.startOn(new EventRule("Signed Up", null)).send(worded, Route.first(Channel.SMS)));
    }

    private void write(String name, String json) {
        try {
            Files.writeString(folder.resolve(name), json);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
