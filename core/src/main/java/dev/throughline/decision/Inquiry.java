// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.Sought;
import dev.throughline.decision.ContactPoint.Inquired;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.util.List;

/**
 * Has the provider asked what became of a message in doubt, where its adapter can: soon, so that a one-time code is looked up before it is
 * sent again, and then at growing distances for some hours. Lives for one step.
 */
final class Inquiry {

    static final String TIMER = "look-up/";

    /** From the outcome to the first question, and from each to the next: longer than a question and its patience take. */
    private static final List<Duration> GAPS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(3),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));

    private final Desk desk;
    private final DecisionRules rules;

    Inquiry(Desk desk, DecisionRules rules) {
        this.desk = desk;
        this.rules = rules;
    }

    static boolean isTimer(String timer) {
        return timer.startsWith(TIMER);
    }

    /** A message has come into doubt. */
    void begin(MessageId message, Channel channel) {
        if (rules.lookUps().contains(channel.name())) {
            await(message, 0);
        }
    }

    /** A message that is known by now, or forgotten, is not asked for. */
    void due(String timer) {
        var message = new MessageId(timer.substring(TIMER.length()));
        Inquired inquired = desk.inquired(message);
        if (inquired == null) {
            return;
        }
        Open open = desk.open(message);
        Closed closed = desk.closed(message);
        if (open != null && open.isDoubtful()) {
            ask(open.plan().channel(), new Sought(message, desk.address(), List.of()), open.doubtful());
            await(message, inquired.asked() + 1);
        } else if (closed != null && closed.isUnknown() && closed.channel() != null) {
            var sought = new Sought(message, desk.address(), closed.trace().references());
            ask(closed.channel(), sought, closed.trace().doubtful());
            await(message, inquired.asked() + 1);
        } else {
            desk.inquire(message, null);
        }
    }

    private void ask(Channel channel, Sought sought, List<Integer> attempts) {
        desk.out().ask(LookUpQuestion.PORT + channel.name(), new LookUpQuestion(sought, attempts));
    }

    private void await(MessageId message, int asked) {
        if (asked == GAPS.size()) {
            desk.inquire(message, null);
            return;
        }
        var next = new Inquired(message, asked, desk.now().plus(GAPS.get(asked)));
        desk.inquire(message, next);
        desk.out().setTimer(next.timer(), next.next());
    }
}
