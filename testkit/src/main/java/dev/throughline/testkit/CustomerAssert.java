// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** What can be said of somebody. What fails prints everything that happened to her, and why. */
public final class CustomerAssert extends AbstractAssert<CustomerAssert, TestCustomer> {

    CustomerAssert(TestCustomer customer) {
        super(customer, CustomerAssert.class);
    }

    /**
     * A message was sent to her.
     *
     * @param message the message's name, of one of the host's campaigns or {@code opt-out-confirmation}
     * @return what else can be said of it; of several that were sent, of those that fit what was said so far
     */
    public MessageAssert received(String message) {
        return new MessageAssert(
                actual,
                "received '" + message + "'",
                found(message, decision -> Verdict.SENT.equals(decision.verdict())));
    }

    /**
     * A message was planned and not sent: it was skipped, failed or was cancelled, or nobody knows.
     *
     * @param message the message's name, of one of the host's campaigns or {@code opt-out-confirmation}
     * @return what else can be said of it
     */
    public MessageAssert didNotReceive(String message) {
        return new MessageAssert(
                actual,
                "did not receive '" + message + "'",
                found(message, decision -> !Verdict.SENT.equals(decision.verdict())));
    }

    /**
     * No message of a name was sent to her, whether one was planned or not.
     *
     * @param message the message's name, of one of the host's campaigns or {@code opt-out-confirmation}
     * @return this
     */
    public CustomerAssert neverReceived(String message) {
        requireNone("never received '" + message + "'", found(message, CustomerAssert::isSent));
        return this;
    }

    /**
     * Nothing was sent to her.
     *
     * @return this
     */
    public CustomerAssert receivedNothing() {
        requireNone(
                "received nothing",
                actual.decisions().stream().filter(CustomerAssert::isSent).toList());
        return this;
    }

    /**
     * So many messages were sent to her, over all channels.
     *
     * @param number how many
     * @return this
     */
    public CustomerAssert receivedMessages(int number) {
        long sent = actual.decisions().stream().filter(CustomerAssert::isSent).count();
        if (sent != number) {
            failWithMessage(
                    "%s", MessageAssert.told(actual, "received " + number + " messages", "she received " + sent));
        }
        return this;
    }

    private void requireNone(String claim, List<Decision> found) {
        if (!found.isEmpty()) {
            failWithMessage("%s", MessageAssert.told(actual, claim, "she received " + found.size()));
        }
    }

    private List<Decision> found(String message, Predicate<Decision> wanted) {
        actual.host().requireMessage(message);
        return actual.decisions().stream()
                .filter(decision -> decision.origin().message().equals(message))
                .filter(wanted)
                .toList();
    }

    private static boolean isSent(Decision decision) {
        return Verdict.SENT.equals(decision.verdict());
    }
}
