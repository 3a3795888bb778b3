// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.Sought;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the provider asked what became of a message in doubt, where its adapter can: soon, so that a one-time code is looked up before it is
 * sent again, and then at growing distances for some hours. Lives for one step.
 */
final class Inquiry {

    private static final String TIMER = "look-up/";

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
            setTimer(0, message);
        }
    }

    /** A message that is known by now, or forgotten, is not asked for. */
    void due(String timer) {
        String[] parts = timer.split("/", 3);
        int number = Integer.parseInt(parts[1]);
        var message = new MessageId(parts[2]);
        Open open = desk.open(message);
        Closed closed = desk.closed(message);
        if (open != null && open.isDoubtful()) {
            ask(number, open.plan().channel(), message, List.of(), open.doubtful());
        } else if (closed != null && closed.isUnknown()) {
            ask(
                    number,
                    closed.channel(),
                    message,
                    closed.trace().references(),
                    closed.trace().doubtful());
        }
    }

    private void ask(
            int number, @Nullable Channel channel, MessageId message, List<String> references, List<Integer> attempts) {
        if (channel == null) {
            return;
        }
        var sought = new Sought(message, desk.address(), references);
        desk.out().ask(LookUpQuestion.PORT + channel.name(), new LookUpQuestion(sought, attempts));
        if (number + 1 < GAPS.size()) {
            setTimer(number + 1, message);
        }
    }

    private void setTimer(int number, MessageId message) {
        desk.out().setTimer(TIMER + number + "/" + message, desk.now().plus(GAPS.get(number)));
    }
}
