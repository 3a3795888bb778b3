// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.PublishedContent;
import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Health;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Processor;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.LedgerHead;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Salts;
import dev.throughline.consent.Suppression;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.IdentifierState;
import dev.throughline.customer.Merge;
import dev.throughline.decision.Approval;
import dev.throughline.decision.Resolved;
import dev.throughline.decision.Verdict.Outcome;
import dev.throughline.engine.Ack;
import dev.throughline.engine.ApprovalDesk;
import dev.throughline.engine.Audit;
import dev.throughline.engine.CampaignControl;
import dev.throughline.engine.CatchUp;
import dev.throughline.engine.ContentDesk;
import dev.throughline.engine.DeadLetters;
import dev.throughline.engine.Explanation;
import dev.throughline.engine.KillSwitch;
import dev.throughline.engine.LedgerAudit;
import dev.throughline.engine.LedgerReport;
import dev.throughline.engine.LiveEngine;
import dev.throughline.engine.Model;
import dev.throughline.engine.ModelRules;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Preview;
import dev.throughline.engine.Previewer;
import dev.throughline.engine.ProofDesk;
import dev.throughline.engine.ProofDraft;
import dev.throughline.engine.Publication;
import dev.throughline.engine.Queries;
import dev.throughline.engine.RequestDesk;
import dev.throughline.engine.Role;
import dev.throughline.engine.Sample;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Link;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.segment.Lists;
import dev.throughline.store.Changes;
import dev.throughline.store.Exclusion;
import dev.throughline.store.HostInbox;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.touchpoint.SegmentJson;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The front door: cross-channel customer engagement inside the host's own process.
 *
 * <p>Everything that happens comes in as a touchpoint; everything that is sent leaves through the outbox, decided and with a reason.
 * Thread-safe. One instance is one tenant and one schema; several hosts may open one PostgreSQL store.
 */
public final class Throughline extends Calls implements AutoCloseable {

    /** A refusal wins over grants of the next five minutes, so that another one within them would say nothing new. */
    private static final Duration ONE_ACT = Duration.ofMinutes(5);

