// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.FunctionAnswer;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.campaign.JourneysSlice;
import dev.throughline.campaign.LookupAnswer;
import dev.throughline.campaign.Roster;
import dev.throughline.campaign.Steered;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.LookUp;
import dev.throughline.channel.Preparation;
import dev.throughline.commerce.CommerceSlice;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentSlice;
import dev.throughline.consent.LedgerLine;
import dev.throughline.consent.OptOutWords;
import dev.throughline.consent.Salts;
import dev.throughline.customer.BuiltSlice;
import dev.throughline.customer.Claim;
import dev.throughline.customer.CustomerAggregate;
import dev.throughline.customer.Erase;
import dev.throughline.customer.ErasureNote;
import dev.throughline.customer.Forget;
import dev.throughline.customer.History;
import dev.throughline.customer.IdentifierAggregate;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.LetGo;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Merge;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Remember;
import dev.throughline.customer.RequestNote;
import dev.throughline.customer.Slice;
import dev.throughline.customer.ViewNote;
import dev.throughline.decision.Approvals;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Cancel;
import dev.throughline.decision.Confirm;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DecisionRules;
import dev.throughline.decision.Deferred;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.decision.LookUpQuestion;
import dev.throughline.decision.LookedUp;
import dev.throughline.decision.Plan;
import dev.throughline.decision.Recalled;
import dev.throughline.decision.RegistryCheck;
import dev.throughline.decision.Remnant;
import dev.throughline.decision.Replied;
import dev.throughline.decision.ReplyRead;
import dev.throughline.decision.Reported;
import dev.throughline.decision.Resolved;
import dev.throughline.decision.Settled;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.pool.Hold;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.pool.Pool;
import dev.throughline.pool.PoolAggregate;
import dev.throughline.pool.Settle;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.ring.Redrive;
import dev.throughline.ring.Withdrawn;
import dev.throughline.segment.BehaviourSlice;
import dev.throughline.segment.Evidence;
import dev.throughline.segment.ListsSlice;
import dev.throughline.segment.Segment;
import dev.throughline.segment.SegmentsSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a host has said: what an engine is made of. Immutable.
 *
 * @param campaigns the campaigns, one of each name
 * @param watched segments that are kept although no campaign may ask for them
 * @param policy the policy, with its do-not-call lists
 * @param pools the pools
 * @param adapters the adapters, one for each channel
 * @param identities when two customers are one
 * @param disabled checks that are left out, by name
 * @param rehearsed whether senders that are not registered count as registered
 * @param hosted code and tables of the host's own
 * @param links what links are signed with
 * @param salts what lines of the ledger are salted with
 * @param pepper by which secrets erased names are recognised
 */
