// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Policy;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that have to be approved; from Monday, 09:00 in Vietnam on. */
class ApprovalTest {

    private static final Message NEWS =
            Message.marketing("news", Brand.named("Shop").country("VN")).on(SMS, text("Tea"));

    private final Rehearsal rehearsal = Rehearsal.of(Campaign.named("tea")
            .journey(j -> j.startOn(event("Product Viewed")).send(NEWS, first(SMS))));

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void messageWaitsUntilSomebodyHasApprovedIt() {
        play(rehearsal.requireApproval()).advance(minutes(50));
        assertThat(rehearsal.report().decisions()).isEmpty();

        rehearsal.approve(NEWS, "ann", "read it").advance(minutes(15));

        assertThat(rehearsal.report().decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).hasToString("SENT");
            assertThat(decision.at()).isEqualTo("2026-11-23T03:00:00Z");
        });
        assertThat(rehearsal
                        .queries()
                        .explain(userId("mai"), "tea", ZoneId.of("UTC"))
                        .toString())
                .contains("approval: approved by ann on 2026-11-23 02:50: read it\n")
                .containsOnlyOnce("nobody has approved this content; asked again on 2026-11-23 02:15");
    }

    @Test
    void messageThatNobodyApprovesIsSkippedWhenItsValidityEnds() {
        play(rehearsal.requireApproval()).advance(hours(25));

        assertThat(rehearsal.report().decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).hasToString("SKIPPED(NOT_APPROVED)");
            assertThat(decision.findings())
                    .filteredOn(finding -> finding.reason().equals("NOT_APPROVED"))
                    .hasSize(2);
        });
    }

    @Test
    void approvalOfAnotherContentDoesNotCount() {
        play(rehearsal.requireApproval())
                .approve(NEWS.on(SMS, text("Tee")), "ann", "read it")
                .approve(NEWS.on(SMS, "vi", text("Tra")), "ann", "read it")
                .advance(hours(25));

        assertThat(rehearsal.report().decisions()).extracting(Decision::verdict).hasToString("[SKIPPED(NOT_APPROVED)]");
    }

    @Test
    void approvalIsNotAskedForUnlessSaid() {
        play(rehearsal).advance(minutes(1));

        assertThat(rehearsal.report().decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).hasToString("SENT");
            assertThat(decision.findings()).extracting(Finding::check).doesNotContain("approval");
        });
    }

    @Test
    void previewShowsThatItIsADraft() {
        play(rehearsal.requireApproval());

        assertThat(rehearsal.preview(NEWS, userId("mai"), Map.of()).on(SMS).outcome())
                .isEqualTo("DEFERRED(NOT_APPROVED)");
        rehearsal.approve(NEWS, "ann", "read it");
        assertThat(rehearsal.preview(NEWS, userId("mai"), Map.of()).on(SMS).outcome())
                .isEqualTo("SENT");
    }

    @Test
    void messageThatWaitsDoesNotLeaveOnceItsApprovalIsWithdrawn() {
        play(rehearsal.requireApproval()).advance(minutes(1));
        rehearsal
                .approve(NEWS, "ann", "read it")
                .withdrawApproval(NEWS, "ben", "wrong price")
                .advance(minutes(30));
        assertThat(rehearsal.report().decisions()).isEmpty();
        assertThat(rehearsal.preview(NEWS, userId("mai"), Map.of()).toString())
                .contains(
                        "nobody has approved this content: ben withdrew the approval on 2026-11-23 09:01, wrong price;"
                                + " asked again on 2026-11-23 09:46");

        rehearsal.approve(NEWS, "ann", "the price is right").advance(minutes(15));

        assertThat(rehearsal.report().decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).hasToString("SENT");
            assertThat(decision.findings())
                    .filteredOn(finding -> finding.reason().equals("APPROVED"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.values()).containsEntry("why", "the price is right"));
        });
    }

    @Test
    void draftHasNoApprovalToWithdraw() {
        assertThatThrownBy(() -> rehearsal.withdrawApproval(NEWS, "ben", "wrong price"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("approval of message 'news': nobody has approved " + NEWS.hash()
                        + ", expected an approval to withdraw");
        assertThatThrownBy(() -> rehearsal
                        .approve(NEWS, "ann", "read it")
                        .withdrawApproval(NEWS, "ben", "wrong price")
                        .withdrawApproval(NEWS, "ben", "wrong price"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("nobody has approved");
    }

    @Test
    void somebodyTakesResponsibility() {
        assertThatThrownBy(() -> rehearsal.approve(NEWS, "ann", "read it").withdrawApproval(NEWS, "", "wrong price"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("approval of message 'news': expected one line that says who and one that says why");
        assertThatThrownBy(() -> rehearsal.approve(NEWS, "ann", " "))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("approval of message 'news': expected one line that says who and one that says why");
    }

    private static Rehearsal play(Rehearsal rehearsal) {
        return rehearsal.under(Policy.base()).customer("mai", m -> m.phone("+84900000001")
                .grants(ADVERTISING, SMS)
                .does("Product Viewed"));
    }
}
