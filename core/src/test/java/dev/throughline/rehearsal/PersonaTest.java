// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.segment.Conditions.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.segment.Segment;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Says what is typical of the members of a segment. */
class PersonaTest {

    private final Segment loyal =
            Segment.of("loyal-tea-drinkers", count("Tea Bought").atLeast(2)).describedAs("who came back for tea");

    private final Rehearsal rehearsal = Rehearsal.of(
            Campaign.named("loyal").journey(j -> j.startOn(entering(loyal)).delay(days(1))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void saysWhatIsFrequentAmongMembersAndAmongAll() {
        buys("mai", 2, "Huế", 30);
        buys("lan", 3, "Huế", 41);
        buys("hoa", 2, "Hội An", 35);
        buys("dung", 1, "Hội An", 60);
        buys("minh", 0, "Hà Nội", 70);

        assertThat(rehearsal.queries().persona("loyal-tea-drinkers", "city", "age", "shoe-size"))
                .hasToString("""
                        persona 'loyal-tea-drinkers': 3 of 5 customers, who came back for tea
                          city: 'Huế' 67 % (all 40 %), 'Hội An' 33 % (all 40 %)
                          age: median 35 (all 41)
                          shoe-size: nothing is known
                        """);
    }

    @Test
    void isOfNobodyWhereNobodyIsInIt() {
        buys("mai", 1, "Huế", 30);

        var persona = rehearsal.queries().persona("loyal-tea-drinkers", "city", "age");

        assertThat(persona.members()).isZero();
        assertThat(persona.traits())
                .allSatisfy(trait -> assertThat(trait.values()).isEmpty());
    }

    @Test
    void drawsASampleOfManyNumbers() {
        for (int i = 0; i < 3001; i++) {
            int age = i;
            rehearsal.customer(
                    "c" + i, m -> m.trait("age", age).does("Tea Bought").does("Tea Bought"));
        }
        rehearsal.advance(Duration.ofHours(1));

        var age = rehearsal
                .queries()
                .persona("loyal-tea-drinkers", "age")
                .traits()
                .get(0);

        assertThat(age.median()).isBetween(BigDecimal.valueOf(1350), BigDecimal.valueOf(1650));
        assertThat(age.medianOfAll()).isEqualTo(age.median());
    }

    private void buys(String who, int times, String city, int age) {
        rehearsal.customer(who, m -> {
            m.trait("city", city).trait("age", age);
            for (int i = 0; i < times; i++) {
                m.does("Tea Bought");
            }
        });
        rehearsal.advance(Duration.ofHours(1));
    }
}