public record Model(
        List<Campaign> campaigns,
        List<Segment> watched,
        Policy policy,
        List<Pool> pools,
        List<ChannelAdapter> adapters,
        IdentityRules identities,
        Set<String> disabled,
        boolean rehearsed,
        Hosted hosted,
        LinkKeys links,
        Salts salts,
        Pepper pepper) {

    private static final Logger LOG = LoggerFactory.getLogger(Model.class);

    /** Copies the collections. */
    public Model {
        campaigns = List.copyOf(campaigns);
        watched = List.copyOf(watched);
        pools = List.copyOf(pools);
        adapters = List.copyOf(adapters);
        disabled = Set.copyOf(disabled);
    }

    /**
     * What a host has said, in a rehearsal.
     *
     * @param campaigns the campaigns, one of each name
     * @param watched segments that are kept although no campaign may ask for them
     * @param policy the policy, with its do-not-call lists
     * @param pools the pools
     * @param adapters the adapters, one for each channel
     * @param identities when two customers are one
     * @param disabled checks that are left out, by name
     * @param rehearsed whether senders that are not registered count as registered
     * @param hosted code and tables of the host's own
     * @param links what links are signed with
     */
    public Model(
            List<Campaign> campaigns,
            List<Segment> watched,
            Policy policy,
            List<Pool> pools,
            List<ChannelAdapter> adapters,
            IdentityRules identities,
            Set<String> disabled,
            boolean rehearsed,
            Hosted hosted,
            LinkKeys links) {
        this(
                campaigns,
                watched,
                policy,
                pools,
                adapters,
                identities,
                disabled,
                rehearsed,
                hosted,
                links,
                Salts.REHEARSED,
                Pepper.NONE);
    }

    /**
     * What a host without code and segments of its own has said.
     *
     * @param campaigns the campaigns, one of each name
     * @param policy the policy, with its do-not-call lists
     * @param pools the pools
     * @param adapters the adapters, one for each channel
     * @param identities when two customers are one
     * @param disabled checks that are left out, by name
     * @param rehearsed whether senders that are not registered count as registered
     */
    public Model(
            List<Campaign> campaigns,
            Policy policy,
            List<Pool> pools,
            List<ChannelAdapter> adapters,
            IdentityRules identities,
            Set<String> disabled,
            boolean rehearsed) {
        this(
                campaigns,
                List.of(),
                policy,
                pools,
                adapters,
                identities,
                disabled,
                rehearsed,
                Hosted.NONE,
                LinkKeys.NONE);
    }

    /**
     * The brands of all messages.
     *
     * @return the brands by name
     * @throws ThroughlineException if two brands of one name differ
     */
    public Map<String, Brand> brands() {
        var brands = new TreeMap<String, Brand>();
        for (Message message : messages(campaigns)) {
            Brand brand = message.brand();
            Brand before = brands.put(brand.name(), brand);
            if (before != null && !before.equals(brand)) {
                throw new ThroughlineException(
                        "brand '" + brand.name() + "' is used with different content, in message '" + message.name()
                                + "' for one: expected one brand of a name");
            }
        }
        return brands;
    }

    /**
     * The segments that campaigns ask for, and those that are watched.
     *
     * @return the segments by name
     * @throws ThroughlineException if two segments of one name differ
     */
    public Map<String, Segment> segments() {
        var segments = new TreeMap<String, Segment>();
        watched.forEach(segment -> add(segment, "watched by the host", segments));
        campaigns.forEach(campaign -> campaign.segments()
                .forEach(segment -> add(segment, "asked for in campaign '" + campaign.name() + "'", segments)));
        return segments;
    }

    private static void add(Segment segment, String where, Map<String, Segment> segments) {
        Segment before = segments.put(segment.name(), segment);
        if (before != null && !before.isSame(segment)) {
            throw new ThroughlineException("segment '" + segment.name() + "' is used with different content, once "
                    + where + ": expected one segment of a name");
        }
    }

    /**
     * What an engine turns.
     *
     * @return the steps and ports
     */
    public Machine machine() {
        return rules(false).machine(Directives.NOTHING);
    }

    /**
     * What an engine turns as long as it turns, with what a store says of campaigns.
     *
     * @param approving whether messages have to be approved
     * @return the rules
     */
    public ModelRules rules(boolean approving) {
        return new ModelRules(this, approving);
    }

    Machine machine(Roster roster, Approvals approvals, ModelRules.Shape shape) {
        var all = roster.all().toList();
        var brands = brands();
        String controller = controller(brands);
        messages(all).forEach(message -> brands.putIfAbsent(message.brand().name(), message.brand()));
        var behaviour = new BehaviourSlice(Stream.concat(
                        watched.stream().flatMap(segment -> segment.condition().windows()),
                        all.stream().flatMap(campaign -> campaign.windows().stream()))
                .toList());
        var commerce = shape.commerce() ? new CommerceSlice() : null;
        var slices = new ArrayList<Slice<?>>();
        slices.add(behaviour);
        if (commerce != null) {
            slices.add(commerce);
        }
        var lists = new ListsSlice();
        slices.add(lists);
        var evidence = new Evidence(behaviour, commerce, lists);
        slices.add(new ConsentSlice(controller));
        if (shape.segments()) {
            var segments = segments();
            all.forEach(
                    campaign -> campaign.segments().forEach(segment -> segments.putIfAbsent(segment.name(), segment)));
            slices.add(new SegmentsSlice(segments.values(), evidence));
        }
        var tables = hosted.tables().known();
        slices.add(new JourneysSlice(roster, identities, evidence, tables, links));
        slices.add(new BuiltSlice());
        var rules = rules(brands, approvals);
        var payloads = payloads();
        var needs = slices.stream().flatMap(slice -> slice.needs().stream()).collect(Collectors.toSet());
        return new Machine(
                Map.of(
                        Key.Kind.IDENTIFIER, Machine.untyped(new IdentifierAggregate(pepper)),
                        Key.Kind.CUSTOMER, Machine.untyped(new CustomerAggregate(slices, identities, payloads)),
                        Key.Kind.CONTACT_POINT, Machine.untyped(new ContactPointAggregate(rules, pepper)),
                        Key.Kind.POOL, Machine.untyped(new PoolAggregate(byName()))),
                ports(),
                asked(),
                payloads,
                needs,
                Generation.of(needs));
    }

    private DecisionRules rules(Map<String, Brand> brands, Approvals approvals) {
        return new DecisionRules(
                policy,
                brands,
                preparations(),
                byName(),
                words(brands),
                disabled,
                rehearsed,
                lookUps().keySet(),
                approvals,
                links,
                salts,
                hosted.replies() != null);
    }

    private Map<String, LookUp> lookUps() {
        var byChannel = new TreeMap<String, LookUp>();
        adapters.forEach(adapter -> adapter.lookUp()
                .ifPresent(lookUp -> byChannel.put(adapter.channel().name(), lookUp)));
        return byChannel;
    }

    /** Code of the host that steps may ask, and adapters that can tell what became of a message. */
    HostPorts asked() {
        var ports = new TreeMap<>(hosted.ports().ports());
        lookUps().forEach((channel, lookUp) -> ports.put(LookUpQuestion.PORT + channel, port(lookUp)));
        return new HostPorts(ports, hosted.executor());
    }

    private static HostPorts.Port port(LookUp lookUp) {
        return new HostPorts.Port(
                question -> {
                    var asked = (LookUpQuestion) question;
                    return asked.answered(lookUp.find(asked.sought(), asked.deadline())
                            .toCompletableFuture()
                            .get());
                },
                Hosted.AT_ONCE);
    }

    /** What contact points decide by, with one more brand. */
    DecisionRules rules(Brand more, Approvals approvals) {
        var brands = brands();
        brands.put(more.name(), more);
        return rules(brands, approvals);
    }

    /**
     * All payload types.
     *
     * @return their codecs
     */
    public static Payloads payloads() {
        var payloads = new Payloads();
        return payloads.with("absorb", Merge.Absorb.class, Merge.Absorb.CODEC)
                .with("answer", Merge.Answer.class, Merge.Answer.CODEC)
                .with("forward", Merge.Forward.class, Merge.Forward.codec(payloads))
                .with("history", History.class, History.CODEC)
                .with("link", Merge.Link.class, Merge.Link.CODEC)
                .with("merge", MergeNote.class, MergeNote.CODEC)
                .with("proposal", Merge.Proposal.class, Merge.Proposal.CODEC)
                .with("release", Merge.Release.class, Merge.Release.CODEC)
                .with("restore", Merge.Restore.class, Merge.Restore.CODEC)
                .with("begun", Merge.Begun.class, Merge.Begun.CODEC)
                .with("split", Merge.Split.class, Merge.Split.CODEC)
                .with("rebind", Merge.Rebind.class, Merge.Rebind.CODEC)
                .with("erase", Erase.class, Erase.CODEC)
                .with("erasure", ErasureNote.class, ErasureNote.CODEC)
                .with("forget", Forget.class, Forget.CODEC)
                .with("letgo", LetGo.class, LetGo.CODEC)
                .with("remember", Remember.class, Remember.CODEC)
                .with("request", RequestNote.class, RequestNote.CODEC)
                .with("view", ViewNote.class, ViewNote.CODEC)
                .with("remnant", Remnant.class, Remnant.CODEC)
                .with("attempted", Attempted.class, Attempted.CODEC)
                .with("cancel", Cancel.class, Cancel.CODEC)
                .with("claim", Claim.class, Claim.CODEC)
                .with("confirm", Confirm.class, Confirm.CODEC)
                .with("consent", ConsentEvent.class, ConsentEvent.CODEC)
                .with("decision", Decision.class, Decision.CODEC)
                .with("deferred", Deferred.class, Deferred.CODEC)
                .with("looked", LookupAnswer.class, LookupAnswer.CODEC)
                .with("lookedup", LookedUp.class, LookedUp.CODEC)
                .with("replyread", ReplyRead.class, ReplyRead.CODEC)
                .with("called", FunctionAnswer.class, FunctionAnswer.CODEC)
                .with("delivery", DeliveryNote.class, DeliveryNote.CODEC)
                .with("hold", Hold.class, Hold.CODEC)
                .with("held", HoldAnswer.class, HoldAnswer.CODEC)
                .with("ledger", LedgerLine.class, LedgerLine.CODEC)
                .with("journey", JourneyNote.class, JourneyNote.CODEC)
                .with("linked", Linked.class, Linked.CODEC)
                .with("observed", Observed.class, Observed.CODEC)
                .with("plan", Plan.class, Plan.CODEC)
                .with("recalled", Recalled.class, Recalled.CODEC)
                .with("registry", RegistryCheck.class, RegistryCheck.CODEC)
                .with("redrive", Redrive.class, Redrive.CODEC)
                .with("replied", Replied.class, Replied.CODEC)
                .with("reported", Reported.class, Reported.CODEC)
                .with("resolved", Resolved.class, Resolved.CODEC)
                .with("settle", Settle.class, Settle.CODEC)
                .with("settled", Settled.class, Settled.CODEC)
                .with("steered", Steered.class, Steered.CODEC)
                .with("withdrawn", Withdrawn.class, Withdrawn.CODEC);
    }

    private static Collection<Message> messages(List<Campaign> all) {
        return all.stream().flatMap(campaign -> campaign.messages().stream()).toList();
    }

    /** What a brand tells people to write is a refusal, whatever word it is. */
    private static OptOutWords words(Map<String, Brand> brands) {
        OptOutWords words = OptOutWords.standard();
        for (Brand brand : brands.values()) {
            words = words.with(brand);
        }
        return words;
    }

    /** Grants that name no controller mean the only one there is; where there are several, only a rehearsal takes them, for the first by name. */
    private static String controller(Map<String, Brand> brands) {
        return brands.values().stream()
                .map(Brand::controller)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private Map<String, Pool> byName() {
        var byName = new TreeMap<String, Pool>();
        pools.forEach(pool -> byName.put(pool.name(), pool));
        return byName;
    }

    private Map<String, Function<Content, Preparation>> preparations() {
        var preparations = new TreeMap<String, Function<Content, Preparation>>();
        adapters.forEach(adapter -> preparations.put(adapter.channel().name(), adapter::prepare));
        return preparations;
    }

    private Map<String, Function<Payload, Payload>> ports() {
        return Map.of(RegistryCheck.PORT, question -> answered((RegistryCheck) question));
    }

    private RegistryCheck answered(RegistryCheck question) {
        var answers = new TreeMap<String, CheckResult>();
        for (String id : question.registries()) {
            var answer = policy.registry(id).map(list -> checked(list, question));
            answers.put(id, answer.orElse(CheckResult.unavailable()));
        }
        return question.answered(answers);
    }

    private static CheckResult checked(Registry list, RegistryCheck question) {
        try {
            return list.check(question.address(), question.channel());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failed) {
            LOG.atWarn()
                    .addKeyValue("registry", list.id())
                    .addKeyValue("error", failed.getClass().getName())
                    .log("a do-not-call list could not be asked");
            return CheckResult.unavailable();
        }
    }
}
