// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Content;
import dev.throughline.channel.Preparation;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Timing;
import dev.throughline.pool.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the checks of one pass have said, and what they made of the message. Lives for one step. */
final class Findings {

    private final List<Finding> list = new ArrayList<>(8);
    private final List<String> capScopes = new ArrayList<>(0);
    private final @Nullable Sender sender;
    private final @Nullable String unsubscribe;
    private Content content;
    private @Nullable Preparation preparation;
    private @Nullable Instant windowEnd;
    private @Nullable Verdict refusal;

    Findings(Content content, @Nullable Sender sender, @Nullable String unsubscribe) {
        this.content = content;
        this.sender = sender;
        this.unsubscribe = unsubscribe;
    }

    void add(List<Finding> more) {
        for (Finding finding : more) {
            list.add(finding);
        }
    }

    void content(Content dressed, List<Finding> more) {
        content = dressed;
        add(more);
    }

    void prepared(Preparation made) {
        preparation = made;
        content = made.content();
        String reason = made.refusal();
        if (reason != null) {
            list.add(new Finding("channel", "", Outcome.DENY, "NOT_CAPABLE", Map.of("detail", reason)));
            refusal = Verdict.failed("NOT_CAPABLE");
        }
    }

    void timing(Timing timing) {
        add(timing.findings());
        windowEnd = timing.until();
    }

    void counted(String scope, Finding finding) {
        capScopes.add(scope);
        list.add(finding);
    }

    List<Finding> list() {
        return List.copyOf(list);
    }

    /** The verdict that the checks force; the first denial names the reason. Null if they allow it, now or later. */
    @Nullable
    Verdict verdict() {
        for (Finding finding : list) {
            if (finding.outcome() == Outcome.DENY
                    && !(refusal != null && finding.reason().equals("NOT_CAPABLE"))) {
                return Verdict.skipped(finding.reason());
            }
        }
        return refusal;
    }

    /** The finding that makes it wait longest; null if it may leave now. */
    @Nullable
    Finding deferral() {
        Finding latest = null;
        for (Finding finding : list) {
            if (finding.outcome() == Outcome.DEFER
                    && (latest == null || finding.until().isAfter(latest.until()))) {
                latest = finding;
            }
        }
        return latest;
    }

    @Nullable
    Instant windowEnd() {
        return windowEnd;
    }

    Content content() {
        return content;
    }

    Outlook outlook() {
        return new Outlook(content, preparation, verdict(), deferral(), list());
    }

    Sender sender() {
        return Objects.requireNonNull(sender);
    }

    @Nullable
    String unsubscribe() {
        return unsubscribe;
    }

    List<String> capScopes() {
        return capScopes;
    }

    /** Whether a pool can be drawn on at this price; what has none because nobody carries it is refused anyway. */
    boolean isPaidBy(Pool pool) {
        return preparation == null || preparation.refusal() != null || pool.pays(preparation.cost());
    }

    /** How much a message draws: its price from a budget of that currency, one piece from anything else. */
    long amount(@Nullable Pool pool) {
        Money cost = preparation == null ? null : preparation.cost();
        if (pool == null || pool.currency().isEmpty()) {
            return 1;
        }
        return cost != null && cost.currency().equals(pool.currency()) ? cost.micros() : 0;
    }
}
