// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Definitions;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.TextContent;
import dev.throughline.customer.IdentityRules;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.LiveEngine;
import dev.throughline.engine.Model;
import dev.throughline.engine.Outlet;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a host says before it opens {@link Throughline}. Not thread-safe; lives within the lambda it is given to. */
public final class Setup {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    private static final int MOST_LANES = 256;

    private final List<Campaign> campaigns = new ArrayList<>();
    private final List<ChannelAdapter> adapters = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private @Nullable Store store;
    private @Nullable Delivery delivery;
    private @Nullable Policy policy;
    private String environment = "";
    private boolean approving;
    private IdentityRules identities = IdentityRules.standard();
    private InstantSource clock = InstantSource.system();
    private Duration lease = Outlet.LEASE;
    private int lanes = Math.min(4, Runtime.getRuntime().availableProcessors());

    Setup() {}

    /**
     * Where everything is kept.
     *
     * @param where the store; closed with the host's {@link Throughline}
     * @return this
     */
    public Setup store(Store where) {
        store = Given.required("setup", "store", where);
        return this;
    }

    /**
     * Which environment this is. The first one stamps the store; opened under another name, a store holds everything: no input is
     * taken, no timer fires, nothing leaves.
     *
     * @param name such as {@code production}
     * @return this
     */
    public Setup environment(String name) {
        environment = Given.required("setup", "environment", name);
        return this;
    }

    /**
     * How messages leave; there is no default.
     *
     * @param mode the mode
     * @return this
     */
    public Setup delivery(Delivery mode) {
        delivery = Given.required("setup", "delivery", mode);
        return this;
    }

    /**
     * A channel.
     *
     * @param adapter its adapter; closed with the host's {@link Throughline}
     * @return this
     */
    public Setup channel(ChannelAdapter adapter) {
        adapters.add(Given.required("setup", "channel", adapter));
        return this;
    }

    /**
     * The policy; there is no default.
     *
     * @param rules the policy
     * @return this
     */
    public Setup policy(Policy rules) {
        policy = Given.required("setup", "policy", rules);
        return this;
    }

    /**
     * A campaign.
     *
     * @param campaign the campaign
     * @return this
     */
    public Setup campaign(Campaign campaign) {
        campaigns.add(Given.required("setup", "campaign", campaign));
        return this;
    }

    /**
     * All campaigns of some files.
     *
     * @param loaded what the files define, as {@link Definitions#load} reads it
     * @return this
     */
    public Setup definitions(Definitions loaded) {
        campaigns.addAll(Given.required("setup", "definitions", loaded).campaigns());
        return this;
    }

    /**
     * A pool.
     *
     * @param pool the pool
     * @return this
     */
    public Setup pool(Pool pool) {
        pools.add(Given.required("setup", "pool", pool));
        return this;
    }

    /**
     * When two customers are one; {@link IdentityRules#standard()} unless said otherwise.
     *
     * @param rules the rules
     * @return this
     */
    public Setup identities(IdentityRules rules) {
        identities = Given.required("setup", "identities", rules);
        return this;
    }

    /**
     * Sends only messages that somebody has approved with just the content that they have, by {@link Throughline#approve}. What is not
     * approved waits for it, looked at again every 15 minutes, and is SKIPPED(NOT_APPROVED) when its validity ends. Off unless said; each
     * host of a store says it for the messages that it decides.
     *
     * @return this
     */
    public Setup requireApproval() {
        approving = true;
        return this;
    }

    /**
     * Another clock for business time than the system's.
     *
     * @param source the clock
     * @return this
     */
    public Setup clock(InstantSource source) {
        clock = Given.required("setup", "clock", source);
        return this;
    }

    /**
     * How long a message may be with a sender before its outcome counts as unknown; 60 seconds unless said otherwise. An adapter is
     * given half of it to answer. It is also how long a call waits for a store that cannot be reached.
     *
     * @param time more than twice what a provider takes to answer: a second at least, an hour at most
     * @return this
     * @throws ThroughlineException if it is shorter or longer
     */
    public Setup lease(Duration time) {
        Given.required("setup", "lease", time);
        if (time.compareTo(SHORTEST_LEASE) < 0 || time.compareTo(LONGEST_LEASE) > 0) {
            throw new ThroughlineException("lease: " + time + ", expected " + SHORTEST_LEASE + " to " + LONGEST_LEASE);
        }
        lease = time;
        return this;
    }

    /**
     * How many threads step customers side by side; unless said otherwise, as many as there are processors, but at most four.
     *
     * @param number 1 to 256
     * @return this
     * @throws ThroughlineException if it is another
     */
    public Setup lanes(int number) {
        if (number < 1 || number > MOST_LANES) {
            throw new ThroughlineException("lanes: " + number + ", expected 1 to " + MOST_LANES);
        }
        lanes = number;
        return this;
    }

