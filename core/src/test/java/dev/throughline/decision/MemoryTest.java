// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.news;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.policy.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a contact point keeps what later messages depend on. */
class MemoryTest {

    private final Plan advert = advert("tea");
    private final Plan news = news("order");

    @Test
    void capOfAMonthRemembersMoreThanAWeek() {
        var policy = Policy.vietnam().with("""
            {"policy":{"id":"house","version":"1"},"rules":[{"id":"house.cap","when":{"class":"MARKETING","channel":["sms"]},
            "cap":{"max":1,"per":["address"],"window":{"sliding":"P30D"},"count":"ATTEMPT"},"ref":{"law":"house","conf":"P"}}]}""");
        var scene = Scene.agreed(policy).enqueued(advert).accepted(advert).waiting(Duration.ofDays(8));

        scene.enqueued(advert(Duration.ofDays(10), "second"));

        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void verdictAfterTheValidityIsRememberedAWeek() {
        var scene = Scene.empty()
                .tell(news)
                .notSent(news)
                .asleep(Duration.ofDays(10).plusMinutes(30))
                .waiting(Duration.ofHours(2));

        assertThat(scene.verdicts()).hasSize(1);
        assertThat(scene.point().closed()).hasSize(1);
    }

    @Test
    void resendTakesOneSlot() {
        var scene = Scene.agreed(Policy.vietnam())
                .tell(new Plan(
                        advert.id(),
                        0,
                        advert.origin(),
                        advert.messageClass(),
                        "Shop",
                        advert.channel(),
                        advert.content(),
                        advert.person(),
                        advert.validUntil(),
                        true,
                        List.of(),
                        Plan.Said.PLAIN))
                .listed(false)
                .unknown(advert)
                .fireNext();

        scene.tell(advert.again()).listed(false);

        assertThat(scene.point().slots()).hasSize(1);
    }

    @Test
    void capsOfOneCounterCountAMessageOnce() {
        var policy = Policy.vietnam().with("""
            {"policy":{"id":"house","version":"1"},"rules":[
            {"id":"house.week","when":{"class":"MARKETING"},
            "cap":{"max":20,"per":["address","brand"],"window":{"sliding":"P7D"},"count":"ATTEMPT"},"ref":{"law":"house","conf":"P"}},
            {"id":"house.day","when":{"class":"MARKETING"},
            "cap":{"max":2,"per":["address","brand"],"window":{"sliding":"P1D"},"count":"ATTEMPT"},"ref":{"law":"house","conf":"P"}}]}""");
        var scene = Scene.agreed(policy).enqueued(advert);

        assertThat(scene.enqueued(advert("second")).rows()).hasSize(1);
        assertThat(scene.enqueued(advert("third")).rows()).isEmpty();
        assertThat(scene.point().slots()).doesNotHaveDuplicates();
    }
}
