// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.CampaignStatus;
import dev.throughline.campaign.PublishedContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Standing;
import dev.throughline.customer.Customer;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.IdentifierState;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Observed;
import dev.throughline.customer.RequestNote;
import dev.throughline.customer.ViewNote;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Pending;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.Facts;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.RequestTerms;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.segment.Lists;
import dev.throughline.segment.Membership;
import dev.throughline.segment.SegmentsSlice;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what has committed. Thread-safe. */
public final class Queries {

    private final Store store;
    private final Model model;
    private final InstantSource clock;
    private final Audience audience;

    /**
     * Reads a store.
     *
     * @param store the store
     * @param model what the host has said
     * @param clock business time
     */
    public Queries(Store store, Model model, InstantSource clock) {
        this.store = store;
        this.model = model;
        this.clock = clock;
        this.audience = new Audience(model.segments(), clock);
    }

    /**
     * The customer who owns an identity.
     *
     * @param identity the identity
     * @return her, or empty if nobody owns it
     */
    public Optional<Customer> customer(Identity identity) {
        return state(identity).map(CustomerState::customer);
    }

    /**
     * The customer with an id, or who has absorbed her.
     *
     * @param id the id
     * @return her, or empty if there is none
     */
    public Optional<Customer> customer(CustomerId id) {
        return state(Optional.of(id)).map(CustomerState::customer);
    }

    /**
     * Everything that happened to a customer.
     *
     * @param identity one of her identities
     * @return the touchpoints, oldest first
     */
    public List<Touchpoint> timeline(Identity identity) {
        return entries(Entry.Log.TIMELINE, identity).stream()
                .flatMap(entry -> entry.body() instanceof Observed observed
                        ? Optional.of(observed.touchpoint()).stream()
                        : Optional.<Touchpoint>empty().stream())
                .toList();
    }

    /**
     * What became of each message to a customer.
     *
     * @param identity one of her identities
     * @return the decisions, oldest first
     */
    public List<Decision> decisions(Identity identity) {
        return entries(Entry.Log.DECISIONS, identity).stream()
                .flatMap(entry -> entry.body() instanceof Decision decision
                        ? Optional.of(decision).stream()
                        : Optional.<Decision>empty().stream())
                .toList();
    }

    /**
     * Which messages to a customer are on their way: decided upon, waiting for a better time, or being sent.
     *
     * @param identity one of her identities
     * @return them, address by address in the order in which she came by those
     */
    public List<Pending> pending(Identity identity) {
        return customer(identity).map(Customer::addresses).orElse(List.of()).stream()
                .flatMap(address -> ContactPointAggregate.pending(store.peek(Key.of(address))).stream())
                .toList();
    }

    /**
     * The replies that may be refusals and that somebody has to read.
     *
     * @return one for each address and channel, the latest reply of it, in the order of the addresses; read page by page
     */
    public Stream<Review> reviews() {
        var brands = model.brands().values();
        var controllers = brands.stream().map(Brand::controller).collect(Collectors.toSet());
        return Audience.pages(store, ContactPointAggregate.REVIEWS).flatMap(key -> {
            var state = store.peek(key);
            return ContactPointAggregate.unread(state, controllers, clock.instant()).stream()
                    .map(pause -> review(Address.parse(key.id()), pause, ContactPointAggregate.holders(state)));
        });
    }

    private Review review(Address address, ConsentEvent pause, List<CustomerId> holders) {
        var channel = new Channel(pause.scope().channel(), address.kind());
        var due = model.brands().values().stream()
                .map(brand -> facts(address, channel, brand))
                .flatMap(facts -> model.policy().reviewBy(facts, pause.occurredAt()).stream())
                .min(Comparator.naturalOrder());
        String text = LedgerLines.events(store.entries(Entry.Log.LEDGER, address.toString())).stream()
                .filter(event -> event.id().equals(pause.id()))
                .map(event -> event.evidence().text())
                .findFirst()
                .orElse("");
        return new Review(pause.id(), address, channel, text, pause.occurredAt(), due, holders);
    }

    private Facts facts(Address address, Channel channel, Brand brand) {
        var asked = new Question(null, brand.controller(), channel, Purpose.ADVERTISING, clock.instant());
        return Facts.of(MessageClass.MARKETING, address, brand, Standing.none(asked));
    }