    boolean approving() {
        return approving;
    }

    IdentityRules identities() {
        return identities;
    }

    InstantSource clock() {
        return clock;
    }

    LiveEngine.Pace pace() {
        return new LiveEngine.Pace(clock, lanes);
    }

    String environment() {
        return environment;
    }

    Store requireStore() {
        return required(store, "store");
    }

    Outlet outlet(String owner) {
        return new Outlet(adapters, required(delivery, "delivery"), lease, owner);
    }

    Model model() {
        return new Model(campaigns, required(policy, "policy"), pools, adapters, identities, Set.of(), false);
    }

    /** All that is wrong, in one message. */
    void check() {
        var faults = new ArrayList<String>();
        missing(store, "store: where everything is kept, such as JdbcStore.sqlite(file)", faults);
        missing(delivery, "delivery: LIVE, only(addresses), redirectTo(addresses) or RECORD", faults);
        missing(policy, "policy: such as Policy.vietnam()", faults);
        if (!Identity.isLine(environment)) {
            faults.add("environment: one line such as \"production\"");
        }
        if (campaigns.isEmpty()) {
            faults.add("campaign: at least one");
        }
        twice(campaigns.stream().map(Campaign::name).toList(), "campaign", faults);
        rivals(faults);
        twice(pools.stream().map(Pool::name).toList(), "pool", faults);
        campaigns.forEach(campaign -> campaign.messages().forEach(message -> check(campaign, message, faults)));
        if (!faults.isEmpty()) {
            throw new ThroughlineException("Throughline cannot be opened; it needs\n  - "
                    + String.join("\n  - ", new LinkedHashSet<>(faults)));
        }
    }

    private void check(Campaign campaign, Message message, List<String> faults) {
        String where = "campaign '" + campaign.name() + "', message '" + message.name() + "': ";
        var carried = new TreeSet<String>();
        adapters.forEach(adapter -> carried.add(adapter.channel().name()));
        Brand brand = message.brand();
        for (Channel channel : message.channels()) {
            if (!carried.contains(channel.name())) {
                faults.add(where + "an adapter for " + channel + ", have " + carried);
            }
            if (brand.senderOn(channel).isEmpty()) {
                faults.add("brand '" + brand.name() + "': a sender on " + channel);
            }
        }
        if (policy != null) {
            faults.addAll(policy.faults(brand, message.channels(), clock.instant()));
        }
        var known = pools.stream().map(Pool::name).toList();
        message.pools().stream()
                .filter(pool -> !known.contains(pool))
                .forEach(pool -> faults.add(where + "a pool '" + pool + "', have " + known));
        pools.stream()
                .filter(pool -> message.pools().contains(pool.name()))
                .forEach(pool -> priced(pool, message, where, faults));
    }

    /** An adapter is asked for the price of any content; one that cannot carry that says nothing, and each message is checked. */
    private void priced(Pool pool, Message message, String where, List<String> faults) {
        for (ChannelAdapter adapter : adapters) {
            if (message.channels().contains(adapter.channel())) {
                Content any = adapter.channel().equals(Channel.EMAIL)
                        ? new EmailContent("Hi", "<p>Hi</p>", "Hi")
                        : new TextContent("Hi");
                Preparation prepared = adapter.prepare(any);
                if (prepared.refusal() == null && !pool.pays(prepared.cost())) {
                    faults.add(where + "a price in " + pool.currency() + " on " + adapter.channel()
                            + ", because it draws on the budget '" + pool.name() + "': adapter '" + adapter.id()
                            + "' says "
                            + (prepared.cost() == null
                                    ? "none"
                                    : prepared.cost().currency()));
                }
            }
        }
    }

    private void rivals(List<String> faults) {
        var first = new TreeMap<Channel, ChannelAdapter>();
        for (ChannelAdapter adapter : adapters) {
            ChannelAdapter other = first.putIfAbsent(adapter.channel(), adapter);
            if (other != null) {
                faults.add("one adapter for " + adapter.channel() + ", not both '" + other.id() + "' and '"
                        + adapter.id() + "'");
            }
        }
    }

    private static void missing(@Nullable Object value, String what, List<String> faults) {
        if (value == null) {
            faults.add(what);
        }
    }

    private static void twice(List<String> names, String what, List<String> faults) {
        var seen = new HashSet<String>();
        names.stream()
                .filter(name -> !seen.add(name))
                .forEach(name -> faults.add("one " + what + " '" + name + "', not two"));
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException(what + " was not checked");
        }
        return value;
    }
}
