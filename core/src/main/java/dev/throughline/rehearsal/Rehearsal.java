// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import dev.throughline.campaign.AddressBook;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Catalogue;
import dev.throughline.campaign.Definitions;
import dev.throughline.campaign.HostFunction;
import dev.throughline.campaign.ProfileSource;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageId;
import dev.throughline.consent.ReplyClassifier;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Merge;
import dev.throughline.customer.Profile;
import dev.throughline.decision.DecisionRules;
import dev.throughline.engine.ApprovalDesk;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.ContentDesk;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.Disorder;
import dev.throughline.engine.Hosted;
import dev.throughline.engine.Model;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Preview;
import dev.throughline.engine.Previewer;
import dev.throughline.engine.ProofDesk;
import dev.throughline.engine.ProofDraft;
import dev.throughline.engine.Queries;
import dev.throughline.engine.Sample;
import dev.throughline.engine.VirtualEngine;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Sender;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.pool.Pool;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.segment.Segment;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Touchpoint;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays campaigns with made-up customers under virtual time, with every check in force. Unless it is given others, it brings an
 * empty do-not-call list, registered senders and full evidence, and its report says so. Used by one thread.
 */
public final class Rehearsal implements AutoCloseable {

    private static final int MOST_IN_A_RUN = 1_000_000;

    private final List<Campaign> campaigns;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final Map<String, ChannelAdapter> adapters = new TreeMap<>();
    private final Map<String, Hosted.Registered> functions = new TreeMap<>();
    private Hosted.Tables tables = Hosted.Tables.NONE;
    private @Nullable ReplyClassifier replies;
    private final Set<String> disabled = new TreeSet<>();
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final Set<Address> proofs = new TreeSet<>();
    private Policy policy = Policy.base();
    private Instant start = Instant.parse("2026-11-23T02:00:00Z");
    private final RunClock clock = new RunClock(start);
    private Store store = new MemoryStore();
    private int lanes = 1;
    private boolean approving;
    private IdentityRules identities = IdentityRules.standard();
    private Disorder disorder = Disorder.NONE;
    private @Nullable Registry registry;
    private @Nullable VirtualEngine engine;

    private Rehearsal(List<Campaign> campaigns) {
        var faults = Definitions.faults(campaigns);
        if (!faults.isEmpty()) {
            throw new ThroughlineException("Rehearsal cannot begin; it needs\n  - " + String.join("\n  - ", faults));
        }
        this.campaigns = campaigns;
    }

    /**
     * A rehearsal of some campaigns.
     *
     * @param campaigns the campaigns
     * @return the rehearsal, to be set up and then played
     * @throws ThroughlineException if they cannot be played side by side: two of one name, say, or one with a step that is never
     *     reached; names all faults at once, as {@code Throughline.open} does
     */
    public static Rehearsal of(Campaign... campaigns) {
        Given.all("rehearsal", "campaigns", campaigns);
        return new Rehearsal(List.of(campaigns));
    }

    /**
     * A rehearsal of all campaigns of some files.
     *
     * @param loaded what the files define, as {@link Definitions#load} reads it
     * @return the rehearsal, to be set up and then played
     * @throws ThroughlineException if they cannot be played side by side
     */
    public static Rehearsal of(Definitions loaded) {
        Given.required("rehearsal", "loaded", loaded);
        return new Rehearsal(loaded.campaigns());
    }

    /**
     * Under a policy; by default {@link Policy#base()}.
     *
     * @param rules the policy
     * @return this
     */
    public Rehearsal under(Policy rules) {
        Given.required("rehearsal", "under", rules);
        setUp("under");
        policy = rules;
        return this;
    }

