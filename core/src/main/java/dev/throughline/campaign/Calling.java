// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Sending.waiting;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Question;
import dev.throughline.wire.CompactMap;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a function of the host, as often as its step says, and keeps of its answer what the journey uses. */
final class Calling {

    /** How long an answer may be on its way besides; after it the call is taken for lost. */
    private static final Duration LOST = Question.PATIENCE.plusSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private Calling() {}

    /** Calls, and waits for the answer; what is not answered is looked after by the instance's timer. */
    static Instance asked(Instance instance, Node node, int attempt, Moment moment) {
        var step = (Step.Call) node.step();
        var customer = moment.customer();
        var call = new FunctionCall(
                step.function(),
                Ids.hash("call", instance.deeds(), node.path(), 0),
                attempt,
                customer.id(),
                customer.identities(),
                instance.campaign(),
                arguments(step, instance, moment));
        moment.out()
                .ask(
                        FunctionQuestion.PORT + step.function(),
                        new FunctionQuestion(
                                call,
                                instance.deeds(),
                                node.path(),
                                step.retry().deadline()));
        Instant lost = moment.now().plus(step.retry().deadline()).plus(LOST);
        return waiting(instance, node, new Wait(Kind.ANSWER, lost, null, null, 0, attempt, "", 0), moment);
    }

    /** The one attempt that an instance waits for is taken for lost. */
    static FunctionAnswer lost(Instance instance) {
        int attempt = instance.pending().round();
        return new FunctionAnswer(instance.deeds(), instance.path(), attempt, FunctionAnswer.NO_ANSWER, "", Map.of());
    }

    /** Waits before the next attempt, if there is one: each time four times as long. */
    static @Nullable Instance paused(Instance instance, Node node, FunctionAnswer failed, Moment moment) {
        var step = (Step.Call) node.step();
        if (failed.attempt() >= step.retry().attempts() || !failed.mayBeTriedAgain()) {
            return null;
        }
        Duration pause = step.retry().backoff().multipliedBy(1L << (2 * (failed.attempt() - 1)));
        Instant again = moment.now().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        return waiting(instance, node, new Wait(Kind.AGAIN, again, null, null, 0, failed.attempt(), "", 0), moment);
    }

    /** With what of the answer the journey's steps use, so that a large one does not make a large customer. */
    static Instance knowing(Instance instance, Node node, FunctionAnswer answer) {
        var step = (Step.Call) node.step();
        return instance.knowing(step.name(), node.campaign().kept(step.name(), answer.values()));
    }

    private static Map<String, @Nullable Object> arguments(Step.Call step, Instance instance, Moment moment) {
        var traits = moment.customer().profile().traits();
        var arguments =
                new LinkedHashMap<String, @Nullable Object>(step.arguments().constants());
        step.arguments().paths().forEach((name, path) -> {
            Object value = ValuePath.parse(path).of(instance, traits);
            if (value != null) {
                arguments.put(name, value);
            }
        });
        return CompactMap.copyOf(arguments);
    }
}
