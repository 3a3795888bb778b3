// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls in the shape of the Segment spec, and what becomes of each field. */
class SegmentJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Identity MAI = Identity.userId("KH-88123");
    private static final Identity BROWSER = Identity.anonymousId("b-507f19");

    // The spec's own shapes.

    static Stream<String> calls() {
        return Stream.of("segment-calls.jsonl", "segment-ecommerce.jsonl").flatMap(SegmentJsonTest::lines);
    }

    private static Stream<String> lines(String resource) {
        var in = Objects.requireNonNull(SegmentJsonTest.class.getResourceAsStream(resource), resource);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void writesBackEveryFieldOfTheSpecsCalls(String json) {
        var touchpoint = SegmentJson.parse(json, NOW);

        String written = SegmentJson.toJson(touchpoint);

        assertThat(SegmentJson.parse(written, Instant.EPOCH)).isEqualTo(touchpoint);
        assertKept(Json.object(json), Json.object(written));
    }

    @Test
    void knowsTheNamesOfTheSpecsEvents() throws IllegalAccessException {
        var names = new ArrayList<String>();
        for (Field constant : EventNames.class.getDeclaredFields()) {
            names.add((String) constant.get(null));
        }

        assertThat(lines("segment-ecommerce.jsonl")
                        .map(json -> SegmentJson.parse(json, NOW).name()))
                .hasSize(34)
                .isSubsetOf(names);
    }

    /** An address comes back in its normal form and a missing name not at all; all else as it was. */
    private static void assertKept(Map<String, Object> before, Map<String, Object> after) {
        before.values().removeIf(Objects::isNull);
        if (before.get("traits") instanceof Map<?, ?> traits && traits.containsKey("email")) {
            before.remove("traits");
        }
        if (before.remove("properties") instanceof Map<?, ?> properties) {
            assertThat(plain((Map<?, ?>) after.get("properties"))).containsAllEntriesOf(plain(properties));
        }
        assertThat(plain(after)).containsAllEntriesOf(plain(before));
    }

    /** Numbers as they are compared: 400.0 and 400 are one. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> plain(Map<?, ?> map) {
        return (Map<Object, Object>) (Map<?, ?>) Values.properties((Map<String, Object>) map, () -> "", "field");
    }

    // What becomes of a call.

    @Test
    void pageIsAnEventWithItsNameAmongItsProperties() {
        var page = parse(
                "'type':'page','anonymousId':'b-507f19','name':'Home','category':'Shop','properties':{'url':'/'}");

        assertThat(page.call()).isEqualTo(Touchpoint.Call.PAGE);
        assertThat(page.name()).isEqualTo("Page Viewed");
        assertThat(page.properties())
                .containsExactly(entry("category", "Shop"), entry("name", "Home"), entry("url", "/"));
    }

    @Test
    void traitsOfAnIdentifyNameHerAddresses() {
        var identify = parse(
                "'type':'identify','userId':'KH-88123','traits':{'email':'Mai@Example.com','phone':'+84 90 123 4567'}");

        assertThat(identify.identities())
                .containsExactly(MAI, Identity.email("mai@example.com"), Identity.phone("+84901234567"));
        assertThat(identify.property("email")).isEqualTo("mai@example.com");
    }

    @Test
    void addressThatIsOnlyMentionedNamesHerIfItCanBeRead() {
        var track = parse("'type':'track','event':'Call','userId':'KH-88123',"
                + "'context':{'traits':{'email':'mai@example.com','phone':'555-1234'}}");

        assertThat(track.identities()).containsExactly(MAI, Identity.email("mai@example.com"));
        assertThat(track.context()).containsEntry("traits", Map.of("email", "mai@example.com", "phone", "555-1234"));
    }

    @Test
    void externalIdsOfUsersNameHerAndOthersAreKept() {
        var track = parse("'type':'track','event':'Call','context':{'externalIds':["
                + "{'id':'4711','type':'loyaltyCard','collection':'users','encoding':'none'},"
                + "{'id':'9','type':'account','collection':'accounts'}]}");

        assertThat(track.identities()).containsExactly(Identity.loyaltyCard("4711"));
        assertThat(track.context())
                .isEqualTo(
                        Map.of("externalIds", List.of(Map.of("id", "9", "type", "account", "collection", "accounts"))));
    }

    @Test
    void aliasTakesAPreviousNameForABrowsersUnlessItSaysOtherwise() {
        assertThat(parse("'type':'alias','userId':'KH-88123','previousId':'x-1'")
                        .identities())
                .containsExactly(MAI, Identity.anonymousId("x-1"));
        assertThat(parse("'type':'alias','userId':'KH-88123','previousId':'4711',"
                                + "'context':{'externalIds':[{'type':'loyaltyCard','id':'4711'}]}")
                        .identities())
                .containsExactly(MAI, Identity.loyaltyCard("4711"));
        assertThat(parse("'type':'alias','userId':'KH-88123','anonymousId':'b-507f19','previousId':'b-507f19'")
                        .identities())
                .containsExactly(MAI, BROWSER);
    }

    @Test
    void groupIsKeptWithItsTraits() {
        var group = parse("'type':'group','userId':'KH-88123','groupId':'G-9','traits':{'name':'Family Tran'}");

        assertThat(group.properties()).containsExactly(entry("groupId", "G-9"), entry("name", "Family Tran"));
    }

    @Test
    void tillNamesItselfInTheContext() {
        var sale = parse("'type':'track','event':'Order Completed','userId':'KH-88123',"
                + "'context':{'till':{'store':'HN-01','till':'3','clerk':'lan'}}");

        assertThat(sale.source()).isEqualTo("till");
        assertThat(sale.details()).isEqualTo(Source.till("HN-01", "3", "lan").details());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'channel':'browser','context':{'library':{'name':'analytics.js'}} | browser",
                "'context':{'library':{'name':'analytics.js'}} | analytics.js",
                "'version':2 | segment"
            },
            quoteCharacter = '`')
    void sourceIsTheChannelOrTheLibrary(String fields, String source) {
        var touchpoint = parse("'type':'track','event':'Call','userId':'KH-88123'," + fields);

        assertThat(touchpoint.source()).isEqualTo(source);
        assertThat(SegmentJson.toJson(touchpoint).contains("channel")).isEqualTo(fields.contains("channel"));
    }

    @Test
    void numbersAreExactAndFieldsOfNobodyAreKept() {
        var track = parse("'type':'track','event':'Paid','userId':88123,'_meta':{'a':[1,2.50,null]},"
                + "'properties':{'total':12345678901234567890.25,'whole':4e2}");

        assertThat(track.identity()).isEqualTo(Identity.userId("88123"));
        assertThat(track.property("total")).isEqualTo(new BigDecimal("12345678901234567890.25"));
        assertThat(track.property("whole")).isEqualTo(400L);
        assertThat(track.fields())
                .isEqualTo(Map.of("_meta", Map.of("a", Arrays.asList(1L, new BigDecimal("2.5"), null))));
    }

    // When it happened.

    @ParameterizedTest
    @CsvSource({
        // received at our own clock, 03:00:00
        "'timestamp':'2026-11-23T02:00:00Z', 02:00:00",
        "'timestamp':'2026-11-23T09:00:00+07:00', 02:00:00",
        "'timestamp':'2026-11-23T02:00:00Z';'sentAt':'2026-11-23T02:10:00Z', 02:50:00",
        "'originalTimestamp':'2026-11-23T05:00:00Z';'sentAt':'2026-11-23T05:00:30Z', 02:59:30",
        "'version':2, 03:00:00",
        // received by a collector, which has set the timestamp if there is one
        "'receivedAt':'2026-11-23T02:30:00Z';'timestamp':'2026-11-23T02:00:00Z';'sentAt':'2026-11-23T09:00:00Z', 02:00:00",
        "'receivedAt':'2026-11-23T02:30:00Z';'originalTimestamp':'2026-11-23T08:00:00Z';'sentAt':'2026-11-23T08:20:00Z', 02:10:00",
        "'receivedAt':'2026-11-23T02:30:00Z', 02:30:00"
    })
    void takesTheErrorOfTheSendersClockOut(String times, String expected) {
        var track = parse("'type':'track','event':'Call','userId':'KH-88123'," + times.replace(';', ','));

        assertThat(track.occurredAt()).isEqualTo("2026-11-23T" + expected + "Z");
        assertThat(SegmentJson.parse(SegmentJson.toJson(track), Instant.EPOCH)).isEqualTo(track);
    }

    // Which call it is.

    @Test
    void callWithoutAnIdIsTheSameWheneverItIsReadAgain() {
        String timed = "'type':'track','event':'Call','userId':'KH-88123','timestamp':'2026-11-23T02:00:00Z'";
        String timeless = "'type':'track','event':'Call','userId':'KH-88123'";

        assertThat(parse(timed).id()).startsWith("hash-").isEqualTo(later(timed).id());
        assertThat(parse(timeless).id())
                .isEqualTo(parse(timeless).id())
                .isNotEqualTo(later(timeless).id());
    }

    @Test
    void takesABatchApart() {
        String batch = "{'batch':[{'type':'page','userId':'a','timestamp':'2026-11-23T02:00:00Z'},5,"
                + "{'type':'page','sentAt':'2026-11-23T01:00:00Z'}],'sentAt':'2026-11-23T02:00:10Z',"
                + "'context':{'ip':'203.0.113.7'},'writeKey':'secret'}";

        var calls = SegmentJson.calls(batch.replace('\'', '"'));

        assertThat(calls).hasSize(3).element(1).isEqualTo("5");
        assertThat(calls.get(2)).contains("01:00:00").doesNotContain("02:00:10", "secret");
        var page = SegmentJson.parse(calls.get(0), NOW);
        assertThat(page.occurredAt()).isEqualTo("2026-11-23T02:59:50Z");
        assertThat(page.context()).isEqualTo(Map.of("ip", "203.0.113.7"));
        assertThat(SegmentJson.calls("[{},{}]")).containsExactly("{}", "{}");
        assertThat(SegmentJson.calls("{}")).containsExactly("{}");
    }

    // Ways back.

    @Test
    void touchpointsOfTheApiComeBackAsTheyWere() {
        var stamp = Stamp.of("t-1", NOW);
        var touchpoints = List.of(
                stamp.identify(MAI, Map.of("email", "mai@example.com", "points", 3)),
                stamp.identify(MAI, Collections.singletonMap("phone", null)),
                stamp.link(MAI, Identity.userId("KH-2")),
                stamp.link(BROWSER, Identity.loyaltyCard("4711")),
                stamp.alias(MAI, BROWSER),
                stamp.alias(MAI, Identity.userId("a")),
                stamp.from(Source.till("HN-01", "3", "")).track(MAI, "Order Completed", Map.of("total", 5)),
                stamp.from(Source.call("lan", "C-17")).track(MAI, "Call Ended", Map.of()),
                stamp.from(Source.named("web")).page(MAI, "Home", Map.of("url", "/")),
                stamp.screen(MAI, "Home", Map.of("category", 5)),
                stamp.group(Identity.email("mai@example.com"), "G-9", Map.of("name", "Tran")),
                stamp.consent(MAI, "Consent Granted", Map.of("purpose", "ADVERTISING")));

        for (Touchpoint touchpoint : touchpoints) {
            assertThat(SegmentJson.parse(SegmentJson.toJson(touchpoint), Instant.EPOCH))
                    .isEqualTo(touchpoint);
            assertThat(Touchpoint.CODEC.decode(Touchpoint.CODEC.encode(touchpoint)))
                    .isEqualTo(touchpoint);
        }
    }

    @Test
    void drawnTextsAreReadOrRefusedAndNothingElse() {
        String call =
                "{\"type\":\"track\",\"event\":\"Paid\",\"userId\":\"a\",\"properties\":{\"x\":[1,{\"y\":-2.5e3}]},"
                        + "\"timestamp\":\"2026-11-23T02:00:00Z\",\"context\":{\"externalIds\":[{\"id\":\"1\",\"type\":\"c\"}]}}";
        for (long seed = 0; seed < 5_000; seed++) {
            String mangled = mangled(call, new Random(seed));
            try {
                var touchpoint = SegmentJson.parse(mangled, NOW);
                assertThat(SegmentJson.parse(SegmentJson.toJson(touchpoint), NOW))
                        .as("seed %d: %s", seed, mangled)
                        .isEqualTo(touchpoint);
            } catch (ThroughlineException refusal) {
                assertThat(refusal.getMessage()).as("seed %d", seed).contains("expected");
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + seed + ": " + mangled, other);
            }
        }
    }

    private static String mangled(String call, Random random) {
        var text = new StringBuilder(call);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(text.length());
            String alphabet = "{}[]:,\"\\0159e-.+aTZ \n\u0000ế";
            text.setCharAt(place, alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    // What is refused.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'userId':'a'                          | field 'type' is missing, expected one of identify, track, page, screen, group, alias, consent",
                "'type':'trac','userId':'a'            | field 'type': 'trac', expected one of identify, track, page, screen, group, alias, consent",
                "'type':'track','userId':'a'           | field 'event' is missing, expected a name such as Order Completed",
                "'type':'track','userId':{'a':1}       | field 'userId': '{a=1}', expected text",
                "'type':'group','userId':'a'           | field 'groupId' is missing, expected the group's id",
                "'type':'alias','userId':'a'           | field 'previousId' is missing, expected the name that she went by before",
                "'type':'page','userId':'a','properties':[1] | field 'properties': '[1]', expected an object",
                "'type':'page','userId':'a','timestamp':'yesterday' | field 'timestamp': 'yesterday', expected an ISO 8601 time with its offset, such as 2026-11-23T09:00:00.000Z",
                "'type':'page','userId':'a','sentAt':1763859600 | field 'sentAt': '1763859600', expected an ISO 8601 time with its offset, such as 2026-11-23T09:00:00.000Z",
                "'type':'page','userId':'a','timestamp':'+999999999-01-01T00:00:00Z' | field 'timestamp': '+999999999-01-01T00:00:00Z', expected a time between 2000 and 2200",
            })
    void saysWhichFieldIsAtFault(String fields, String reason) {
        refuses("{'messageId':'m-1'," + fields + "}", "Segment call 'm-1', " + reason);
    }

    @Test
    void saysWhereItIsNoJson() {
        refuses(
                "{'type':'track',}",
                "Segment call, line 1, column 17: Unexpected character ('}' (code 125)): was expecting double-quote to start"
                        + " property name, expected one JSON object");
        refuses("[]", "Segment call: expected one JSON object");
        refuses(
                "{'a':1,'a':2}",
                "Segment call, line 1, column 11: Duplicate Object property \"a\", expected one JSON object");
    }

    @Test
    void refusesWhatATouchpointRefuses() {
        refuses(
                "{'messageId':'m-1','type':'page'}",
                "touchpoint 'm-1' (Page Viewed): no identity, expected at least one such as userId");
        refuses(
                "{'messageId':'m-1','type':'page','userId':'a','extra':'" + "x".repeat(40_000) + "'}",
                "touchpoint 'm-1' (Page Viewed), field 'extra': 40005 characters, expected at most 32768");
        refuses(
                "{'messageId':'m-1','type':'identify','userId':'a','traits':{'email':'nobody'}}",
                "identify of userId, trait 'email': e-mail address 'nobody': expected one address such as"
                        + " mai@example.com, without spaces, brackets or line breaks");
        refuses("'" + "x".repeat(2_000_000) + "'", "Segment call of 2000002 characters, expected at most 1048576");
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> SegmentJson.parse(json.replace('\'', '"'), NOW))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private static Touchpoint parse(String members) {
        return SegmentJson.parse("{" + members.replace('\'', '"') + "}", NOW);
    }

    private static Touchpoint later(String members) {
        return SegmentJson.parse("{" + members.replace('\'', '"') + "}", NOW.plusSeconds(1));
    }
}