    /**
     * What became of each message to anybody; among them proofs, see {@link Decision#isProof}.
     *
     * @param each takes one decision; oldest first, those of one instant by message id
     */
    public void decisions(Consumer<Decision> each) {
        store.scan(Entry.Log.DECISIONS, entry -> {
            if (entry.body() instanceof Decision decision) {
                each.accept(decision);
            }
        });
    }

    /**
     * What became of each proof: of messages that people of the shop wanted to see before customers did.
     *
     * @param address where they went
     * @return the decisions, oldest first; the finding {@code proof} says who wanted it, why, and the hash of what it said
     */
    public List<Decision> proofs(Address address) {
        return store.entries(Entry.Log.DECISIONS, Key.of(address).id()).stream()
                .flatMap(entry -> entry.body() instanceof Decision decision && decision.isProof()
                        ? Stream.of(decision)
                        : Stream.<Decision>empty())
                .toList();
    }

    /**
     * What a customer has agreed to and refused, at each of her addresses.
     *
     * @param identity one of her identities
     * @return the ledger's lines by address, oldest first, without those that are blotted out; an address without any has an empty list
     * @throws StoreException if a line cannot be read
     */
    public Map<Address, List<ConsentEvent>> consents(Identity identity) {
        var consents = new LinkedHashMap<Address, List<ConsentEvent>>();
        customer(identity).map(Customer::addresses).orElse(List.of()).forEach(address -> {
            consents.put(address, said(address));
        });
        return consents;
    }

    /**
     * What stands of a customer's consents, for a use of the host's own such as {@code SHARING} or {@code TRACKING}, at present.
     *
     * @param identity one of her identities
     * @param brand for whom, which is the brand's controller
     * @param channel on which channel
     * @param purpose for what
     * @return what speaks for it and against it, by each of her addresses that the channel writes to; {@link Standing#isGranted} sums it up
     */
    public Map<Address, Standing> standing(Identity identity, Brand brand, Channel channel, Purpose purpose) {
        var standing = new LinkedHashMap<Address, Standing>();
        customer(identity).ifPresent(customer -> customer.addresses().stream()
                .filter(address -> address.kind().equals(channel.addressKind()))
                .forEach(address -> {
                    var question = new Question(customer.id(), brand.controller(), channel, purpose, clock.instant());
                    var consents = store.peek(Key.of(address)).map(ContactPointAggregate::consent);
                    standing.put(address, consents.orElse(ConsentState.NONE).standing(question));
                }));
        return standing;
    }

    /**
     * Receipts of a customer's consents, for her: one for each address and scope for which she has ever agreed, with everything that became
     * of it. Where her data lie and whom the host hands them to is not known here; the host adds it.
     *
     * @param identity one of her identities
     * @return the receipts by address and scope; of what is blotted out there is none
     */
    public List<ConsentReceipt> receipts(Identity identity) {
        var found = state(identity);
        if (found.isEmpty()) {
            return List.of();
        }
        var customer = found.get().customer();
        var names = new TreeSet<>(found.get().absorbed());
        names.add(customer.id());
        var receipts = new ArrayList<ConsentReceipt>();
        for (Address address : customer.addresses()) {
            var consents = store.peek(Key.of(address)).map(ContactPointAggregate::consent);
            receipts.addAll(new Receipts(
                            customer.id(),
                            names,
                            address,
                            said(address),
                            model,
                            consents.orElse(ConsentState.NONE),
                            clock.instant())
                    .written());
        }
        return List.copyOf(receipts);
    }

    private List<ConsentEvent> said(Address address) {
        return LedgerLines.events(store.entries(Entry.Log.LEDGER, address.toString()));
    }

    /**
     * What a customer has chosen of what a host offers.
     *
     * @param identity one of her identities
     * @param menu what there is to choose
     * @return what to show her; empty if nobody owns the identity
     */
    public Optional<PreferenceCentre> preferences(Identity identity, PreferenceMenu menu) {
        return customer(identity).map(customer -> preferences(customer, menu));
    }

    /**
     * What a customer has chosen of what a host offers.
     *
     * @param customer the customer
     * @param menu what there is to choose
     * @return what to show her
     */
    public PreferenceCentre preferences(Customer customer, PreferenceMenu menu) {
        return PreferenceCentre.of(menu, customer, clock.instant(), new Ledgers(customer, menu.brand()));
    }

