// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.campaign.AddressBook;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Catalogue;
import dev.throughline.campaign.Definitions;
import dev.throughline.campaign.HostFunction;
import dev.throughline.campaign.ProfileSource;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.Processor;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.ReplyClassifier;
import dev.throughline.consent.Salts;
import dev.throughline.customer.IdentityRules;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Hosted;
import dev.throughline.engine.LiveEngine;
import dev.throughline.engine.Model;
import dev.throughline.engine.Observer;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Retention;
import dev.throughline.engine.Role;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Link;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.pool.RateLimit;
import dev.throughline.segment.Segment;
import dev.throughline.store.HostInbox;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a host says before it opens {@link Throughline}. Not thread-safe; lives within the lambda it is given to. */
public final class Setup {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    private static final int MOST_LANES = 256;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_PROOFS = 20;

    private final List<Campaign> campaigns = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<ChannelAdapter> adapters = new ArrayList<>();
    private final Map<String, RateLimit> rates = new TreeMap<>();
    private final List<Pool> pools = new ArrayList<>();
    private final List<HostInbox> inboxes = new ArrayList<>();
    private final Set<Address> proofs = new TreeSet<>();
    private @Nullable Store store;
    private @Nullable Delivery delivery;
    private @Nullable Policy policy;
    private final Map<String, Hosted.Registered> functions = new TreeMap<>();
    private final Map<String, Processor> processors = new TreeMap<>();
    private final List<ErasureListener> erasures = new ArrayList<>();
    private Hosted.Tables tables = Hosted.Tables.NONE;
    private @Nullable ReplyClassifier replies;
    private @Nullable Executor executor;
    private @Nullable Observer observer;
    private Retention retention = Retention.everything();
    private String environment = "";
    private boolean approving;
    private @Nullable Set<Role> roles;
    private IdentityRules identities = IdentityRules.standard();
    private LinkKeys links = LinkKeys.NONE;
    private Pepper pepper = Pepper.NONE;
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
     * Where touchpoints are recorded in transactions of a database of the host's that is not the store's: what has committed there is taken
     * from there, in the order in which it was recorded. Every host of a store may say the same inbox; one of them at a time takes from it.
     *
     * @param inbox such as {@code JdbcInbox.in(dataSource)}, whose tables are there when the host is opened; said once for each of them
     * @return this
     */
    public Setup inbox(HostInbox inbox) {
        inboxes.add(Given.required("setup", "inbox", inbox));
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
     * A channel whose provider takes so many messages in a time, from all hosts of the store together: {@code channel(gateway,
     * RateLimit.perSecond(50))}. What is more waits in the outbox, urgent messages first. Each host says the same limit.
     *
     * @param adapter its adapter; closed with the host's {@link Throughline}
     * @param rate how fast its messages may leave
     * @return this
     */
    public Setup channel(ChannelAdapter adapter, RateLimit rate) {
        Given.required("setup channel", "rate", rate);
        channel(adapter);
        rates.put(adapter.id(), rate);
        return this;
    }

    /**
     * Who gets people's data through an adapter that does not say so itself, such as a company that runs the mail server. Told to who asks
     * what is held of her; some laws give more time where somebody else has to act as well.
     *
     * @param adapter the adapter's id
     * @param processor who gets data through it, and where
     * @return this
     */
    public Setup processor(String adapter, Processor processor) {
        processors.put(
                Given.required("setup processor", "adapter", adapter), Given.required("setup", "processor", processor));
        return this;
    }

    /**
     * Erases people where the library does not reach, whenever somebody is erased here. May be called several times; all are called, in
     * their order.
     *
     * @param listener the host's own erasure
     * @return this
     */
    public Setup onErasure(ErasureListener listener) {
        erasures.add(Given.required("setup", "onErasure", listener));
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
     * A segment to keep, whether a campaign asks for it or not, so that {@link Throughline#queries} tell who is in it. Said for the first
     * time, it is filled in the background by what is on the timelines, without news; see {@link Status#rebuilding}.
     *
     * @param segment the segment
     * @return this
     */
    public Setup segment(Segment segment) {
        segments.add(Given.required("setup", "segment", segment));
        return this;
    }

    /**
     * All campaigns and segments of some files.
     *
     * @param loaded what the files define, as {@link Definitions#load} reads it
     * @return this
     */
    public Setup definitions(Definitions loaded) {
        campaigns.addAll(Given.required("setup", "definitions", loaded).campaigns());
        segments.addAll(loaded.segments());
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
     * Code of the host that journeys may call, up to 8 calls at once.
     *
     * @param name under which name campaigns call it
     * @param function what it does; called by threads of the library's own, or of the {@link #executor}
     * @return this
     * @throws ThroughlineException if the name is taken
     */
    public Setup function(String name, HostFunction function) {
        return function(name, Hosted.AT_ONCE, function);
    }

    /**
     * Code of the host that journeys may call. Calls beyond those at once wait a minute for their turn; no journey of another function
     * waits for them.
     *
     * @param name under which name campaigns call it
     * @param atOnce how many calls may be under way at once on this host, 1 to 1,000
     * @param function what it does; called by threads of the library's own, or of the {@link #executor}
     * @return this
     * @throws ThroughlineException if the name is taken, or the number is another
     */
    public Setup function(String name, int atOnce, HostFunction function) {
        Given.required("setup function", "name", name);
        Given.required("setup", "function", function);
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ThroughlineException(
                    "function '" + name + "': " + atOnce + " at once, expected 1 to " + MOST_AT_ONCE);
        }
        if (functions.putIfAbsent(name, new Hosted.Registered(function, atOnce)) != null) {
            throw new ThroughlineException("function '" + name + "' is registered already, expected one of a name");
        }
        return this;
    }

    /**
     * The host's products, for messages that tell one, such as {@code {{ product.name }}}.
     *
     * @param products asked once for each leg that is planned, for at most five seconds
     * @return this
     */
    public Setup catalogue(Catalogue products) {
        Given.required("setup", "catalogue", products);
        tables = new Hosted.Tables(products, tables.addresses(), tables.profiles());
        return this;
    }

    /**
     * Who reads replies that the tables of opt-out words cannot; without it what may be a refusal waits for {@link Throughline#reviews}.
     *
     * @param classifier asked once for each such reply, for at most ten seconds
     * @return this
     */
    public Setup replyClassifier(ReplyClassifier classifier) {
        replies = Given.required("setup", "replyClassifier", classifier);
        return this;
    }

    /**
     * Where the host keeps addresses, for sends that know none on their channel.
     *
     * @param addresses asked once for each leg that finds no address, for at most five seconds
     * @return this
     */
    public Setup addressBook(AddressBook addresses) {
        Given.required("setup", "addressBook", addresses);
        tables = new Hosted.Tables(tables.catalogue(), addresses, tables.profiles());
        return this;
    }

    /**
     * Where the host keeps traits of its customers, for journeys that look at one of them.
     *
     * @param source asked when such a journey begins and before its sends, for at most five seconds
     * @param freshFor for how long what was read of a customer is not read again
     * @param traits which it may tell; not {@code email} and {@code phone}, which an address book tells
     * @return this
     * @throws ThroughlineException if no trait is named, one is an address, or the time is negative
     */
    public Setup profileSource(ProfileSource source, Duration freshFor, String... traits) {
        Given.required("setup profileSource", "freshFor", freshFor);
        Given.all("setup profileSource", "traits", traits);
        Given.required("setup", "profileSource", source);
        var names = new TreeSet<>(List.of(traits));
        if (names.isEmpty() || names.contains("email") || names.contains("phone") || freshFor.isNegative()) {
            throw new ThroughlineException("profile source of " + names + ", fresh for " + freshFor
                    + ": expected at least one trait that is no address, and no negative time");
        }
        tables =
                new Hosted.Tables(tables.catalogue(), tables.addresses(), new Hosted.Profiles(source, freshFor, names));
        return this;
    }

    /**
     * What runs the host's own code, such as an executor of virtual threads; threads of the library's own unless said otherwise. It must
     * not run it in the calling thread.
     *
     * @param threads the executor; the host's to close
     * @return this
     */
    public Setup executor(Executor threads) {
        executor = Given.required("setup", "executor", threads);
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
     * The secret by which people who were erased are recognised if a list brings them back. Without it nobody can be erased. Every host of a
     * store says the same, from before the first erasure on; a new version is added beside the old ones, which stay.
     *
     * @param secret the secret with its older versions, such as {@code Pepper.of(2, fromVault).and(1, before)}
     * @return this
     */
    public Setup pepper(Pepper secret) {
        pepper = Given.required("setup", "pepper", secret);
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
     * Mailboxes and phones of the shop's own people, who want to see messages before customers do: {@link Throughline#proof} sends to no
     * others. Consents, hours and caps do not count there.
     *
     * @param addresses at most 20 addresses
     * @return this
     * @throws ThroughlineException if it comes to more
     */
    public Setup proofs(Address... addresses) {
        Given.all("setup", "proofs", addresses);
        proofs.addAll(List.of(addresses));
        if (proofs.size() > MOST_PROOFS) {
            throw new ThroughlineException("proofs: " + proofs.size() + " addresses, expected at most " + MOST_PROOFS);
        }
        return this;
    }

    /**
     * What this host does for its store; everything unless said. Several hosts of a shared store may share the work: web servers that only
     * take touchpoints, others that step, and few that connect to providers. What no host does, waits. All hosts say the same campaigns,
     * policy and channels whatever their roles. Where a host does not {@link Role#STEP step}, {@link Throughline#track track} and its like
     * return {@link dev.throughline.engine.Ack#RECORDED RECORDED} as soon as the input is durable.
     *
     * @param some at least one
     * @return this
     * @throws ThroughlineException if it is none
     */
    public Setup roles(Role... some) {
        Given.all("setup", "roles", some);
        if (some.length == 0) {
            throw new ThroughlineException("roles: none, expected some of " + Role.all());
        }
        roles = EnumSet.copyOf(List.of(some));
        return this;
    }

    /**
     * What links in messages are signed with. Without it unsubscribe links bear a message's bare id, and there are no other links.
     *
     * @param keys the host's secrets by version; the same ones on each host of a store
     * @return this
     */
    public Setup links(LinkKeys keys) {
        links = Given.required("setup", "links", keys);
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
     * Where figures go, such as the host's metrics; none are gathered unless it is said.
     *
     * @param where told by a thread of its own, which nothing waits for
     * @return this
     */
    public Setup observer(Observer where) {
        observer = Given.required("setup", "observer", where);
        return this;
    }

    /**
     * For how long what has happened is kept; everything for good unless it is said. Each host of a store removes by what it says itself.
     *
     * @param kept the times
     * @return this
     */
    public Setup retention(Retention kept) {
        retention = Given.required("setup", "retention", kept);
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

    List<HostInbox> inboxes() {
        return inboxes;
    }

    /** In their order. */
    Set<Role> effectiveRoles() {
        return roles == null ? Role.all() : roles;
    }

    boolean approving() {
        return approving;
    }

    Set<Address> proofs() {
        return proofs;
    }

    Map<String, Processor> processors() {
        return processors;
    }

    List<ErasureListener> erasures() {
        return erasures;
    }

    Pepper secret() {
        return pepper;
    }

    IdentityRules identities() {
        return identities;
    }

    LinkKeys links() {
        return links;
    }

    InstantSource clock() {
        return clock;
    }

    LiveEngine.Pace pace() {
        return new LiveEngine.Pace(clock, lanes, observer, retention, effectiveRoles());
    }

    String environment() {
        return environment;
    }

    Store requireStore() {
        return required(store, "store");
    }

    Outlet outlet(String owner) {
        return new Outlet(adapters, required(delivery, "delivery"), lease, owner, rates);
    }

    /** Whose ledger is salted with what only this process knows. */
    Model model(Salts salts) {
        return new Model(
                campaigns,
                segments,
                required(policy, "policy"),
                pools,
                adapters,
                identities,
                Set.of(),
                false,
                new Hosted(functions, tables, replies, executor),
                links,
                salts,
                pepper);
    }

    /** All that is wrong, in one message. */
    void check() {
        var faults = new ArrayList<String>();
        missing(store, "store: where everything is kept, such as JdbcStore.sqlite(file)", faults);
        missing(delivery, "delivery: LIVE, only(addresses), redirectTo(addresses) or RECORD", faults);
        missing(policy, "policy: such as Policy.vietnam()", faults);
        var ids = adapters.stream().map(ChannelAdapter::id).collect(Collectors.toCollection(TreeSet::new));
        processors.keySet().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> faults.add("processor: an adapter '" + id + "', have " + ids));
        if (!Identity.isLine(environment)) {
            faults.add("environment: one line such as \"production\"");
        }
        if (campaigns.isEmpty()) {
            faults.add("campaign: at least one");
        }
        faults.addAll(Definitions.faults(campaigns));
        rivals(faults);
        unfitting(faults);
        proofs.stream()
                .filter(address -> adapters.stream()
                        .noneMatch(adapter -> adapter.channel().addressKind().equals(address.kind())))
                .forEach(address -> faults.add("proofs: an adapter that reaches " + address));
        twice("pool", pools.stream().map(Pool::name).toList(), faults);
        twice("inbox", inboxes.stream().map(HostInbox::name).toList(), faults);
        campaigns.forEach(campaign -> campaign.messages().forEach(message -> check(campaign, message, faults)));
        campaigns.forEach(campaign -> unknownFunctions(campaign, faults));
        if (policy != null) {
            faults.addAll(retention.faults(model(Salts.REHEARSED), clock.instant()));
        }
        if (!faults.isEmpty()) {
            throw new ThroughlineException("Throughline cannot be opened; it needs\n  - "
                    + String.join("\n  - ", new LinkedHashSet<>(faults)));
        }
    }

    /** A message is approved, published and reported by its name. */
    private void unknownFunctions(Campaign campaign, List<String> faults) {
        if (campaign.usesProduct() && tables.catalogue() == null) {
            faults.add("campaign '" + campaign.name() + "': a catalogue, because a message of it tells a product");
        }
        for (String function : campaign.functions()) {
            if (!functions.containsKey(function)) {
                faults.add("campaign '" + campaign.name() + "': a function '" + function + "', have "
                        + functions.keySet());
            }
        }
    }

    /** Whoever is inside when the code changes goes on in the version that is written down. */
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
        message.links().stream()
                .map(link -> link.equals("confirm") ? Link.Purpose.CONFIRMATION : Link.Purpose.PREFERENCES)
                .filter(purpose -> !links.leadTo(purpose))
                .forEach(purpose -> faults.add(where + "links: a key and a page for " + purpose
                        + ", such as LinkKeys.signing(1, secret).page(" + purpose + ", address)"));
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

    private void unfitting(List<String> faults) {
        if (roles == null) {
            return;
        }
        if (!roles.equals(Role.all()) && store != null && !store.isShared()) {
            faults.add("roles: all of " + Role.all() + " on a store that is for one host, not only " + roles);
        }
        if (roles.contains(Role.SEND) && adapters.isEmpty()) {
            faults.add("channel: at least one for a host with the role SEND");
        }
        if (!roles.contains(Role.INGEST) && !inboxes.isEmpty()) {
            faults.add("roles: INGEST for a host that takes from an inbox, not only " + roles);
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

    private static void twice(String what, List<String> names, List<String> faults) {
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
