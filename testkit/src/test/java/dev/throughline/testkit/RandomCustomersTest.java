// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.TextContent;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel.Recorded;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever random customers do, the law holds; and a rule that does not hold is seen to be broken. */
class RandomCustomersTest {

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private int seen;

    private final RandomCustomers customers = RandomCustomers.of(Policy.vietnam(), new BasketRecovery().get())
            .doing(Map.of(
                    "Product Added",
                    Map.of("product", "Tea set", "url", "https://shop.example/b/7"),
                    "Order Completed",
                    Map.of(),
                    "Page Viewed",
                    Map.of()));

    @Test
    void noAdvertisementBySmsLeavesAtNightOrWithoutItsLabel() {
        customers.histories(30).neverBreak(host -> assertThat(texts(host)).allSatisfy(text -> {
            assertThat(text.at().atZone(VIETNAM).getHour()).isBetween(7, 21);
            assertThat(text.message().content().headline()).startsWith("[QC]");
        }));
        assertThat(seen).as("advertisements by SMS that the rule was held to").isPositive();
    }

    private List<Recorded> texts(TestHost host) {
        var texts = host.sent().stream()
                .filter(sent -> sent.message().content() instanceof TextContent text
                        && text.text().contains("dang cho ban"))
                .toList();
        seen += texts.size();
        return texts;
    }

    @Test
    void ruleThatDoesNotHoldIsBrokenBySomebody() {
        assertThatThrownBy(() -> customers.histories(20).neverBreak(host -> assertThat(host.sent())
                        .isEmpty()))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)seed \\d+: .*");
    }

    @Test
    void sameSeedGivesTheSameHistory() {
        try (var one = customers.play(7);
                var other = customers.play(7)) {
            assertThat(one.report().toString()).isEqualTo(other.report().toString());
        }
    }
}