    private final class Ledgers implements PreferenceCentre.Ledger {
        private final Customer customer;
        private final Brand brand;

        Ledgers(Customer customer, Brand brand) {
            this.customer = customer;
            this.brand = brand;
        }

        @Override
        public Standing standing(Address address, Question question) {
            return store.peek(Key.of(address))
                    .map(ContactPointAggregate::consent)
                    .orElse(ConsentState.NONE)
                    .standing(question);
        }

        @Override
        public boolean isSentUnasked(Address address, Standing standing) {
            var facts = Facts.of(MessageClass.MARKETING, address, brand, standing)
                    .residence(customer.profile().residence().orElse(""));
            return standing.grounds().isEmpty()
                    && model.policy().consent(facts).stream().noneMatch(finding -> finding.outcome() == Outcome.DENY);
        }

        @Override
        public String last(Address address) {
            return store.peek(Key.of(address))
                    .map(state -> ContactPointAggregate.ledger(state).id())
                    .orElse("");
        }
    }

    /**
     * What happened to a customer in a campaign, and why; when it was paused, closed or stopped meanwhile, and since when it is; who she
     * became one with; and at its end which messages are on their way, and what they wait for.
     *
     * @param identity one of her identities
     * @param campaign the campaign's name
     * @param zone the zone to tell instants in when hers is unknown
     * @return the explanation
     */
    public Explanation explain(Identity identity, String campaign, ZoneId zone) {
        ZoneId hers = customer(identity)
                .flatMap(customer -> customer.profile().zone())
                .orElse(zone);
        return Explanation.of(
                        entries(Entry.Log.TIMELINE, identity), entries(Entry.Log.DECISIONS, identity), campaign, hers)
                .and(pending(identity), clock.instant())
                .with(CampaignStatus.said(store.settings(), campaign));
    }

    /**
     * What hosts have published: each version of each campaign, and each content of messages, which stay for good.
     *
     * @return the definitions, in the order of their publication
     */
    public List<Definition> definitions() {
        return store.definitions();
    }

    /**
     * Which content counts for messages that follow it; {@link #definitions} has the contents themselves. What is not here is said as code
     * says it.
     *
     * @return by the names of the messages, in alphabetical order
     */
    public Map<String, PublishedContent> contents() {
        return PublishedContent.of(store.settings());
    }

    /**
     * Whether a customer is in a segment, since when, and why: what each term of its condition looks at, what it finds and whether it
     * holds.
     *
     * @param identity one of her identities
     * @param segment the segment's name
     * @return the answer, which prints itself in English; empty if nobody owns the identity
     * @throws ThroughlineException if this host neither watches such a segment nor asks for it in a campaign
     */
    public Optional<Membership> membership(Identity identity, String segment) {
        var asked = audience.require(segment);
        return state(identity).map(state -> audience.membership(state, asked));
    }

    /**
     * Who is in a segment at present.
     *
     * @param segment the segment's name
     * @return the customers, in the order of their ids; read page by page while the stream is read, so that who comes or goes meanwhile
     *     may be missing or there
     * @throws ThroughlineException if this host neither watches such a segment nor asks for it in a campaign
     */
    public Stream<Customer> members(String segment) {
        return members(Audience.pages(
                store, SegmentsSlice.set(audience.require(segment).name())));
    }

    /**
     * Who is on a static list at present.
     *
     * @param list the list's name
     * @return the customers, in the order of their ids; read page by page while the stream is read
     */
    public Stream<Customer> listed(String list) {
        return members(Audience.pages(store, Lists.set(list)));
    }

    /**
     * What is typical of the members of a segment: of each trait the most frequent values and the median of its numbers, beside those of
     * all customers. Reads every customer once, in bounded memory: a question for now and then.
     *
     * @param segment the segment's name
     * @param traits which traits
     * @return the persona, which prints itself in English
     * @throws ThroughlineException if this host neither watches such a segment nor asks for it in a campaign
     */
    public Persona persona(String segment, String... traits) {
        var portrait = new Portrait(audience.require(segment), List.of(traits));
        Audience.pages(after -> store.keys(Key.Kind.CUSTOMER, after, Audience.PAGE))
                .flatMap(key -> store.peek(key).stream())
                .forEach(state -> portrait.see((CustomerState) state));
        return portrait.drawn();
    }

