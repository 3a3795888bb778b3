// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TouchpointTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String WHERE = "touchpoint 't-1' (Product Added)";

    private String id = "t-1";
    private String name = "Product Added";
    private List<Identity> identities = List.of(Identity.userId("mai"));
    private Instant occurredAt = NOW;
    private Instant receivedAt = NOW;
    private Map<String, Object> properties = Map.of();

    @Test
    void refusesAnEmptyIdAndAnEmptyName() {
        id = " ";
        assertRefused("touchpoint ' ' (Product Added): id of 1 characters, expected 1 to 200 without line breaks");

        id = "t-1";
        name = "";
        assertRefused("touchpoint 't-1' (): name of 0 characters, expected 1 to 200 without line breaks");
    }

    @Test
    void showsAnEndlessNameInPart() {
        name = "N".repeat(10_000_000);

        assertRefused("touchpoint 't-1' (" + "N".repeat(60)
                + "…): name of 10000000 characters, expected 1 to 200 without line breaks");
    }

    @Test
    void refusesALineBreakInANameAndDoesNotRepeatIt() {
        name = "Product\r\nAdded";

        assertRefused(
                "touchpoint 't-1' (Product\\r\\nAdded): name of 14 characters, expected 1 to 200 without line breaks");
    }

    @Test
    void saysWhichPartIsMissing() {
        name = null;
        assertRefused("touchpoint 't-1' (): name is missing, expected a value");

        name = "Product Added";
        occurredAt = null;
        assertRefused(WHERE + ": occurredAt is missing, expected a value");
    }

    @Test
    void refusesATouchpointOfNobody() {
        String refusal = WHERE + ": no identity, expected at least one such as userId";

        identities = List.of();
        assertRefused(refusal);

        identities = Collections.singletonList(null);
        assertRefused(refusal);
    }

    @Test
    void refusesABrokenClock() {
        occurredAt = Instant.parse("1970-01-01T00:00:00Z");
        assertRefused(WHERE + ": occurred at 1970-01-01T00:00:00Z, expected an instant from 2000-01-01T00:00:00Z"
                + " to five minutes after its reception at 2026-11-23T02:00:00Z");

        occurredAt = Instant.parse("2099-12-31T00:00:00Z");
        assertRefused(WHERE + ": occurred at 2099-12-31T00:00:00Z, expected an instant from 2000-01-01T00:00:00Z"
                + " to five minutes after its reception at 2026-11-23T02:00:00Z");
    }

    @Test
    void refusesAReceptionThatNoStoreCanKeep() {
        receivedAt = Instant.MAX;

        assertRefused(WHERE + ": received at +1000000000-12-31T23:59:59.999999999Z,"
                + " expected an instant before 2200-01-01T00:00:00Z");
    }

    @Test
    void takesAClockThatIsFiveMinutesFast() {
        occurredAt = NOW.plusSeconds(300);

        assertThat(touchpoint().occurredAt()).isEqualTo(occurredAt);
    }

    @Test
    void refusesAPropertyOfTenMegabytes() {
        properties = Map.of("product", "x".repeat(10 << 20));

        assertRefused(WHERE + ", property 'product': 10485767 characters, expected at most 32768");
    }

    @Test
    void refusesALargeListAndManyPropertiesThatAreLargeTogether() {
        properties = Map.of("products", Collections.nCopies(5_000, "Tea set"));
        assertRefused(WHERE + ", property 'products': 40008 characters, expected at most 32768");

        properties = new HashMap<>();
        for (int number = 10; number < 20; number++) {
            properties.put("p" + number, "x".repeat(30_000));
        }
        assertRefused(WHERE + ": 300030 characters of properties, expected at most 262144");
    }

    @Test
    @Timeout(10)
    void refusesAListThatHoldsItselfManyTimesOver() {
        List<Object> bush = List.of("Tea set");
        for (int depth = 0; depth < 15; depth++) {
            bush = List.of(bush, bush, bush, bush);
        }
        properties = Map.of("products", bush);

        assertRefused(WHERE + ", property 'products': more than 32768 parts, expected at most 32768 characters");
    }

    @Test
    void refusesValuesThatAreNoData() {
        properties = Map.of("product", new Object());
        assertRefused(WHERE + ", property 'product': a java.lang.Object,"
                + " expected text, number, boolean, instant, date, list or map");

        properties = Map.of("total", Double.NaN);
        assertRefused(WHERE + ", property 'total': NaN, expected a finite number");
    }

    @Test
    void refusesNumbersThatNobodyCanAddUp() {
        properties = Map.of("total", new BigDecimal("1E+100000000"));
        assertRefused(WHERE + ", property 'total': a number of 100000001 digits, expected at most 400");

        properties = Map.of("total", new BigDecimal("1E-401"));
        assertRefused(WHERE + ", property 'total': a number of 401 digits, expected at most 400");

        properties = Map.of("total", BigInteger.TEN.pow(20_000));
        assertRefused(WHERE + ", property 'total': a number of 66439 bits, expected at most 400 digits");
    }

    @Test
    void takesEveryDouble() {
        properties = Map.of("most", Double.MAX_VALUE, "least", Double.MIN_VALUE);

        assertThat(touchpoint().property("most")).isEqualTo(new BigDecimal("1.7976931348623157E+308"));
        assertThat(touchpoint().property("least")).isEqualTo(new BigDecimal("4.9E-324"));
    }

    @Test
    void oneValueHasOneForm() {
        properties = Map.of("a", 3, "b", 3.0, "c", new BigDecimal("3.00"), "d", (short) 3, "e", 3.5f);

        assertThat(touchpoint().properties())
                .isEqualTo(Map.of("a", 3L, "b", 3L, "c", 3L, "d", 3L, "e", new BigDecimal("3.5")));
    }

    @Test
    void survivesItsBytes() {
        properties = new HashMap<>();
        properties.put("nothing", null);
        properties.put("empty", "");
        properties.put("total", new BigDecimal("0.5"));
        properties.put("order", Map.of("id", "A-17", "lines", List.of(1, true, List.of(), Map.of())));
        var touchpoint = touchpoint();

        assertThat(Touchpoint.CODEC.decode(Touchpoint.CODEC.encode(touchpoint))).isEqualTo(touchpoint);
    }

    @Test
    void refusesAPropertyWithoutAName() {
        properties = new HashMap<>();
        properties.put(null, "Tea set");

        assertRefused(WHERE + ": a property without a name");
    }

    @Test
    void refusesAListThatContainsItself() {
        properties = new LinkedHashMap<>();
        var list = new ArrayList<Object>();
        list.add(list);
        properties.put("product", list);

        assertRefused(WHERE + ", property 'product': nested more than 16 deep");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::touchpoint)
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(message);
    }

    private Touchpoint touchpoint() {
        return new Touchpoint(
                id, Touchpoint.Call.TRACK, name, identities, occurredAt, receivedAt, properties, "web", Origin.LIVE);
    }
}