    private final Store store;
    private final Links links;
    private final Outlet outlet;
    private final InstantSource clock;
    private final Queries queries;
    private final Previewer previewer;
    private final ApprovalDesk approvals;
    private final ContentDesk contents;
    private final ProofDesk proofs;
    private final ZoneId zone;
    private final Setup setup;
    private final ModelRules rules;
    private volatile String held;
    private final HeldCopy copy;
    private final Stoppable stoppable;
    private final Gate gate;
    private final Set<String> callable;
    private final List<Campaign> campaigns;
    private final Policy policy;
    private volatile LiveEngine engine;
    private final Set<Role> roles;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Throughline(Setup setup) {
        Model model = setup.model(Salts.of(UUID.randomUUID() + "/" + UUID.randomUUID()));
        var controllers =
                model.brands().values().stream().map(Brand::controller).collect(Collectors.toCollection(TreeSet::new));
        this.campaigns = model.campaigns();
        this.policy = model.policy();
        this.callable = model.campaigns().stream()
                .filter(Campaign::startsOnCall)
                .map(Campaign::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.setup = setup;
        this.rules = model.rules(setup.approving());
        this.store = setup.requireStore();
        var returned = new Returned(store, setup.secret());
        this.gate = new Gate(controllers, setup.identities(), new Heard(), returned);
        this.copy = new HeldCopy(store, this::goOn);
        this.clock = setup.clock();
        this.roles = setup.effectiveRoles();
        this.outlet = setup.outlet(UUID.randomUUID().toString());
        this.zone = model.brands().values().stream()
                .findFirst()
                .map(brand -> brand.zone())
                .orElse(ZoneId.of("UTC"));
        this.links = new Links(
                new Confirmations(this, store, setup.links(), clock),
                token -> sent(token).isPresent(),
                this::unsubscribe,
                language(model));
        store.open(rules.codecs());
        try {
            this.held = stamped(setup.environment());
            if (held.isEmpty()) {
                publish();
            } else {
                rules.look(store);
            }
            returned.require();
            this.stoppable = Stoppable.of(model, store.definitions());
            this.queries = new Queries(store, model, clock);
            this.previewer = new Previewer(model, store, setup.approving());
            this.approvals = new ApprovalDesk(store, clock);
            this.contents = new ContentDesk(model.campaigns(), store, clock);
            this.engine = new LiveEngine(rules, store, outlet, setup.pace());
            this.proofs = new ProofDesk(model, store, way(setup.proofs()));
            setup.inboxes().forEach(this::takeFrom);
        } catch (RuntimeException | Error failed) {
            store.close();
            throw failed;
        }
    }

    /** What pages speak to who does not say which language. */
    private static String language(Model model) {
        return model.brands().values().stream().findFirst().map(Brand::language).orElse("en");
    }

    /**
     * Opens the library. Dials nobody: adapters connect with their first message.
     *
     * @param setup says how
     * @return the open library, to be closed
     * @throws ThroughlineException if something is missing or does not fit; names all faults at once; the store is closed then
     */
    public static Throughline open(Consumer<Setup> setup) {
        var throughline = build(setup);
        try {
            throughline.start();
            return throughline;
        } catch (RuntimeException | Error failed) {
            throughline.close();
            throw failed;
        }
    }

    /**
     * {@link #open} without the beginning: the store is opened and everything checked, and nothing is taken, stepped or sent until {@link
     * #start}. For containers, which make all their objects before any of them works.
     *
     * @param setup says how
     * @return the library, to be started and closed
     * @throws ThroughlineException if something is missing or does not fit; names all faults at once; the store is closed then
     */
    public static Throughline build(Consumer<Setup> setup) {
        var said = new Setup();
        setup.accept(said);
        said.check();
        return new Throughline(said);
    }

    private void publish() {
        Publication.publish(campaigns, store, clock.instant(), setup.environment());
        Publication.publish(policy, store, clock.instant(), setup.environment());
        rules.open(store);
    }

    private void takeFrom(HostInbox inbox) {
        inbox.open();
        engine.takeFrom(inbox, touchpoint -> gate.let(touchpoint, clock.instant()));
    }

    /**
     * Begins to work. Dials nobody. Called again, it does nothing; a store that holds everything stays at rest, and goes on within a second
     * or two once another host has resumed it.
     */
    public void start() {
        requireNotClosed();
        if (!started.compareAndSet(false, true)) {
            return;
        }
        if (held.isEmpty()) {
            engine.start();
        } else if (store.isShared()) {
            copy.start();
        }
    }

    /**
     * Starts a campaign for somebody; blocks until she has entered, or until it is noted why not.
     *
     * @param campaign the name of a campaign that is started by call
     * @param who how she is known here
     * @param properties what its messages and conditions find as properties of the event
     * @return when it is applied
     * @throws ThroughlineException if no such campaign is started by call, or a value is unusable
     */
    public Ack start(String campaign, Identity who, Map<String, ? extends @Nullable Object> properties) {
        return start(campaign, who, properties, UUID.randomUUID().toString());
    }

    /**
     * {@link #start(String, Identity, Map)}, once: a call of the same campaign and id is taken once in seven days, however often it is
     * repeated.
     *
     * @param campaign the name of a campaign that is started by call
     * @param who how she is known here
     * @param properties what its messages and conditions find as properties of the event
     * @param id names the call, such as the number of the order that it is about
     * @return when it is applied
     * @throws ThroughlineException if no such campaign is started by call, or a value is unusable
     */
    public Ack start(String campaign, Identity who, Map<String, ? extends @Nullable Object> properties, String id) {
        if (!callable.contains(campaign)) {
            throw new ThroughlineException("start of campaign '" + Shown.of(campaign)
                    + "': expected one that is started by call, of " + callable);
        }
        Given.required("start", "id", id);
        return record(Stamp.of("start/" + campaign + "/" + id, clock.instant())
                .track(who, Campaign.callOf(campaign), properties));
    }

    /**
     * {@link #track} without blocking.
     *
     * @param who how she is known here
     * @param event the event's name
     * @param properties what else is known of it
     * @return completes when it is applied
     */
    public CompletionStage<Ack> trackAsync(
            Identity who, String event, Map<String, ? extends @Nullable Object> properties) {
        return recordAsync(stamp().track(who, event, properties));
    }

    /**
     * Hands in a touchpoint with an id and instants of the host's own; the same id is taken once in seven days.
     *
     * @param touchpoint the touchpoint
     * @return when it is applied
     * @throws ThroughlineException if it is unusable, or if this thread would wait for a transaction of its own: on SQLite one that
     *     {@link #joining} has recorded in holds the write lock until it ends
     */
    @Override
    public Ack record(Touchpoint touchpoint) {
        Given.required("record", "touchpoint", touchpoint);
        store.requireFree();
        return await(recordAsync(touchpoint));
    }

    /**
     * {@link #record} without blocking.
     *
     * @param touchpoint the touchpoint
     * @return completes when it is applied
     */
    public CompletionStage<Ack> recordAsync(Touchpoint touchpoint) {
        requireOpen();
        requireIngest();
        Given.required("record", "touchpoint", touchpoint);
        return engine.submit(gate.let(touchpoint, clock.instant()));
    }

    /**
     * Takes Segment calls as JSON, one on a line, such as a file or the body of a collector's request. A line that cannot be taken is
     * refused alone; blank lines are passed over. Lines of one customer are taken in their order.
     *
     * @param lines the lines; read to their end, and not closed
     * @return how many were taken, once all of them are applied, and what was refused
     * @throws ThroughlineException if the engine or the store cannot take any: what was read before is applied, and ids make it
     *     harmless to begin again
     * @see SegmentJson
     */
    public Intake recordJsonLines(Stream<String> lines) {
        return taken(
                Given.required("recordJsonLines", "lines", lines),
                json -> recordAsync(SegmentJson.parse(json, clock.instant())),
                Function.identity());
    }

    /**
     * Brings in what happened before: who customers are, what they did, what they agreed to and refused. It fills profiles, windows,
     * baskets, segments and the consent ledger, by the time at which it happened, and starts no journey, whatever origin it says. What
     * cannot be taken is refused alone. A load that broke off is begun again with the same ids within seven days: what was taken is not
     * taken twice.
     *
     * @param touchpoints what happened; of one customer in its order; read to its end, and not closed
     * @return how many were taken, once all of them are applied, and what was refused
     * @throws ThroughlineException if the engine or the store cannot take any
     */
    public Intake load(Stream<Touchpoint> touchpoints) {
        return taken(
                Given.required("load", "touchpoints", touchpoints),
                touchpoint -> recordAsync(touchpoint.asHistory(clock.instant())),
                SegmentJson::toJson);
    }

    /**
     * {@link #load} of Segment calls as JSON, one on a line, such as an export of another system.
     *
     * @param lines the lines; blank ones are passed over
     * @return how many were taken, once all of them are applied, and what was refused
     * @throws ThroughlineException if the engine or the store cannot take any
     */
    public Intake loadJsonLines(Stream<String> lines) {
        return taken(
                Given.required("loadJsonLines", "lines", lines),
                json -> recordAsync(SegmentJson.parse(json, clock.instant()).asHistory(clock.instant())),
                Function.identity());
    }

    private <T> Intake taken(Stream<T> all, Function<T, CompletionStage<Ack>> take, Function<T, String> shown) {
        requireOpen();
        store.requireFree();
        var intake = new Intake.Draft<T>(take, shown);
        all.forEachOrdered(intake::take);
        return intake.done();
    }

    /**
     * Writes nothing more to an address, as a list of another system says: bounced, complained, erased. {@link #lift} ends it.
     *
     * @param address the address
     * @param reason why
     * @param who who says so, for the ledger
     * @param why for what reason, for the ledger
     * @return the acknowledgement, once no message leaves for it
     * @throws ThroughlineException if nobody says who or why
     */
    public Ack suppress(Address address, Suppression reason, String who, String why) {
        Given.required("suppress", "address", address);
        Given.required("suppress", "reason", reason);
        Given.required("suppress", "who", who);
        Given.required("suppress", "why", why);
        return decided(address, "suppress", occasion -> ConsentEvent.listed(occasion, reason, who, why));
    }

    /**
     * Records touchpoints within a transaction of the host's on the same database: they are applied after it commits, and none of
     * their customers' messages leaves in between.
     *
     * @param connection the host's connection, in a transaction
     * @return what records them; used by the transaction's thread
     */
    public Joined joining(Connection connection) {
        requireOpen();
        Given.required("joining", "connection", connection);
        return Joined.into(
                clock,
                touchpoint -> store.join(connection, gate.let(touchpoint, clock.instant()), IdentifierState::ownerOf));
    }

    /**
     * Takes a provider's HTTP call, whatever web framework received it.
     *
     * @param adapter the id of the adapter that it is for
     * @param callback the raw call
     * @return what to answer; given after everything in the call has committed, 503 if that failed
     */
    public CallbackAnswer callback(String adapter, RawCallback callback) {
        requireWorking();
        Given.required("callback", "call", callback);
        store.requireFree();
        ChannelAdapter receiver = outlet.adapters().stream()
                .filter(candidate -> candidate.id().equals(adapter))
                .findFirst()
                .orElseThrow(() -> new ThroughlineException("no adapter '" + Shown.of(adapter) + "': "
                        + Shown.oneOf(outlet.adapters().stream()
                                .map(ChannelAdapter::id)
                                .toList())));
        Callback read = receiver.receive(callback);
        try {
            engine.receive(read).toCompletableFuture().join();
            return read.answer();
        } catch (CompletionException notStored) {
            return CallbackAnswer.text(503, "not stored, try again");
        }
    }

    /**
     * Unsubscribes by a link that was read already: call it for a POST, never for a GET, because link scanners follow links. {@link
     * Links#unsubscribe} reads the request, too.
     *
     * @param token the end of the address that the mail's {@code List-Unsubscribe} names
     * @return whether the token is ours and names a message that was sent, however long ago; a call counts again after a new grant, and
     *     is the same one for five minutes
     */
    public boolean unsubscribe(String token) {
        requireWorking();
        store.requireFree();
        Instant now = clock.instant();
        return sent(token)
                .map(message -> {
                    unsubscribed(message, now);
                    return true;
                })
                .orElse(false);
    }

    /** The message that an unsubscribe link is of; empty if the link or the message is none of ours. */
    private Optional<MessageId> sent(String token) {
        requireWorking();
        return setup.links()
                .read(token, Link.Purpose.UNSUBSCRIBE, clock.instant())
                .link()
                .filter(link -> store.route(link.subject()).isPresent())
                .map(link -> new MessageId(link.subject()));
    }

    private void unsubscribed(MessageId message, Instant now) {
        var receipt = new Receipt(
                Ids.hash("unsubscribe", message, now.getEpochSecond() / ONE_ACT.toSeconds()),
                message,
                null,
                Receipt.Status.UNSUBSCRIBED,
                null,
                now,
                "");
        engine.receive(new Callback(CallbackAnswer.text(200, ""), List.of(receipt), List.of()))
                .toCompletableFuture()
                .join();
    }

    /**
     * A preference centre of this host.
     *
     * @param menu what there is to choose
     * @return its logic
     */
    public Preferences preferences(PreferenceMenu menu) {
        return new Preferences(this, Given.required("preferences", "menu", menu), setup.links(), clock);
    }

    /**
     * What comes to the addresses of signed links, for any web framework.
     *
     * @return the links
     */
    public Links links() {
        return links;
    }

    /**
     * Writes to an address again: somebody has read the reply that paused it and found no refusal in it, or it works again after it
     * was told not to exist. Stands in the ledger with who and why; refusals, complaints and what authorities ordered stay.
     *
     * @param address the address
     * @param reason what is over: {@link Suppression#REVIEW}, {@link Suppression#HARD_BOUNCE} or {@link Suppression#RESTRICTION}
     * @param who who decided it
     * @param why why
     * @return when it is applied
     * @throws ThroughlineException if it is another reason, or who or why are empty or hold line breaks
     */
    public Ack lift(Address address, Suppression reason, String who, String why) {
        Given.required("lift", "address", address);
        Given.required("lift", "reason", reason);
        Given.required("lift", "who", who);
        Given.required("lift", "why", why);
        return decided(address, "lift", occasion -> ConsentEvent.decided(occasion, reason, who, why));
    }

    /**
     * Says that an address went to another person, such as a number that its operator has given away: what was granted on it until now is
     * void, and what was refused on it stays until who has it now agrees.
     *
     * @param address the address
     * @param who who has found out
     * @param why on what ground
     * @return when it is applied
     * @throws ThroughlineException if who or why are empty
     */
    public Ack release(Address address, String who, String why) {
        Given.required("release", "address", address);
        Given.required("release", "who", who);
        Given.required("release", "why", why);
        return decided(address, "release", occasion -> ConsentEvent.released(occasion, who, why));
    }

    /**
     * The replies that may be refusals and that somebody has to read.
     *
     * @return the queue
     */
    public Reviews reviews() {
        requireNotClosed();
        return new Reviews(this);
    }

    /**
     * Says what became of a message whose verdict is UNKNOWN: somebody has asked the provider, say. The verdict is corrected, to
     * SENT or FAILED(NOT_SENT), with who and why, and the journey goes on by it; what a message that was not sent has drawn on, a cap's
     * place or a budget's money, is given back. It is not sent again. A message that has another verdict, or is on its way, stays as it is.
     *
     * @param message which
     * @param outcome {@link Outcome#SENT}, or {@link Outcome#FAILED} if it was surely not sent
     * @param who who has found out
     * @param why how
     * @return when it is applied
     * @throws ThroughlineException if no such message was ever sent, or the outcome is another one, or who or why are empty
     */
    public Ack resolve(MessageId message, Outcome outcome, String who, String why) {
        Given.required("resolve", "message", message);
        Given.required("resolve", "outcome", outcome);
        if (outcome != Outcome.SENT && outcome != Outcome.FAILED) {
            throw new ThroughlineException("resolve " + message + " as " + outcome + ": expected SENT or FAILED");
        }
        if (Given.required("resolve", "who", who).isBlank()
                || Given.required("resolve", "why", why).isBlank()) {
            throw new ThroughlineException(
                    "resolve " + message + " by '" + who + "' because '" + why + "': expected who and why");
        }
        requireOpen();
        store.requireFree();
        Key key = store.route(message.value())
                .orElseThrow(() -> new ThroughlineException(
                        "resolve " + message + ": no message of this id has been sent, expected one of a decision"));
        var said = new Resolved(message, outcome == Outcome.SENT, who, why);
        return await(engine.submit(new Envelope(key, new Input.Received("resolve/" + stamp().id(), said), "", 0)));
    }

    /** Hands a contact point what somebody has decided of it; waits until it has heard. */
    Ack decided(Address address, Payload decision) {
        requireUsable();
        return handed(address, "decided/" + stamp().id(), decision);
    }

    /** The same, of a line for its ledger. */
    Ack decided(Address address, String what, Function<Occasion, ConsentEvent> decision) {
        requireUsable();
        var stamp = stamp();
        var occasion = new Occasion(what + "/" + stamp.id(), null, "", stamp.occurredAt(), stamp.receivedAt());
        return handed(address, occasion.id(), decision.apply(occasion));
    }

    private Ack handed(Address address, String id, Payload decision) {
        Key key = Key.of(Address.of(address.kind(), address.value()));
        return await(engine.submit(new Envelope(key, new Input.Received(id, decision), "", 0)));
    }

    /**
     * Undoes a merge that was a mistake. Who was absorbed begins again, under a new id, as she was then: with her names, traits, windows,
     * segments and consents, but without journeys, which go on with the survivor. The survivor keeps her own names, what the two have done
     * between the merge and the split, and every refusal; she loses the traits whose value is the other one's, and her windows, baskets,
     * segments and lists are made anew of her own timeline, which no longer shows the other's. That starts and ends no journey. What is
     * on its way goes by the name that it bears. They are not made one again unless the host says so itself.
     *
     * @param absorbed who was absorbed, as {@link Queries#merges} names her
     * @param who who says so, for the timelines of both
     * @param why for what reason
     * @return the acknowledgement, once the two are on their way apart
     * @throws ThroughlineException if she was not absorbed, or more than 90 days ago
     */
    public Ack split(CustomerId absorbed, String who, String why) {
        requireOpen();
        store.requireFree();
        Key key = Key.of(Given.required("split", "absorbed", absorbed));
        var said = new Merge.Split(Given.required("split", "who", who), Given.required("split", "why", why));
        if (!canBeSplitOff(key)) {
            throw new ThroughlineException("split of customer " + absorbed
                    + ": she was not absorbed in the last 90 days, expected an id that Queries.merges names");
        }
        return await(engine.submit(new Envelope(key, new Input.Received("split/" + stamp().id(), said), "", 0)));
    }

    /**
     * Throws a kill switch: no message that it covers leaves any host of this store from its next dispatch on. Journeys go on, and what
     * they plan waits or is cancelled; {@link #campaign} pauses or stops the journeys themselves.
     *
     * @param exclusion what is stopped
     * @param mode whether stopped messages wait or are cancelled
     * @param who who throws it
     * @param why why
     * @throws ThroughlineException if this host knows no such class, channel, sender or campaign, so that nothing would be stopped
     */
    public void stop(Exclusion exclusion, KillSwitch.Mode mode, String who, String why) {
        Given.required("stop", "exclusion", exclusion);
        Given.required("stop", "mode", mode);
        Given.required("stop", "who", who);
        Given.required("stop", "why", why);
        stoppable.require(exclusion);
        set(new KillSwitch(exclusion, mode, who, why, clock.instant()).settings());
    }

    /**
     * Releases a kill switch; releasing one that is not thrown does nothing.
     *
     * @param exclusion what was stopped
     */
    public void release(Exclusion exclusion) {
        set(KillSwitch.released(Given.required("release", "exclusion", exclusion)));
    }

    /**
     * Pauses, closes and stops a campaign, and moves customers from one of its versions to another.
     *
     * @param name the name of a campaign of this host, or of one that was published before it was opened
     * @return its control
     * @throws ThroughlineException if this host knows no campaign of that name
     */
    public CampaignControl campaign(String name) {
        requireOpen();
        stoppable.requireCampaign(Given.required("campaign", "name", name));
        return new CampaignControl(name, store, clock, campaigns);
    }

    /**
     * What happened to somebody in a campaign, and why.
     *
     * @param who how she is known here
     * @param campaign the campaign's name
     * @return the explanation, in English or Vietnamese
     */
    public Explanation explain(Identity who, String campaign) {
        requireNotClosed();
        Given.required("explain", "who", who);
        return queries.explain(who, Given.required("explain", "campaign", campaign), zone);
    }

    /**
     * What a message would say to somebody, on each channel and in each of its languages, and whether it might leave now: with what the
     * law puts into it, its size and price, and what each check says. Nothing is recorded or sent, and no pool is touched; do-not-call
     * lists are asked. A message of a campaign that {@link Message#followsContent} is shown as it is said now; a content that is not
     * published yet, and any other message, as it is.
     *
     * @param message the message; no campaign needs to send it
     * @param who how she is known here
     * @param event properties of the event that would start the journey
     * @return the preview
     */
    public Preview preview(Message message, Identity who, Map<String, ?> event) {
        return preview(message, who, Sample.event(Given.required("preview", "event", event)));
    }

    /**
     * {@link #preview(Message, Identity, Map)} of a message that fills in what functions of the host answer, or a product. Neither is
     * asked.
     *
     * @param message the message; no campaign needs to send it
     * @param who how she is known here
     * @param sample what would start the journey and be found in it
     * @return the preview
     */
    public Preview preview(Message message, Identity who, Sample sample) {
        requireNotClosed();
        Given.required("preview", "message", message);
        Given.required("preview", "who", who);
        return previewer.preview(message, who, Given.required("preview", "sample", sample), clock.instant());
    }

    /**
     * A message as somebody would get it, for the mailbox or phone of somebody of the shop: {@code proof(message, mai,
     * sample).to(email("ann@shop.example"), "ann", "before it is approved")}. It is worded as {@link #preview} shows it and marked as a
     * proof; {@link Queries#proofs} tells what became of each.
     *
     * @param message the message; no campaign needs to send it, but one of its brand
     * @param who how she is known here; of one who is not known only the sample counts
     * @param sample what would start the journey and be found in it
     * @return the draft, of which nothing is sent yet
     */
    public ProofDraft proof(Message message, Identity who, Sample sample) {
        requireOpen();
        Given.required("proof", "message", message);
        Given.required("proof", "who", who);
        return proofs.draft(message, who, Given.required("proof", "sample", sample));
    }

    void settled(Envelope input) {
        requireOpen();
        store.requireFree();
        await(engine.submit(input));
    }

    private ProofDesk.Way way(Set<Address> registered) {
        return new ProofDesk.Way(
                registered,
                clock,
                () -> new MessageId(Ids.hash("proof", UUID.randomUUID())),
                this::settled,
                outlet.lease().dividedBy(2));
    }

    /**
     * Approves a message with just the content that it has: where {@link Setup#requireApproval} holds, it may leave from now on, from every
     * host of the store. What is changed in it, or in the layout and look of its mails, needs an approval of its own.
     *
     * @param message the message
     * @param who who approves it
     * @param why for what reason
     * @return the approval that counts: the first one of this content
     * @throws ThroughlineException if who or why are not one line each
     */
    public Approval approve(Message message, String who, String why) {
        requireOpen();
        Given.required("approve", "message", message);
        return approvals.approve(message, Given.required("approve", "who", who), Given.required("approve", "why", why));
    }

    /**
     * Withdraws the approval of a message with just the content that it has. Where {@link Setup#requireApproval} holds, it waits from the
     * next commit of each host on, also what lies in an outbox already, until it is approved again or its validity ends. What an adapter
     * has been given leaves.
     *
     * @param message the message
     * @param who who withdraws it
     * @param why for what reason
     * @return the approval that counted until now
     * @throws ThroughlineException if nobody has approved it as it is, or who or why are not one line each
     */
    public Approval withdrawApproval(Message message, String who, String why) {
        requireOpen();
        Given.required("withdrawApproval", "message", message);
        return approvals.withdraw(
                message,
                Given.required("withdrawApproval", "who", who),
                Given.required("withdrawApproval", "why", why));
    }

    /**
     * Whether somebody has approved a message with just the content that it has.
     *
     * @param message the message
     * @return who, when and why; empty if it is a draft
     */
    public Optional<Approval> approval(Message message) {
        requireNotClosed();
        return approvals.find(Given.required("approval", "message", message));
    }

    /**
     * Publishes what messages of a name are to say from now on, wherever code says {@link Message#followsContent}: on every host of the
     * store from its next commit on, also to those who are in a journey already, when their message is planned, or planned anew after it
     * was deferred. No campaign gets another version by it. Wordings, languages, layout and the look of the brand are those of the
     * content; class, validity, pools, senders and opt-outs stay those of the code. Where {@link Setup#requireApproval} holds, the
     * content waits for an approval of its own. A version of a campaign that cannot fill it in, and a host whose library cannot read it,
     * go on with what their code says. Publishing what the code of this host says withdraws whatever was published before.
     *
     * @param message the content, under the name of the messages that are to say it
     * @param who who publishes it
     * @param why for what reason
     * @return what counts now
     * @throws ThroughlineException if who or why are not one line each, no message of that name follows contents, or one differs in more
     *     than what is said, lacks a channel, or would fill in what its campaign does not keep
     */
    public PublishedContent publish(Message message, String who, String why) {
        requireOpen();
        Given.required("publish", "message", message);
        return contents.publish(message, Given.required("publish", "who", who), Given.required("publish", "why", why));
    }

    /**
     * A static list: customers whom the host puts together by name. It is there as soon as somebody is put on it.
     *
     * @param name names it, for ever
     * @return what puts customers on it and takes them off it
     * @throws ThroughlineException if the name is no line of 1 to 100 characters
     */
    public StaticList list(String name) {
        requireNotClosed();
        return new StaticList(this, Given.required("list", "name", name));
    }

    Intake listed(Stream<Identity> all, String event, String list) {
        return taken(all, who -> trackAsync(who, event, Map.of(Lists.PROPERTY, list)), who -> String.valueOf(who));
    }

    /**
     * What was decided and why: {@code throughline.audit().of(mai)}, of a message, or of a time as a stream of JSON lines or CSV.
     *
     * @return reads what has committed
     */
    public Audit audit() {
        requireNotClosed();
        return new Audit(store, queries);
    }

    /**
     * Follows the chain of hashes that runs over the ledger of each address, and names the first line of each that was altered, removed,
     * inserted or moved since it was written. Reads each address's state and lines once, beside the work, so a large store takes minutes.
     *
     * @return what was found
     */
    public LedgerReport verifyLedger() {
        requireNotClosed();
        return new LedgerAudit(store).all();
    }

    /**
     * {@link #verifyLedger()} of one address.
     *
     * @param address the address
     * @return what was found
     */
    public LedgerReport verifyLedger(Address address) {
        requireNotClosed();
        return new LedgerAudit(store).of(Given.required("ledger", "address", address));
    }

    /**
     * {@link #verifyLedger(Address)}, and that the chain goes through a head that was noted earlier somewhere else. Without that, whoever can
     * write to all tables can write a whole chain anew.
     *
     * @param address the address
     * @param noted what {@link #ledgerHead} has said once; {@link LedgerHead#find} makes it of its two parts
     * @return what was found; REWRITTEN if it does not, as also after an erasure
     */
    public LedgerReport verifyLedger(Address address, LedgerHead noted) {
        requireNotClosed();
        Given.required("ledger", "address", address);
        return new LedgerAudit(store).of(address, Given.required("ledger", "noted", noted));
    }

    /**
     * Where the chain of an address's ledger ends now, to be noted outside the store.
     *
     * @param address the address
     * @return how many lines it has, and the hash of the last one, which covers all of them
     */
    public LedgerHead ledgerHead(Address address) {
        requireNotClosed();
        return new LedgerAudit(store).head(Given.required("ledger", "address", address));
    }

    /**
     * Reads what has committed.
     *
     * @return customers, timelines and decisions
     */
    public Queries queries() {
        requireNotClosed();
        return queries;
    }

    /**
     * What could not be stepped and was set aside: to be looked at, tried again or thrown away.
     *
     * @return the dead letters
     */
    public DeadLetters deadLetters() {
        requireNotClosed();
        return new DeadLetters(store);
    }

    /**
     * What an operator mends by hand: a customer who has got stuck, a store that was restored from a copy or moved.
     *
     * @return the repairs
     */
    public Repair repair() {
        requireNotClosed();
        return new Repair(this, store);
    }

    /**
     * What a person may ask of whoever holds data of hers.
     *
     * @return her rights
     */
    public Rights rights() {
        requireNotClosed();
        return new Rights(this, store, setup.secret(), new RequestDesk(store, clock), setup.erasures());
    }

    /** Who else has to act on what people ask for. */
    Map<Channel, Processor> processors() {
        var processors = new TreeMap<Channel, Processor>(Comparator.comparing(Channel::name));
        outlet.adapters().forEach(adapter -> adapter.processor()
                .or(() -> Optional.ofNullable(setup.processors().get(adapter.id())))
                .ifPresent(processor -> processors.put(adapter.channel(), processor)));
        return processors;
    }

    void requireUsable() {
        requireOpen();
        store.requireFree();
    }

    /** Lets a copy go on that is held because of that; restored, it first catches up. */
    synchronized void resume(String who, String why, boolean restored) {
        requireNotClosed();
        boolean before = !held.isEmpty();
        goOn();
        if (before && held.isEmpty()) {
            throw new ThroughlineException("resume: another host has resumed this copy, and this host goes on as well;"
                    + " expected one call for all hosts");
        }
        if (!before
                || !held.equals(stamped(setup.environment()))
                || !store.settings().containsKey(Store.COPIED)) {
            throw new ThroughlineException("resume: " + (before ? held : "nothing is held")
                    + "; expected a store that is held because it is a copy");
        }
        publish();
        var catchUp = new CatchUp(store, who, why);
        if (restored) {
            catchUp.run(rules, outlet, clock.instant());
        } else {
            catchUp.skip();
        }
        begin();
    }

    /** What another host has resumed is held no longer. */
    private synchronized void goOn() {
        if (closed.get() || held.isEmpty() || !stamped(setup.environment()).isEmpty()) {
            return;
        }
        publish();
        begin();
    }

    private void begin() {
        engine.close();
        engine = new LiveEngine(rules, store, outlet, setup.pace());
        setup.inboxes().forEach(this::takeFrom);
        held = "";
        if (started.get()) {
            engine.start();
        }
    }

    /**
     * How it fares; causes no traffic.
     *
     * @return the present state
     */
    public Status health() {
        var adapters = new TreeMap<String, Health>();
        outlet.adapters().forEach(adapter -> adapters.put(adapter.id(), adapter.health()));
        engine.waitingForSeats()
                .forEach(adapter -> adapters.put(
                        adapter, new Health(Health.State.UNTRIED, "waits for a seat: other hosts have them all")));
        return new Status(
                held.isEmpty() ? engine.ended() : held,
                adapters,
                new TreeMap<>(store.backlog()),
                store.queues(),
                KillSwitch.of(store.settings()),
                gate.heard().bySource(),
                engine.rebuilding(),
                engine.inboxes(),
                roles,
                engine.clock());
    }

    /**
     * Stops taking, gives what is being sent five seconds to come back, and closes adapters and store. May be called twice. A database that
     * does not answer holds it up by some seconds more, and no longer: what was handed in and is not applied by then fails.
     */
    @Override
    public void close() {
        closed.set(true);
        copy.close();
        engine.close();
        outlet.adapters().forEach(ChannelAdapter::close);
        engine.giveBackSeats();
        store.close();
    }

    private boolean canBeSplitOff(Key customer) {
        return store.peek(customer)
                .filter(state -> state instanceof CustomerState absorbed && absorbed.canBeSplitOff())
                .isPresent();
    }

    @Override
    Stamp stamp() {
        return Stamp.of(UUID.randomUUID().toString(), clock.instant());
    }

    private void set(Map<String, String> settings) {
        requireOpen();
        try (Unit unit = store.begin()) {
            Changes changes = Changes.none();
            changes.settings().putAll(settings);
            unit.commit(changes);
        }
    }

    /** Stamps a new store, as one host at a time; says why everything is held if the store bears another stamp. */
    private String stamped(String environment) {
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(Store.ENVIRONMENT)), true);
            var settings = unit.settings();
            String before = settings.get(Store.ENVIRONMENT);
            String copied = settings.get(Store.COPIED);
            if (before == null) {
                Changes changes = Changes.none();
                changes.settings().put(Store.ENVIRONMENT, environment);
                unit.commit(changes);
            } else if (!before.equals(environment)) {
                return "the store belongs to environment '" + before + "' and was opened as '" + environment + "'";
            }
            return copied == null
                    ? ""
                    : "the store is a copy that was made at " + copied
                            + ", and what has been sent since is not known here:"
                            + " expected repair().resumeRestored(who, why), or resumeMoved(who, why) if nothing has worked on"
                            + " the original since";
        }
    }

    private void requireIngest() {
        if (!roles.contains(Role.INGEST)) {
            throw new ThroughlineException(
                    "this host has the roles " + roles + ": expected touchpoints to be handed to one with INGEST");
        }
    }

    private void requireNotClosed() {
        if (closed.get()) {
            throw new ThroughlineException("closed: nothing more is taken");
        }
    }

    private void requireOpen() {
        requireNotClosed();
        requireWorking();
    }

    /** Also once it is closed: who calls from outside is answered that nothing is taken. */
    private void requireWorking() {
        if (!started.get()) {
            throw new ThroughlineException("not started: expected start() to be called first");
        }
        if (!held.isEmpty()) {
            throw new ThroughlineException("held: " + held + "; nothing is taken, stepped or sent");
        }
    }

    static Ack await(CompletionStage<Ack> acknowledgement) {
        try {
            return acknowledgement.toCompletableFuture().join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ThroughlineException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
