// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Customer;
import dev.throughline.message.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reckons when waits end, from when they began.
 *
 * @param customer who waits
 * @param now the present
 */
record Waits(Customer customer, Instant now) {

    static Waits of(Moment moment) {
        return new Waits(moment.customer(), moment.now());
    }

    /** Whether a step waits for a time, an event or a condition. */
    static boolean isWait(Node node) {
        return StepText.shape(node.step()) == Drawing.Shape.WAIT;
    }

    /** When a wait ends that began at an instant; {@code null} if it is for a date that is not known. */
    @Nullable
    Instant due(Instance instance, Node node, Instant since) {
        Step step = node.step();
        if (step instanceof Step.Delay delay) {
            return since.plus(delay.time());
        }
        if (step instanceof Step.Await await) {
            return since.plus(await.atMost());
        }
        if (step instanceof Step.Until until) {
            return since.plus(until.atMost());
        }
        return step instanceof Step.CalendarDelay delay
                ? calendar(node).after(since, delay)
                : date(instance, node).orElse(null);
    }

    /** When the wait began in which an instance is. */
    Instant since(Instance instance, Node node) {
        Instance.Wait wait = instance.pending();
        Step step = node.step();
        if (step instanceof Step.Delay delay) {
            return wait.until().minus(delay.time());
        }
        if (step instanceof Step.Await await) {
            return wait.until().minus(await.atMost());
        }
        if (step instanceof Step.Until until) {
            return wait.until().minus(until.atMost());
        }
        Instant since = wait.since();
        return since == null ? now : since;
    }

    /** The instant of a date that is waited for; none if it is not known. */
    Optional<Instant> date(Instance instance, Node node) {
        DateRule date = ((Step.DateDelay) node.step()).date();
        Object value = date.source() == DateRule.Source.TRAIT
                ? customer.profile().traits().get(date.name())
                : instance.event().get(date.name());
        return calendar(node).find(date, value).filter(found -> !found.isAfter(now.plus(Message.LONGEST)));
    }

    private LocalCalendar calendar(Node node) {
        ZoneId hers = customer.profile().zone().orElse(node.campaign().zone());
        return new LocalCalendar(hers);
    }
}