    /** Who was absorbed under a release that did not know the segment may stand in its set still. */
    private Stream<Customer> members(Stream<Key> keys) {
        return keys.flatMap(key -> store.peek(key).stream())
                .map(state -> (CustomerState) state)
                .filter(state -> state.survivor().isEmpty() && !state.isErased())
                .map(CustomerState::customer);
    }

    /**
     * With whom a customer was found to be one, or might have been.
     *
     * @param identity how she is known
     * @return the lines of her timeline that say so, the oldest first
     */
    public List<MergeNote> merges(Identity identity) {
        return entries(Entry.Log.TIMELINE, identity).stream()
                .flatMap(entry -> entry.body() instanceof MergeNote note ? Stream.of(note) : Stream.<MergeNote>empty())
                .toList();
    }

    /** The lines of her decision log. */
    List<Entry> decided(Identity identity) {
        return entries(Entry.Log.DECISIONS, identity);
    }

    /** Hers, and those of whoever was absorbed by her: lines stay under the id under which they were written. */
    private List<Entry> entries(Entry.Log log, Identity identity) {
        var state = state(identity);
        if (state.isEmpty()) {
            return owner(identity).map(id -> store.entries(log, id.toString())).orElse(List.of());
        }
        var hers = store.entries(log, state.get().customer().id().toString());
        if (state.get().absorbed().isEmpty()) {
            return hers;
        }
        var all = new ArrayList<>(hers);
        state.get().absorbed().forEach(id -> all.addAll(store.entries(log, id.toString())));
        all.sort(Comparator.comparing(Entry::at).thenComparing(Entry::id));
        return List.copyOf(all);
    }

    /**
     * Until when a request of somebody's has to be answered, by all laws that apply to any of her addresses or where she lives.
     *
     * @param identity one of her identities
     * @param received when the request came
     * @param processors whether others have to act on it as well
     * @return the strictest terms
     */
    public RequestTerms requestTerms(Identity identity, Instant received, boolean processors) {
        var customer = customer(identity);
        var addresses = customer.map(Customer::addresses)
                .filter(some -> !some.isEmpty())
                .orElse(List.of(new Address("none", "none")));
        String residence = customer.flatMap(one -> one.profile().residence()).orElse("");
        var facts = addresses.stream()
                .flatMap(address -> model.brands().values().stream()
                        .map(brand -> facts(address, new Channel("none", address.kind()), brand)
                                .residence(residence)))
                .toList();
        return model.policy().requestTerms(facts, received, processors);
    }

    /**
     * Who was shown what is held of somebody.
     *
     * @param identity one of her identities
     * @return the lines of her timeline that say so, the oldest first
     */
    public List<ViewNote> views(Identity identity) {
        return entries(Entry.Log.TIMELINE, identity).stream()
                .flatMap(entry -> entry.body() instanceof ViewNote note ? Stream.of(note) : Stream.<ViewNote>empty())
                .toList();
    }

    /**
     * What has become of the requests of somebody, also of those that are done.
     *
     * @param identity one of her identities
     * @return the lines of her timeline that say so, the oldest first
     */
    public List<RequestNote> requests(Identity identity) {
        return entries(Entry.Log.TIMELINE, identity).stream()
                .flatMap(entry ->
                        entry.body() instanceof RequestNote note ? Stream.of(note) : Stream.<RequestNote>empty())
                .toList();
    }

    /**
     * The state of the customer who owns an identity, or of who has absorbed her.
     *
     * @param identity one of her identities
     * @return her state; empty if nobody owns the identity
     */
    public Optional<CustomerState> known(Identity identity) {
        return state(identity);
    }

    /** The state of the customer who owns an identity, or of who has absorbed her. */
    Optional<CustomerState> state(Identity identity) {
        return state(owner(identity));
    }

    private Optional<CustomerState> state(Optional<CustomerId> known) {
        var id = known;
        while (id.isPresent()) {
            var state = store.peek(Key.of(id.get())).map(CustomerState.class::cast);
            id = state.flatMap(CustomerState::survivor);
            if (id.isEmpty()) {
                return state.filter(one -> !one.isErased());
            }
        }
        return Optional.empty();
    }

    private Optional<CustomerId> owner(Identity identity) {
        return store.peek(Key.of(identity)).flatMap(state -> Optional.ofNullable(((IdentifierState) state).owner()));
    }
}