    /**
     * From an instant on; by default Monday 2026-11-23, 09:00 in Vietnam.
     *
     * @param time an ISO date and time with its offset, such as {@code 2026-11-23T09:00+07:00}
     * @return this
     */
    public Rehearsal startingAt(String time) {
        Given.required("rehearsal", "startingAt", time);
        try {
            return startingAt(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException unreadable) {
            throw new ThroughlineException(
                    "start '" + time + "': expected date, time and offset such as 2026-11-23T09:00+07:00", unreadable);
        }
    }

    /**
     * From an instant on.
     *
     * @param instant the first instant
     * @return this
     */
    public Rehearsal startingAt(Instant instant) {
        Given.required("rehearsal", "startingAt", instant);
        setUp("startingAt");
        start = instant;
        clock.follow(InstantSource.fixed(instant));
        return this;
    }

    /**
     * With a pool.
     *
     * @param pool the pool
     * @return this
     */
    public Rehearsal pool(Pool pool) {
        Given.required("rehearsal", "pool", pool);
        setUp("pool");
        pools.add(pool);
        return this;
    }

    /**
     * Keeps a segment, whether a campaign asks for it or not.
     *
     * @param segment the segment
     * @return this
     */
    public Rehearsal segment(Segment segment) {
        Given.required("rehearsal", "segment", segment);
        setUp("segment");
        segments.add(segment);
        return this;
    }

    /**
     * With other rules of when two customers are one than the standard.
     *
     * @param rules the rules
     * @return this
     */
    public Rehearsal identities(IdentityRules rules) {
        Given.required("rehearsal", "identities", rules);
        setUp("identities");
        identities = rules;
        return this;
    }

    /**
     * With code of the host's own that journeys call. It runs between two rounds, one call after the other and always in the same order; a
     * deadline is real time. Where a journey calls a function that the rehearsal has not, the call fails at once, and the report says so.
     *
     * @param name under which name campaigns call it
     * @param function what it does
     * @return this
     */
    public Rehearsal function(String name, HostFunction function) {
        Given.required("rehearsal function", "name", name);
        Given.required("rehearsal function", "function", function);
        setUp("function");
        functions.put(name, new Hosted.Registered(function, Hosted.AT_ONCE));
        return this;
    }

    /**
     * With a catalogue; without one no product is known.
     *
     * @param products the products
     * @return this
     */
    public Rehearsal catalogue(Catalogue products) {
        Given.required("rehearsal", "catalogue", products);
        setUp("catalogue");
        tables = new Hosted.Tables(products, tables.addresses(), tables.profiles());
        return this;
    }

    /**
     * With a classifier of replies.
     *
     * @param classifier reads what the tables of opt-out words cannot
     * @return this
     */
    public Rehearsal replyClassifier(ReplyClassifier classifier) {
        Given.required("rehearsal", "replyClassifier", classifier);
        setUp("replyClassifier");
        replies = classifier;
        return this;
    }

    /**
     * With an address book of the host's.
     *
     * @param addresses the addresses
     * @return this
     */
    public Rehearsal addressBook(AddressBook addresses) {
        Given.required("rehearsal", "addressBook", addresses);
        setUp("addressBook");
        tables = new Hosted.Tables(tables.catalogue(), addresses, tables.profiles());
        return this;
    }

    /**
     * With a table of the host's in which journeys look traits up.
     *
     * @param source reads them
     * @param freshFor for how long what was read of a customer is not read again
     * @param traits which it may tell
     * @return this
     */
    public Rehearsal profileSource(ProfileSource source, Duration freshFor, String... traits) {
        Given.required("rehearsal profileSource", "source", source);
        Given.required("rehearsal profileSource", "freshFor", freshFor);
        Given.all("rehearsal profileSource", "traits", traits);
        setUp("profileSource");
        tables = new Hosted.Tables(
                tables.catalogue(), tables.addresses(), new Hosted.Profiles(source, freshFor, Set.of(traits)));
        return this;
    }

    /**
     * With a do-not-call list instead of an empty one.
     *
     * @param list the list
     * @return this
     */
    public Rehearsal doNotCall(Registry list) {
        Given.required("rehearsal", "doNotCall", list);
        setUp("doNotCall");
        registry = list;
        return this;
    }

    /**
     * Through an adapter instead of a recording one; it sends whatever it gets.
     *
     * @param adapter the adapter
     * @return this
     */
    public Rehearsal channel(ChannelAdapter adapter) {
        Given.required("rehearsal", "channel", adapter);
        setUp("channel");
        adapters.put(adapter.channel().name(), adapter);
        return this;
    }

    /**
     * On a store instead of memory. One that is not empty must be of a rehearsal with the same campaigns, which was stopped or has died:
     * this one goes on at the instant where that one was, see {@link #clock}, and takes a touchpoint whose id it has had for a repetition.
     * What was being sent then is unknown; on a shared database this waits until its lease is over, a minute.
     *
     * @param other the store; closed with the rehearsal, which refuses the store of a host when it begins
     * @return this
     */
    public Rehearsal on(Store other) {
        Given.required("rehearsal", "on", other);
        setUp("on");
        store = other;
        return this;
    }

    /**
     * With several threads; changes nothing but speed.
     *
     * @param number how many
     * @return this
     */
    public Rehearsal lanes(int number) {
        setUp("lanes");
        lanes = number;
        return this;
    }

    /**
     * With messages disordered on their way, for tests of what must hold all the same.
     *
     * @param how what is done to them
     * @return this
     */
    public Rehearsal disordered(Disorder how) {
        Given.required("rehearsal", "disordered", how);
        setUp("disordered");
        disorder = how;
        return this;
    }

    /**
     * With messages that have to be approved before they may leave.
     *
     * @return this
     */
    public Rehearsal requireApproval() {
        setUp("requireApproval");
        approving = true;
        return this;
    }

    /**
     * With mailboxes and phones of the shop's own people, for {@link #proof}.
     *
     * @param addresses the addresses
     * @return this
     */
    public Rehearsal proofs(Address... addresses) {
        Given.all("rehearsal", "proofs", addresses);
        setUp("proofs");
        proofs.addAll(List.of(addresses));
        return this;
    }

    /**
     * Somebody approves a message with just the content that it has, at the present instant.
     *
     * @param message the message
     * @param who who
     * @param why for what reason
     * @return this
     */
    public Rehearsal approve(Message message, String who, String why) {
        Given.required("rehearsal approve", "message", message);
        Given.required("rehearsal approve", "who", who);
        Given.required("rehearsal approve", "why", why);
        running().settle();
        new ApprovalDesk(store, clock).approve(message, who, why);
        return this;
    }

    /**
     * Somebody withdraws the approval of a message, at the present instant.
     *
     * @param message the message
     * @param who who
     * @param why for what reason
     * @return this
     * @throws ThroughlineException if nobody has approved it as it is
     */
    public Rehearsal withdrawApproval(Message message, String who, String why) {
        Given.required("rehearsal withdrawApproval", "message", message);
        Given.required("rehearsal withdrawApproval", "who", who);
        Given.required("rehearsal withdrawApproval", "why", why);
        running().settle();
        new ApprovalDesk(store, clock).withdraw(message, who, why);
        return this;
    }

    /**
     * Somebody publishes what messages of a name are to say, at the present instant; see {@code Throughline.publish}.
     *
     * @param message the content
     * @param who who
     * @param why for what reason
     * @return this
     * @throws ThroughlineException if no message of this name follows contents, or this one does not fit
     */
    public Rehearsal publish(Message message, String who, String why) {
        Given.required("rehearsal publish", "message", message);
        Given.required("rehearsal publish", "who", who);
        Given.required("rehearsal publish", "why", why);
        running().settle();
        new ContentDesk(campaigns, store, clock).publish(message, who, why);
        return this;
    }

    /**
     * Without one of the checks, to show what it is good for. Nothing but a rehearsal can leave one out.
     *
     * @param check its name, one of {@link #checks()}
     * @return this
     * @throws ThroughlineException if no check of this name can be left out
     */
    public Rehearsal withoutCheck(String check) {
        Given.required("rehearsal", "withoutCheck", check);
        setUp("withoutCheck");
        if (!DecisionRules.CHECKS.contains(check)) {
            throw new ThroughlineException(
                    "check '" + check + "' cannot be left out: expected one of " + DecisionRules.CHECKS);
        }
        disabled.add(check);
        return this;
    }

    /**
     * The checks that a rehearsal can leave out.
     *
     * @return their names, as reports tell them
     */
    public static List<String> checks() {
        return DecisionRules.CHECKS;
    }

    /**
     * Somebody with a login appears, or does something, at the present instant.
     *
     * @param name names her; her {@code userId}
     * @param script who she is and what she does
     * @return this
     */
    public Rehearsal customer(String name, Consumer<Actor> script) {
        return customer(Identity.userId(name), script);
    }

    /**
     * Somebody appears, or does something, at the present instant, of whom no login is known: a visitor by her browser's
     * {@code anonymousId}, somebody at a till by her card. {@link Actor#identity} links her to whom she turns out to be.
     *
     * @param known how she is known
     * @param script who she is and what she does
     * @return this
     */
    public Rehearsal customer(Identity known, Consumer<Actor> script) {
        Given.required("rehearsal customer", "known", known);
        Given.required("rehearsal customer", "script", script);
        var actor = new Actor(known, running().clock().instant(), this::next);
        script.accept(actor);
        actor.touchpoints().forEach(this::happens);
        return this;
    }

    /**
     * Something happens at the present instant.
     *
     * @param touchpoint what; must not lie in the future
     * @return this
     * @throws ThroughlineException if it identifies somebody with traits that nobody could read
     */
    public Rehearsal happens(Touchpoint touchpoint) {
        Given.required("rehearsal", "happens", touchpoint);
        Profile.check(touchpoint);
        running().submit(identities.admitted(touchpoint));
        return this;
    }

    /**
     * Two who were found to be one are two, after all: as {@code Throughline.split} says.
     *
     * @param absorbed who was absorbed, as {@link Queries#merges} names her
     * @param who who says so
     * @param why for what reason
     * @return this
     */
    public Rehearsal split(CustomerId absorbed, String who, String why) {
        Given.required("rehearsal split", "absorbed", absorbed);
        Given.required("rehearsal split", "who", who);
        Given.required("rehearsal split", "why", why);
        int number = next("splits");
        var said = new Input.Received("split-" + number, new Merge.Split(who, why));
        running().submit(new Envelope(Key.of(absorbed), said, "", 0));
        return this;
    }

    /**
     * Pauses, closes and stops a campaign, at the present instant.
     *
     * @param name its name
     * @return its control; what it changes shows when time passes
     * @throws ThroughlineException if it is none of this rehearsal's
     */
    public CampaignControl campaign(String name) {
        Given.required("rehearsal", "campaign", name);
        var names = campaigns.stream().map(Campaign::name).toList();
        if (!names.contains(name)) {
            throw new ThroughlineException("campaign '" + Shown.of(name) + "': " + Shown.oneOf(names));
        }
        running().settle();
        return new CampaignControl(name, store, clock, campaigns);
    }

    /**
     * Somebody replies at the present instant.
     *
     * @param channel over which channel
     * @param from from which address
     * @param text what
     * @return this
     */
    public Rehearsal replies(Channel channel, Address from, String text) {
        Given.required("rehearsal replies", "channel", channel);
        Given.required("rehearsal replies", "from", from);
        Given.required("rehearsal replies", "text", text);
        var running = running();
        Instant now = running.clock().instant();
        int number = next("replies");
        var inbound = new Inbound("reply-" + number, channel, from, "", text, now);
        running.receive(new Callback(CallbackAnswer.text(200, ""), List.of(), List.of(inbound)));
        return this;
    }

    /**
     * Time passes.
     *
     * @param time how much, from nothing on
     * @return this
     * @throws ThroughlineException if it is negative
     */
    public Rehearsal advance(Duration time) {
        Given.required("rehearsal", "advance", time);
        if (time.isNegative()) {
            throw new ThroughlineException("rehearsal: advance by " + time + ", expected no less than nothing");
        }
        return advanceTo(running().clock().instant().plus(time));
    }

    /**
     * Time passes.
     *
     * @param until the new present
     * @return this
     * @throws ThroughlineException if it is past
     */
    public Rehearsal advanceTo(Instant until) {
        Given.required("rehearsal", "advanceTo", until);
        Instant now = running().clock().instant();
        if (until.isBefore(now)) {
            throw new ThroughlineException("rehearsal: advance to " + until + ", expected no earlier than " + now);
        }
        running().advanceTo(until);
        running().settle();
        return this;
    }

    /**
     * Time passes until nobody waits for anything.
     *
     * @param limit how far at most
     * @return this
     */
    public Rehearsal drain(Instant limit) {
        Given.required("rehearsal", "drain", limit);
        running().drain(limit);
        return this;
    }

    /**
     * The rehearsal's clock, also for adapters that are made before it begins.
     *
     * @return reads the present instant
     */
    public InstantSource clock() {
        return clock;
    }

    /**
     * What has been decided so far, and much else.
     *
     * @return reads the store
     */
    public Queries queries() {
        var running = running();
        return new Queries(store, model(), running.clock());
    }

    /**
     * What a message would say to somebody now, and what the checks would say to it; leaves no trace. A message of a campaign that follows
     * contents says what was published last, any other what it says itself.
     *
     * @param message the message; no campaign needs to send it
     * @param who how she is known
     * @param event properties of the event that would start the journey
     * @return the preview
     */
    public Preview preview(Message message, Identity who, Map<String, ?> event) {
        Given.required("rehearsal preview", "message", message);
        Given.required("rehearsal preview", "who", who);
        Given.required("rehearsal preview", "event", event);
        return preview(message, who, Sample.event(event));
    }

    /**
     * What a message would say to somebody now that fills in what functions of the host answer, or a product; neither is asked.
     *
     * @param message the message; no campaign needs to send it
     * @param who how she is known
     * @param sample what would start the journey and be found in it
     * @return the preview
     */
    public Preview preview(Message message, Identity who, Sample sample) {
        Given.required("rehearsal preview", "message", message);
        Given.required("rehearsal preview", "who", who);
        Given.required("rehearsal preview", "sample", sample);
        running().settle();
        Instant now = clock().instant();
        message.channels().forEach(this::recorded);
        return new Previewer(model(), store, approving).preview(message, who, sample, now);
    }

    /**
     * A message as somebody would get it now, for somebody of the shop; see {@code Throughline.proof}.
     *
     * @param message the message; no campaign needs to send it, but one of its brand
     * @param who how she is known; of one who is not known only the sample counts
     * @param sample what would start the journey and be found in it
     * @return the draft, of which nothing is sent yet
     */
    public ProofDraft proof(Message message, Identity who, Sample sample) {
        Given.required("rehearsal proof", "message", message);
        Given.required("rehearsal proof", "who", who);
        Given.required("rehearsal proof", "sample", sample);
        running().settle();
        var way = new ProofDesk.Way(
                proofs, clock, () -> new MessageId(Ids.hash("proof", next("proofs"))), this::settled, Duration.ZERO);
        return new ProofDesk(model(), store, way).draft(message, who, sample);
    }

    private void settled(Envelope input) {
        running().submit(input);
        running().settle();
    }

    /**
     * What has happened so far.
     *
     * @return the report
     */
    public Report report() {
        running().settle();
        return new Report(this, store, start, clock().instant());
    }

    /** Ends its threads and closes the store. */
    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        store.close();
    }

