// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.consent.Purpose;
import dev.throughline.customer.Customer;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.rehearsal.Actor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody in a test; what she does happens at the host's present instant. Not thread-safe. */
public final class TestCustomer {

    private final TestHost host;
    private final Identity known;

    TestCustomer(TestHost host, Identity known) {
        this.host = host;
        this.known = known;
    }

    /**
     * She tells of herself, or does several things.
     *
     * @param script what
     * @return this
     */
    public TestCustomer tells(Consumer<Actor> script) {
        host.rehearsal().customer(known, script);
        return this;
    }

    /**
     * She logs in: it was the customer who sat at this browser, and what either of them has done and does is hers. What the rules of
     * identity keep apart stays apart.
     *
     * @param customer as whom
     * @return the customer
     */
    public TestCustomer logsInAs(TestCustomer customer) {
        tells(actor -> actor.identity(customer.known));
        return customer;
    }

    /**
     * She does something.
     *
     * @param event the event's name
     * @param properties what else is known of it
     * @return this
     */
    public TestCustomer does(String event, Map<String, ? extends @Nullable Object> properties) {
        return tells(actor -> actor.does(event, properties));
    }

    /**
     * She is put on a static list.
     *
     * @param list the list's name
     * @return this
     */
    public TestCustomer joins(String list) {
        return tells(actor -> actor.joins(list));
    }

    /**
     * She is taken off a static list.
     *
     * @param list the list's name
     * @return this
     */
    public TestCustomer leaves(String list) {
        return tells(actor -> actor.leaves(list));
    }

    /**
     * She does something.
     *
     * @param event the event's name
     * @return this
     */
    public TestCustomer does(String event) {
        return does(event, Map.of());
    }

    /**
     * She agrees, with full evidence.
     *
     * @param purpose to what
     * @param channels over which channels
     * @return this
     */
    public TestCustomer grants(Purpose purpose, Channel... channels) {
        return tells(actor -> actor.grants(purpose, channels));
    }

    /**
     * She takes her consent back.
     *
     * @param purpose for what
     * @param channels over which channels; all if none is named
     * @return this
     */
    public TestCustomer withdraws(Purpose purpose, Channel... channels) {
        return tells(actor -> actor.withdraws(purpose, channels));
    }

    /**
     * She replies from the address at which the channel reaches her.
     *
     * @param channel over which channel
     * @param text what
     * @return this
     * @throws ThroughlineException if the channel does not reach her
     */
    public TestCustomer replies(Channel channel, String text) {
        Address from = customer()
                .addressOn(channel)
                .orElseThrow(() -> new ThroughlineException("test customer '" + this + "' replies over " + channel
                        + ": she has no address there, expected one in her script"));
        host.rehearsal().replies(channel, from, text);
        return this;
    }

    /**
     * What the library knows of her.
     *
     * @return the customer
     * @throws ThroughlineException if nothing has happened to her so far
     */
    public Customer customer() {
        host.rehearsal().report();
        return host.rehearsal()
                .queries()
                .customer(known)
                .orElseThrow(() -> new ThroughlineException(
                        "test customer '" + this + "': nothing has happened to her, expected a script or an event"));
    }

    /**
     * What became of each message to her.
     *
     * @return the decisions, the oldest first
     */
    public List<Decision> decisions() {
        host.rehearsal().report();
        return host.rehearsal().queries().decisions(known);
    }

    TestHost host() {
        return host;
    }

    /** Her name in this test. */
    @Override
    public String toString() {
        return known.value();
    }
}
