// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Purpose;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Random customers who must never break a rule, whatever they do: they have addresses or not, agree, refuse, reply STOP and do the events
 * that they are given, at random times. The same seed gives the same customers. Immutable.
 */
public final class RandomCustomers {

    private static final int CUSTOMERS = 8;
    private static final Duration TIME = Duration.ofDays(2);
    private static final int LONGEST_PAUSE = 180;

    private final Policy policy;
    private final Campaign[] campaigns;
    private final Map<String, Map<String, Object>> events;
    private final int histories;

    private RandomCustomers(
            Policy policy, Campaign[] campaigns, Map<String, Map<String, Object>> events, int histories) {
        this.policy = policy;
        this.campaigns = campaigns;
        this.events = events;
        this.histories = histories;
    }

    /**
     * Customers of some campaigns.
     *
     * @param policy whose law applies
     * @param campaigns the campaigns
     * @return the customers, who do nothing so far
     */
    public static RandomCustomers of(Policy policy, Campaign... campaigns) {
        return new RandomCustomers(policy, campaigns.clone(), Map.of(), 100);
    }

    /**
     * What they may do.
     *
     * @param possible the properties of each event, by its name
     * @return the changed customers
     */
    public RandomCustomers doing(Map<String, Map<String, Object>> possible) {
        return new RandomCustomers(policy, campaigns, new TreeMap<>(possible), histories);
    }

    /**
     * How many histories are played, each of eight customers over two days; 100 unless said otherwise.
     *
     * @param number from 1
     * @return the changed customers
     * @throws ThroughlineException if it is less
     */
    public RandomCustomers histories(int number) {
        if (number < 1) {
            throw new ThroughlineException("random customers: " + number + " histories, expected at least 1");
        }
        return new RandomCustomers(policy, campaigns, events, number);
    }

    /**
     * Plays the histories and holds each to a rule.
     *
     * @param rule looks at the host after a history, and throws if the rule is broken
     * @throws AssertionError if the rule threw; its message begins with the seed, which {@link #play} plays again
     * @throws ThroughlineException if the customers do nothing
     */
    public void neverBreak(Consumer<TestHost> rule) {
        for (long seed = 0; seed < histories; seed++) {
            try (TestHost host = play(seed)) {
                rule.accept(host);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    /**
     * Plays one history.
     *
     * @param seed which
     * @return the host after it, to be closed
     * @throws ThroughlineException if the customers do nothing
     */
    public TestHost play(long seed) {
        if (events.isEmpty()) {
            throw new ThroughlineException("random customers do nothing: expected doing(..) with at least one event");
        }
        var random = new Random(seed);
        var host = TestHost.of(policy, campaigns);
        var customers = new ArrayList<TestCustomer>();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(customer(host, i, random));
        }
        var end = host.now().plus(TIME);
        while (host.now().isBefore(end)) {
            act(customers.get(random.nextInt(CUSTOMERS)), random);
            host.advance(Duration.ofMinutes(random.nextInt(LONGEST_PAUSE)));
        }
        return host.advance(TIME);
    }

    private static TestCustomer customer(TestHost host, int number, Random random) {
        return host.customer("customer-" + number, actor -> {
            if (random.nextInt(4) > 0) {
                actor.email("customer-" + number + "@example.com");
            }
            if (random.nextInt(4) > 0) {
                actor.phone("+8490000000" + number);
            }
            if (random.nextInt(4) > 0) {
                actor.grants(Purpose.ADVERTISING, Channel.EMAIL, Channel.SMS);
            }
        });
    }

    private void act(TestCustomer customer, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> customer.grants(Purpose.ADVERTISING, Channel.EMAIL, Channel.SMS);
            case 1 -> customer.withdraws(Purpose.ADVERTISING, Channel.SMS);
            case 2 -> replyStop(customer);
            default -> {
                var names = List.copyOf(events.keySet());
                String event = names.get(random.nextInt(names.size()));
                customer.does(event, events.getOrDefault(event, Map.of()));
            }
        }
    }

    private static void replyStop(TestCustomer customer) {
        if (customer.customer().addressOn(Channel.SMS).isPresent()) {
            customer.replies(Channel.SMS, "STOP");
        }
    }
}