    List<Campaign> campaigns() {
        return campaigns;
    }

    Policy policy() {
        return policy;
    }

    List<RecordingChannel> recordings() {
        var recordings = new ArrayList<RecordingChannel>();
        adapters.values().forEach(adapter -> {
            if (adapter instanceof RecordingChannel recording) {
                recordings.add(recording);
            }
        });
        return recordings;
    }

    /** What was assumed because it was not given. */
    List<String> assumptions() {
        var assumed = new ArrayList<String>();
        if (registry == null) {
            assumed.add("an empty, fresh do-not-call list");
        }
        assumed.addAll(senders());
        assumed.add("full evidence of each grant");
        if (tables.catalogue() == null && campaigns.stream().anyMatch(Campaign::usesProduct)) {
            assumed.add("no catalogue, so that no product is known");
        }
        campaigns.stream()
                .flatMap(campaign -> campaign.functions().stream())
                .filter(function -> !functions.containsKey(function))
                .sorted()
                .distinct()
                .forEach(function -> assumed.add("no function '" + function + "', so that each call of it fails"));
        disabled.forEach(check -> assumed.add("WITHOUT the check '" + check + "'"));
        return assumed;
    }

    /** Senders that the brands lack, and registrations that theirs lack. */
    private Set<String> senders() {
        var assumed = new TreeSet<String>();
        for (Campaign campaign : campaigns) {
            for (Message message : campaign.messages()) {
                message.channels().forEach(channel -> {
                    Sender sender = message.brand().senderOn(channel).orElse(null);
                    if (sender == null) {
                        assumed.add("sender " + DecisionRules.invented(channel).value() + " on " + channel);
                    } else if (sender.registeredUntil() == null) {
                        assumed.add("registration of sender " + sender.value() + " on " + channel);
                    }
                });
            }
        }
        return assumed;
    }

