// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import com.google.common.hash.Hashing;
import dev.throughline.channel.Content;
import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Basis;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules as data, with their sources, and one pure function for each kind of rule. A policy may hold several documents; those that
 * apply to a message (by the number's country, the person's residence, the brand's seat) must all be content, so that the
 * strictest wins: hours intersect, caps all count, labels and footers add up, accepted bases intersect. Immutable and thread-safe.
 *
 * <p>No legal advice: the presets say where each rule comes from and how well that was read.
 */
public final class Policy {

    private final List<Sheet> sheets;
    private final Map<String, Registry> registries;
    private final Map<Class<?>, Map<MessageClass, List<Placed>>> byKind = new HashMap<>();
    private final boolean replacing;
    private final Map<Circumstances, Map<Class<?>, List<Rule>>> met = new ConcurrentHashMap<>();
    private final String hash;

    /** How many circumstances are remembered at once. */
    private static final int MOST_MET = 4_096;

    /** All that decides which rules there are for a message; those of most messages are the same. */
    private record Circumstances(
            MessageClass messageClass,
            String channel,
            String topic,
            String country,
            Set<String> regions,
            String mailbox,
            String residence,
            String seat) {

        static Circumstances of(Facts facts) {
            return new Circumstances(
                    facts.messageClass(),
                    facts.channel().name(),
                    facts.standing().question().topic(),
                    facts.address().country(),
                    facts.address().regions(),
                    Mailbox.of(facts.address()),
                    facts.residence(),
                    facts.brand().country());
        }
    }

    /** A rule and the document whose condition it shares. */
    private record Placed(Sheet sheet, Rule rule) {
        boolean matches(Facts facts) {
            return rule.when().matches(facts) && sheet.applies(facts);
        }
    }

    private Policy(List<Sheet> sheets, Map<String, Registry> registries) {
        this.sheets = List.copyOf(sheets);
        this.registries = registries;
        this.replacing = rules().stream().anyMatch(rule -> !rule.replaces().isEmpty());
        this.hash = hash(sheets);
        for (Sheet sheet : sheets) {
            sheet.rules().stream().filter(Rule::live).forEach(rule -> place(new Placed(sheet, rule)));
        }
    }

    /** By what is asked of each message, so that a rule that cannot be about it is not looked at. */
    private void place(Placed placed) {
        var byClass =
                byKind.computeIfAbsent(placed.rule.clause().getClass(), kind -> new EnumMap<>(MessageClass.class));
        for (MessageClass messageClass : MessageClass.values()) {
            if (placed.rule.when().isAbout(messageClass)) {
                byClass.computeIfAbsent(messageClass, any -> new ArrayList<>()).add(placed);
            }
        }
    }

    /** One document alone. */
    static Policy sheet(String json) {
        return new Policy(List.of(Sheet.read(json)), new TreeMap<>());
    }

    /**
     * What holds where no law is known: advertising needs an express consent, customer care goes out until it is objected to, a
     * refusal counts at once.
     *
     * @return the preset
     */
    public static Policy base() {
        return Presets.of("base");
    }

    /**
     * Vietnam: Decree 91/2020/ND-CP, Law 91/2025/QH15, Decree 356/2025/ND-CP. Needs a registered brandname, ways to refuse by
     * text and call, and a do-not-call registry ({@link #faults} tells what is missing).
     *
     * @return the preset
     */
    public static Policy vietnam() {
        return Presets.of("vn");
    }

    /**
     * Vietnam with what only the host has: {@code Policy.vietnam(v -> v.doNotCall(registry))}.
     *
     * @param more adds it
     * @return the policy
     */
    public static Policy vietnam(UnaryOperator<Policy> more) {
        Given.required("policy", "vietnam", more);
        return more.apply(vietnam());
    }

    /**
     * A policy of the host's own; the presets that it extends come first.
     *
     * @param json a document whose schema is {@code policy.schema.json}, which is the format of the presets, too
     * @return the policy
     * @throws ThroughlineException telling everything that is wrong with it, by rule and place
     */
    public static Policy parse(String json) {
        Given.required("policy", "json", json);
        var sheet = Sheet.read(json);
        var sheets = new ArrayList<Sheet>();
        for (String preset : sheet.base()) {
            if (!Presets.NAMES.contains(preset)) {
                throw new ThroughlineException(
                        "policy " + sheet.id() + " extends '" + preset + "', expected one of " + Presets.NAMES);
            }
            addNew(Presets.of(preset).sheets, sheets);
        }
        sheets.add(sheet);
        return new Policy(sheets, new TreeMap<>());
    }

    /** Documents that are there already count once. */
    private static void addNew(List<Sheet> more, List<Sheet> sheets) {
        more.stream()
                .filter(sheet -> sheets.stream().noneMatch(known -> known.id().equals(sheet.id())))
                .forEach(sheets::add);
    }

    /**
     * A policy of the host's own, from a file.
     *
     * @param file a document as {@link #parse} reads it, in UTF-8
     * @return the policy
     * @throws ThroughlineException telling everything that is wrong with it, by rule and place; or that the file cannot be read
     */
    public static Policy load(Path file) {
        Given.required("policy", "file", file);
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new ThroughlineException(
                    "policy " + file + ": expected a file in UTF-8 that can be read", unreadable);
        }
    }

    /**
     * A preset whose sources were not all read in the text of the law, so that nobody gets it who has not asked for it by name: have a
     * lawyer read it. Each rule says what it was read in ({@link Rule#ref}). That of {@code us} brings those of its states.
     *
     * @param name one of {@link #drafts}
     * @return the preset, with what it extends
     * @throws ThroughlineException if there is none of that name
     */
    public static Policy draft(String name) {
        Given.required("policy", "draft", name);
        if (!drafts().contains(name)) {
            throw new ThroughlineException("policy draft '" + name + "', expected one of " + drafts());
        }
        return Presets.of(name);
    }

    /**
     * The names of the {@link #draft drafts}.
     *
     * @return in alphabetical order
     */
    public static Set<String> drafts() {
        return Presets.DRAFTS;
    }

    /**
     * With the rules of one more document: a rule whose id is here already takes that rule's place, the others are added.
     *
     * @param json a document; what it extends plays no part
     * @return the changed policy
     * @throws ThroughlineException telling everything that is wrong with it, by rule and place
     */
    public Policy with(String json) {
        Given.required("policy", "with", json);
        Sheet more = Sheet.read(json);
        var byId = new TreeMap<String, Rule>();
        more.rules().forEach(rule -> byId.put(rule.id(), rule));
        Set<String> known = new TreeSet<>();
        rules().forEach(rule -> known.add(rule.id()));
        var changed = new ArrayList<Sheet>();
        for (Sheet sheet : sheets) {
            changed.add(sheet.withRules(sheet.rules().stream()
                    .map(rule -> byId.getOrDefault(rule.id(), rule))
                    .toList()));
        }
        changed.add(more.withRules(
                more.rules().stream().filter(rule -> !known.contains(rule.id())).toList()));
        return new Policy(changed, registries);
    }

    /**
     * Without some rules: for rehearsals that show what a rule prevents.
     *
     * @param ids ids of rules, such as {@code vn.sms.window}, or kinds, such as {@code window}
     * @return the changed policy
     * @throws ThroughlineException if there is no such rule
     */
    public Policy without(String... ids) {
        Given.all("policy", "without", ids);
        for (String id : ids) {
            if (rules().stream().noneMatch(rule -> isNamed(rule, id))) {
                throw new ThroughlineException(
                        "policy " + name() + " has no rule '" + id + "', expected one of " + rules());
            }
        }
        var fewer = sheets.stream()
                .map(sheet -> sheet.withRules(sheet.rules().stream()
                        .filter(rule -> Arrays.stream(ids).noneMatch(id -> isNamed(rule, id)))
                        .toList()))
                .toList();
        return new Policy(fewer, registries);
    }

    private static boolean isNamed(Rule rule, String idOrKind) {
        return rule.id().equals(idOrKind) || rule.kind().equals(idOrKind);
    }

    /**
     * Both policies at once.
     *
     * @param other the other; documents that both have count once, as they are here
     * @return the policy
     */
    public Policy and(Policy other) {
        Given.required("policy", "and", other);
        var union = new ArrayList<>(sheets);
        addNew(other.sheets, union);
        var all = new TreeMap<>(other.registries);
        all.putAll(registries);
        return new Policy(union, all);
    }

    /**
     * With the list that every registry rule asks unless it has its own.
     *
     * @param registry the list
     * @return the changed policy
     */
    public Policy doNotCall(Registry registry) {
        Given.required("policy", "doNotCall", registry);
        return registry("", registry);
    }

    /**
     * With the list that one registry rule asks.
     *
     * @param id the registry's name in the rule, such as {@code vn-dnc}
     * @param registry the list
     * @return the changed policy
     */
    public Policy registry(String id, Registry registry) {
        Given.required("policy registry", "id", id);
        Given.required("policy registry", "registry", registry);
        var more = new TreeMap<>(registries);
        more.put(id, registry);
        return new Policy(sheets, more);
    }

    /**
     * The list that a registry rule asks.
     *
     * @param id the registry's name in the rule
     * @return the list, or empty if none was given
     */
    public Optional<Registry> registry(String id) {
        Given.required("policy", "registry", id);
        return Optional.ofNullable(registries.getOrDefault(id, registries.get("")));
    }

    /**
     * The documents' ids with their versions.
     *
     * @return such as {@code base 2026.11.1 + vn 2026.11.1}
     */
    public String name() {
        return sheets.stream()
                .filter(sheet -> !sheet.rules().isEmpty())
                .map(sheet -> (sheet.id() + " " + sheet.version()).strip())
                .collect(Collectors.joining(" + "));
    }

    /**
     * What these very rules are known by in decisions: changes with every rule, not with the registries.
     *
     * @return SHA-256 of the canonical form, in hexadecimal
     */
    public String hash() {
        return hash;
    }

    /**
     * All documents with their rules, for whoever has to know later by what was decided under this {@link #hash}.
     *
     * @return a JSON object in canonical form: {@code documents}, each with {@code id}, {@code version}, {@code status} and {@code rules}
     */
    public String toJson() {
        var documents = new ArrayList<Object>();
        for (Sheet sheet : sheets) {
            var document = new TreeMap<String, Object>();
            document.put("id", sheet.id());
            document.put("version", sheet.version());
            document.put("status", sheet.status());
            document.put("rules", sheet.rules().stream().map(Rule::json).toList());
            documents.add(document);
        }
        return Json.canonical(new TreeMap<>(Map.of("documents", documents)));
    }

    /**
     * All rules of all documents.
     *
     * @return in the order of the documents
     */
    public List<Rule> rules() {
        return sheets.stream().flatMap(sheet -> sheet.rules().stream()).toList();
    }

    /**
     * The rules about one message: of the documents that apply, live, and not replaced by another that applies.
     *
     * @param facts the message
     * @return in the order of the documents
     */
    public List<Rule> rules(Facts facts) {
        List<Rule> matching = sheets.stream()
                .filter(sheet -> sheet.applies(facts))
                .flatMap(sheet -> sheet.rules().stream())
                .filter(rule -> rule.live() && rule.when().matches(facts))
                .toList();
        Set<String> replaced =
                matching.stream().flatMap(rule -> rule.replaces().stream()).collect(Collectors.toSet());
        return matching.stream().filter(rule -> !replaced.contains(rule.id())).toList();
    }

    /**
     * The rules in sentences, for a lawyer: what each demands, of which messages, its law and article, how well and when that was read.
     *
     * @param locale Vietnamese, or any other for English
     * @return some lines for each rule
     */
    public String explain(Locale locale) {
        return Brief.of(sheets, Given.required("policy", "explain", locale));
    }

    /**
     * What is missing before advertising can be sent under this policy.
     *
     * @param brand the brand
     * @param channels over which channels it will send
     * @param now the instant at which senders must be registered
     * @return one line for each fault; empty if nothing is missing
     */
    public List<String> faults(Brand brand, Collection<Channel> channels, Instant now) {
        return new SetUp(this, brand, now).faults(channels);
    }

    /**
     * The class that a message has in law. Asked first, because the purpose of the consent in question follows from it.
     *
     * @param declared what its author says
     * @param promotional whether any of its content promotes something
     * @return MARKETING for promotional content unless no document says so, else as declared
     */
    public MessageClass messageClass(MessageClass declared, boolean promotional) {
        return promotional
                ? sheets.stream()
                        .map(Sheet::mixed)
                        .flatMap(Stream::ofNullable)
                        .max(MessageClass::compareTo)
                        .filter(mixed -> mixed.compareTo(declared) > 0)
                        .orElse(declared)
                : declared;
    }

    /**
     * The finding about a message whose class was upgraded.
     *
     * @param declared what its author says
     * @param inLaw what {@link #messageClass} says
     * @return the finding, or empty if it was not upgraded
     */
    public Optional<Finding> upgrade(MessageClass declared, MessageClass inLaw) {
        return declared == inLaw
                ? Optional.empty()
                : Optional.of(Finding.of("class", "", Outcome.NOTE, Reason.CLASS_UPGRADED)
                        .with("declared", declared)
                        .with("class", inLaw));
    }

    /**
     * The class of a provider's template (Zalo ZNS, WhatsApp).
     *
     * @param channel the channel
     * @param providerClass the provider's word, such as {@code PROMOTION}
     * @return our class, or empty if no rule knows the word
     */
    public Optional<MessageClass> classOf(Channel channel, String providerClass) {
        return rules().stream()
                .filter(rule -> rule.when().channels().contains(channel.name()))
                .map(Rule::clause)
                .filter(Clause.Classes.class::isInstance)
                .map(clause -> ((Clause.Classes) clause).byName().get(providerClass))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /**
     * Erasure, suppression and the address's state: built in, under every policy. Codes and contract news pass the lists that
     * are about advertising, and an erased address only if no customer is meant.
     *
     * @param facts the message
     * @return one finding for each entry that bites, else one that allows
     */
    public List<Finding> suppression(Facts facts) {
        return Permission.suppression(facts);
    }

    /**
     * Which registries must be asked about a message before {@link #registry(Facts, Map)}.
     *
     * @param facts the message
     * @return the registries' names in the rules, for {@link #registry(String)}; empty if none must
     */
    public List<String> registries(Facts facts) {
        List<Rule> rules = of(Clause.Listing.class, facts);
        return rules.isEmpty()
                ? List.of()
                : rules.stream()
                        .map(rule -> ((Clause.Listing) rule.clause()).id())
                        .distinct()
                        .toList();
    }

    /**
     * Do-not-call lists.
     *
     * @param facts the message
     * @param answers what the registries answered, by their names in the rules; a missing answer counts as unavailable
     * @return one finding for each rule
     */
    public List<Finding> registry(Facts facts, Map<String, CheckResult> answers) {
        return findings("registry", of(Clause.Listing.class, facts), rule -> {
            var wanted = (Clause.Listing) rule.clause();
            return Passage.registry(rule, wanted, answers.get(wanted.id()), facts);
        });
    }

    /**
     * Age, and a guardian's consent for the young. A consent that somebody gave when too young does not grow up with them.
     *
     * @param facts the message
     * @return one finding for each rule
     */
    public List<Finding> age(Facts facts) {
        return findings(
                "age", of(Clause.Age.class, facts), rule -> Permission.age(rule, (Clause.Age) rule.clause(), facts));
    }

    /**
     * Consent. Refusals deny under every rule; without a rule MARKETING needs an express consent, CONSENT_REQUEST that nobody has
     * refused, and the other classes nothing.
     *
     * @param facts the message
     * @return the findings of every rule
     */
    public List<Finding> consent(Facts facts) {
        List<Rule> rules = of(Clause.Consent.class, facts);
        Finding silence = silence(facts);
        if (rules.size() == 1) {
            return consent(rules.get(0), silence, facts);
        }
        var findings = new ArrayList<Finding>();
        rules.forEach(rule -> findings.addAll(consent(rule, silence, facts)));
        return findings.isEmpty() ? unruled(silence, facts) : findings;
    }

    private static List<Finding> consent(Rule rule, @Nullable Finding silence, Facts facts) {
        return Permission.consent(rule.id(), (Clause.Consent) rule.clause(), silence, facts);
    }

    private static List<Finding> unruled(@Nullable Finding silence, Facts facts) {
        return switch (facts.messageClass()) {
            case MARKETING -> Permission.consent("", accepting(Basis.EXPRESS), silence, facts);
            case CONSENT_REQUEST -> Permission.consent("", accepting(Basis.NOT_OBJECTED), silence, facts);
            case REGULATORY, ONE_TIME_CODE, TRANSACTIONAL, SERVICE ->
                List.of(Finding.of("consent", "", Outcome.ALLOW, Reason.NO_CONSENT_NEEDED)
                        .with("class", facts.messageClass()));
        };
    }

    private static Clause.Consent accepting(Basis basis) {
        return new Clause.Consent(List.of(
                new Clause.Accepted(basis, List.of(), List.of(), false, null, null, false, "", false, false, "")));
    }

    /** A request that nobody answered in time says more than that there is no consent. */
    private @Nullable Finding silence(Facts facts) {
        if (!byKind.containsKey(Clause.Asking.class)) {
            return null;
        }
        return of(Clause.Asking.class, facts.messageClass(MessageClass.CONSENT_REQUEST)).stream()
                .filter(rule -> Permission.isSilent((Clause.Asking) rule.clause(), facts))
                .findFirst()
                .map(rule -> Permission.barred(rule.id(), facts))
                .orElse(null);
    }

    /**
     * Whether consent may be asked for: not of who has refused, and only as often as a rule allows. For messages of class
     * CONSENT_REQUEST, in place of {@link #consent}.
     *
     * @param facts the message
     * @return the findings of every rule
     */
    public List<Finding> consentRequest(Facts facts) {
        var findings = new ArrayList<>(consent(facts));
        of(Clause.Asking.class, facts)
                .forEach(rule -> findings.add(Permission.asking(rule, (Clause.Asking) rule.clause(), facts)));
        return findings;
    }

    /**
     * After what time silence on a request counts as a no, for the timer that records it.
     *
     * @param facts the request
     * @return the time, or empty if silence is no answer
     */
    public Optional<Duration> silenceAfter(Facts facts) {
        return of(Clause.Asking.class, facts.messageClass(MessageClass.CONSENT_REQUEST)).stream()
                .map(rule -> (Clause.Asking) rule.clause())
                .filter(Clause.Asking::silenceBars)
                .map(Clause.Asking::after)
                .min(Duration::compareTo);
    }

    /**
     * Who may be the sender.
     *
     * @param facts the message
     * @return one finding for each rule
     */
    public List<Finding> sender(Facts facts) {
        return findings(
                "sender",
                of(Clause.From.class, facts),
                rule -> Passage.sender(rule, (Clause.From) rule.clause(), facts));
    }

    /**
     * Labels, footers and headers. Content that was dressed once comes back as it is.
     *
     * @param facts the message
     * @param content what it says
     * @return the content with what the law wants in it, and what was done
     */
    public Transformed content(Facts facts, Content content) {
        var dressing = new Dressing(facts, content);
        for (Rule rule : of(Clause.Headers.class, facts)) {
            dressing.headers(rule, (Clause.Headers) rule.clause());
        }
        for (Rule rule : of(Clause.Footer.class, facts)) {
            dressing.footer(rule, (Clause.Footer) rule.clause());
        }
        for (Rule rule : of(Clause.Opening.class, facts)) {
            dressing.opening(rule, (Clause.Opening) rule.clause());
        }
        for (Rule rule : of(Clause.Label.class, facts)) {
            dressing.label(rule, (Clause.Label) rule.clause());
        }
        return dressing.done();
    }

    /**
     * Allowed hours by the recipient's clock, or the brand's where that is unknown.
     *
     * @param facts the message
     * @return when it may leave
     */
    public Timing window(Facts facts) {
        return Passage.window(of(Clause.Window.class, facts), facts);
    }

    /**
     * Caps that the contact point must count against.
     *
     * @param facts the message
     * @return the caps
     */
    public Caps caps(Facts facts) {
        return Passage.caps(of(Clause.Limit.class, facts), facts);
    }

    /**
     * What is done with a refusal that arrives over a channel.
     *
     * @param facts an advertisement on that channel
     * @return the strictest terms: the shortest deadline, the broadest reach, a confirmation if any rule wants one
     */
    public OptOutTerms optOut(Facts facts) {
        return of(Clause.Refusal.class, facts.messageClass(MessageClass.MARKETING)).stream()
                .map(rule -> terms(rule, (Clause.Refusal) rule.clause()))
                .reduce(Policy::stricter)
                .orElse(OptOutTerms.CAREFUL);
    }

    /**
     * Until when somebody has to have read a reply that may be a refusal. Sending is paused until then whatever this says.
     *
     * @param facts an advertisement on the channel over which it came
     * @param received when it came
     * @return the first instant that is too late, by the brand's clock and under the strictest rule; empty if no rule gives any time
     */
    public Optional<Instant> reviewBy(Facts facts, Instant received) {
        Given.required("policy reviewBy", "received", received);
        ZoneId zone = facts.brand().zone();
        return of(Clause.Refusal.class, facts.messageClass(MessageClass.MARKETING)).stream()
                .map(rule -> ((Clause.Refusal) rule.clause()).review())
                .flatMap(days -> days == null ? Stream.<Instant>empty() : Stream.of(days.after(received, zone)))
                .min(Comparator.naturalOrder());
    }

    /**
     * Until when a request of a person's has to be answered: by all laws that apply to any of her addresses, and the strictest of them.
     *
     * @param facts of her addresses under each brand, with her residence
     * @param received when the request came
     * @param processors whether others have to act on it as well, such as providers that keep her data
     * @return the terms, by the brand's clock
     */
    public RequestTerms requestTerms(Collection<Facts> facts, Instant received, boolean processors) {
        Given.required("policy requestTerms", "facts", facts);
        Given.required("policy requestTerms", "receivedAt", received);
        return facts.stream()
                .flatMap(one -> rules(one).stream()
                        .filter(rule -> rule.clause() instanceof Clause.Rights)
                        .map(rule -> ((Clause.Rights) rule.clause())
                                .terms(received, processors, one.brand().zone())))
                .reduce(RequestTerms.NONE, RequestTerms::and);
    }

    private static OptOutTerms terms(Rule rule, Clause.Refusal wanted) {
        Clause.Acknowledgement ack = wanted.acknowledgement();
        return new OptOutTerms(
                rule.id(),
                wanted.deadline(),
                wanted.reach().name(),
                wanted.everything(),
                ack != null,
                ack == null ? Duration.ZERO : ack.within(),
                ack != null && ack.ignoresWindow());
    }

    private static OptOutTerms stricter(OptOutTerms one, OptOutTerms other) {
        boolean broader = Clause.Reach.valueOf(one.reach()).compareTo(Clause.Reach.valueOf(other.reach())) >= 0;
        OptOutTerms acknowledging = other.acknowledge() ? other : one;
        return new OptOutTerms(
                acknowledging.rule(),
                one.deadline().compareTo(other.deadline()) <= 0 ? one.deadline() : other.deadline(),
                broader ? one.reach() : other.reach(),
                one.everything() || other.everything(),
                acknowledging.acknowledge(),
                acknowledging.acknowledgeWithin(),
                acknowledging.acknowledgeAtAnyHour());
    }

    /**
     * Whether opens and clicks may be recorded. Asked with the standing of the purpose TRACKING.
     *
     * @param facts the message, its standing asked about {@code Purpose.TRACKING}
     * @return TRACKING_OFF if a rule wants a consent and there is none, else empty
     */
    public Optional<Finding> tracking(Facts facts) {
        boolean granted = !facts.standing().inForce().isEmpty()
                && facts.standing().denials().isEmpty();
        return of(Clause.Tracking.class, facts).stream()
                .filter(rule -> !granted)
                .findFirst()
                .map(rule -> Finding.of("tracking", rule.id(), Outcome.NOTE, Reason.TRACKING_OFF)
                        .with("purpose", ((Clause.Tracking) rule.clause()).purpose()));
    }

    /**
     * All checks that need nothing but the facts: suppression, age, consent, the request, the sender, the hours.
     *
     * @param facts the message
     * @return all findings, also those after the first that denies
     */
    public List<Finding> evaluate(Facts facts) {
        var findings = new ArrayList<>(suppression(facts));
        findings.addAll(age(facts));
        boolean asks = facts.messageClass() == MessageClass.CONSENT_REQUEST;
        findings.addAll(asks ? consentRequest(facts) : consent(facts));
        findings.addAll(sender(facts));
        findings.addAll(window(facts).findings());
        return findings;
    }

    @Override
    public String toString() {
        return "Policy " + name() + " " + hash.substring(0, 12);
    }

    /**
     * For how long an attempt counts under any of the caps.
     *
     * @return the longest window, zero if there is no cap
     */
    public Duration longestCap() {
        return sheets.stream()
                .flatMap(sheet -> sheet.rules().stream())
                .map(rule -> rule.clause() instanceof Clause.Limit limit ? limit.longest() : Duration.ZERO)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * For how long the proof of a consent is kept after the consent's end, at least: under the strictest of all rules.
     *
     * @return the rule and its time; empty if no rule says anything
     */
    public Optional<Proof> proofs() {
        return rules().stream()
                .filter(rule -> rule.clause() instanceof Clause.Retained kept
                        && (kept.what().isEmpty() || kept.what().contains("OPT_IN")))
                .map(rule -> new Proof(rule, ((Clause.Retained) rule.clause()).min()))
                .max(Comparator.comparing(proof -> LocalDate.EPOCH.plus(proof.span())));
    }

    /**
     * How long the proof of a consent is kept.
     *
     * @param rule the rule that says so
     * @param span for how long after the consent's end, at least
     */
    public record Proof(Rule rule, Period span) {}

    private List<Rule> of(Class<? extends Clause> kind, Facts facts) {
        if (replacing) {
            return byClause(facts).getOrDefault(kind, List.of());
        }
        var placed = byKind.getOrDefault(kind, Map.of()).getOrDefault(facts.messageClass(), List.of());
        if (placed.isEmpty()) {
            return List.of();
        }
        var rules = new ArrayList<Rule>(placed.size());
        for (Placed one : placed) {
            if (one.matches(facts)) {
                rules.add(one.rule);
            }
        }
        return rules;
    }

    private Map<Class<?>, List<Rule>> byClause(Facts facts) {
        var circumstances = Circumstances.of(facts);
        var known = met.get(circumstances);
        if (known != null) {
            return known;
        }
        Map<Class<?>, List<Rule>> found = rules(facts).stream()
                .collect(Collectors.groupingBy(rule -> rule.clause().getClass()));
        if (met.size() >= MOST_MET) {
            met.clear();
        }
        met.put(circumstances, found);
        return found;
    }

    private static List<Finding> findings(String check, List<Rule> rules, Function<Rule, Finding> ask) {
        if (rules.isEmpty()) {
            return Passage.noRule(check);
        }
        var findings = new ArrayList<Finding>(rules.size());
        for (Rule rule : rules) {
            findings.add(ask.apply(rule));
        }
        return findings;
    }

    private static String hash(List<Sheet> sheets) {
        var all = Hashing.sha256().newHasher();
        for (Sheet sheet : sheets) {
            all.putString(sheet.id() + sheet.version() + sheet.appliesIf() + sheet.mixed(), StandardCharsets.UTF_8);
            sheet.rules().forEach(rule -> all.putString(Json.canonical(rule.json()), StandardCharsets.UTF_8));
        }
        return all.hash().toString();
    }
}
