// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.segment.Conditions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static final int SEEDS = 100;
    private static final Message REMINDER = Message.marketing("basket-reminder", Brand.named("Shop"))
            .on(Channel.EMAIL, new Draft.Mail("Hi", "<p>Hi</p>", ""))
            .on(Channel.SMS, new Draft.Text("Hi"));

    private final Campaign campaign = Campaign.named("basket-recovery")
            .journey(j -> j.startOn(new EventRule("Product Added", null))
                    .exitOn(new EventRule(
                            "Order Completed", Conditions.property("total").atLeast(1)))
                    .delay(Duration.ofMinutes(90))
                    .branch(Conditions.trait("tier").is("<gold>"), then -> then.end(), otherwise -> {})
                    .send(REMINDER, Route.first(Channel.EMAIL).thenIfNoResponse(Duration.ofHours(4), Channel.SMS)));

    @Test
    void isAFlowchartInMermaid() {
        assertThat(campaign.toMermaid()).isEqualTo("""
                        flowchart TD
                          start(["Product Added"])
                          s0[/"wait 1 h 30 min"/]
                          s1{{"trait 'tier' is '#60;gold#62;'?"}}
                          s1w0_0(("end"))
                          s1w1_((" "))
                          s2["send basket-reminder<br/>by email<br/>after 4 h without response: sms"]
                          finish(("end<br/>at once on Order Completed where property 'total' #62;= 1"))
                          start --> s0
                          s0 --> s1
                          s1 -->|"yes"| s1w0_0
                          s1 -->|"no"| s1w1_
                          s1w1_ --> s2
                          s2 --> finish
                        """);
    }

    @Test
    void isSvgThatAnXmlParserReads() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var svg = new Invention(seed).campaign().toSvg();
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

            assertThat(document.getElementsByTagName("rect").getLength())
                    .as("seed %s", seed)
                    .isGreaterThan(2);
        }
    }

    @Test
    void noTwoBoxesShareAPlaceAndEachLinkLeadsDown() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var drawing = Drawing.of(new Invention(seed).campaign());

            assertThat(drawing.boxes())
                    .as("places of seed %s", seed)
                    .extracting(box -> box.column() + "/" + box.row())
                    .doesNotHaveDuplicates();
            assertThat(drawing.boxes())
                    .as("names of seed %s", seed)
                    .extracting(Drawing.Box::id)
                    .doesNotHaveDuplicates();
            assertThat(drawing.links()).as("links of seed %s", seed).allSatisfy(link -> assertThat(
                            link.to().row())
                    .isGreaterThan(link.from().row()));
        }
    }

    @Test
    void noLinkGoesDownThroughABox() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var drawing = Drawing.of(new Invention(seed).campaign());

            assertThat(drawing.links()).as("seed %s", seed).noneMatch(link -> drawing.boxes().stream()
                    .anyMatch(box -> box.shape() != Drawing.Shape.PASSAGE
                            && box.column() == link.from().column()
                            && box.row() > link.from().row()
                            && box.row() < link.to().row()));
        }
    }
}