    ZoneId zone() {
        return campaigns.stream()
                .flatMap(campaign -> campaign.messages().stream())
                .map(message -> message.brand().zone())
                .findFirst()
                .orElse(ZoneId.of("UTC"));
    }

    /** Numbers what happens, on a store that was rehearsed on before behind all that happened then. */
    private int next(String what) {
        return running().run() * MOST_IN_A_RUN + numbers.merge(what, 1, Integer::sum);
    }

    private VirtualEngine running() {
        if (engine == null) {
            engine = started();
        }
        return engine;
    }

    private VirtualEngine started() {
        campaigns.stream()
                .flatMap(campaign -> campaign.messages().stream())
                .map(Message::channels)
                .flatMap(Set::stream)
                .forEach(this::recorded);
        var model = model();
        var rules = model.rules(approving);
        store.open(rules.codecs());
        requireNoHost();
        var outlet = new Outlet(model.adapters(), Delivery.LIVE, Outlet.LEASE, "rehearsal");
        var turning = new VirtualEngine(rules, store, outlet, new VirtualEngine.Pace(start, lanes, disorder));
        clock.follow(turning.clock());
        return turning;
    }

    private void requireNoHost() {
        String environment = store.settings().get(Store.ENVIRONMENT);
        if (environment != null) {
            throw new ThroughlineException(
                    "the store is that of the environment '" + environment
                            + "': expected one that no host has opened, because a rehearsal steps and sends whatever waits there");
        }
    }

    private void recorded(Channel channel) {
        adapters.computeIfAbsent(channel.name(), name -> new RecordingChannel(channel, clock));
    }

    private Model model() {
        var asked = policy.doNotCall(registry == null ? fresh(clock) : registry);
        return new Model(
                campaigns,
                segments,
                asked,
                pools,
                List.copyOf(adapters.values()),
                identities,
                disabled,
                true,
                new Hosted(functions, tables, replies, null),
                LinkKeys.NONE);
    }

    private void setUp(String what) {
        if (engine != null) {
            throw new ThroughlineException(what + " after the rehearsal has begun: expected before the first customer");
        }
    }

    private static Registry fresh(InstantSource clock) {
        return new Registry() {
            @Override
            public String id() {
                return "empty";
            }

            @Override
            public CheckResult check(Address address, Channel channel) {
                return CheckResult.clear(clock.instant());
            }
        };
    }

    /** Stands at the start until the run begins. */
    private static final class RunClock implements InstantSource {
        private volatile InstantSource source;

        RunClock(Instant start) {
            this.source = InstantSource.fixed(start);
        }

        void follow(InstantSource other) {
            source = other;
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }
}
