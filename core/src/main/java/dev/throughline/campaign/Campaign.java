// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Segment;
import dev.throughline.segment.Window;
import dev.throughline.wire.CompactMap;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign: a journey and what starts and ends it. An immutable value made by code; customers in a journey stay with the version
 * that they entered.
 */
public final class Campaign {

    /** The property that says which order an event is about. */
    static final String ORDER_ID = "order_id";

    /** The properties that say which product an event is about; the first one counts. */
    static final List<String> PRODUCT_IDS = List.of("product_id", "sku");

    private final String name;
    private final Terms terms;
    private final Map<String, Node> nodes;
    private final Node first;
    private final String version;
    private final String timer;
    private final List<String> used;
    private final Calls calls;
    private final Set<String> traits;
    private final ZoneId zone;
    private @Nullable String unwritable;

    Campaign(String name, Terms terms, List<Step> steps) {
        this.name = name;
        this.terms = terms;
        this.nodes = Layout.of(this, steps);
        this.first = Objects.requireNonNull(nodes.get("0"));
        this.zone = zone(name, terms);
        this.version = Ids.hash("campaign", name, terms, zone, Layout.outline(nodes));
        this.timer = Instance.timer(name);
        this.used = properties().distinct().sorted().toList();
        this.calls = Calls.of(this);
        this.traits = traitNames().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Begins a campaign.
     *
     * @param name names it, for ever
     * @return what makes it
     * @throws ThroughlineException if the name is empty, longer than 100 characters or holds control characters
     */
    public static Named named(String name) {
        Given.required("campaign", "name", name);
        if (name.length() > 100 || !Identity.isLine(name)) {
            throw new ThroughlineException("campaign name '" + Shown.of(name)
                    + "': expected 1 to 100 characters, without line breaks or other control characters");
        }
        return new Named(name);
    }

    /**
     * A campaign from JSON.
     *
     * @param json a document as {@link #toJson} writes it, with its messages and their brands
     * @return the campaign
     * @throws ThroughlineException telling everything that is wrong with it, by place, value and what was expected; or that it holds
     *     none or several
     */
    public static Campaign parse(String json) {
        Given.required("campaign", "json", json);
        var campaigns = DefinitionsReader.document(json, "campaign").campaigns();
        if (campaigns.size() != 1) {
            throw new ThroughlineException("campaign: a document of " + campaigns.size() + " campaigns, expected one");
        }
        return campaigns.get(0);
    }

    /**
     * As JSON, together with its messages and their brands.
     *
     * @return a document whose schema is {@code campaign.schema.json}
     * @throws ThroughlineException if two of its messages, or two brands, have one name and another content
     */
    public String toJson() {
        return Definitions.of(List.of(this)).toJson(CampaignJson.written(this));
    }

    /** Why it is another one when it is read again, as a refusal goes on; empty if it is the same. Two threads would find the same. */
    String unwritable() {
        String known = unwritable;
        if (known == null) {
            known = readAgain();
            unwritable = known;
        }
        return known;
    }

    private String readAgain() {
        try {
            return parse(toJson()).version().equals(version()) ? "" : " with the same content";
        } catch (ThroughlineException refused) {
            return ", but: " + refused.getMessage();
        }
    }

    /**
     * Its journey drawn, for documents that render Mermaid.
     *
     * @return the text of a flowchart
     */
    public String toMermaid() {
        return Mermaid.of(Drawing.of(this));
    }

    /**
     * Its journey drawn, the same on every machine.
     *
     * @return an SVG document
     */
    public String toSvg() {
        return Svg.of(Drawing.of(this));
    }

    /** A campaign that has a name and needs a journey. */
    public static final class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        /**
         * With its journey.
         *
         * @param writer writes the journey down
         * @return the campaign
         * @throws ThroughlineException if the journey is not complete
         */
        public Campaign journey(Consumer<JourneyBuilder> writer) {
            Given.required("campaign", "journey", writer);
            var builder = new JourneyBuilder(name, false);
            writer.accept(builder);
            return builder.build();
        }
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The hash of its content.
     *
     * @return 32 hexadecimal digits
     */
    public String version() {
        return version;
    }

    /**
     * The event that starts a campaign by call.
     *
     * @param campaign the campaign's name
     * @return the event's name, as it stands on timelines
     */
    public static String callOf(String campaign) {
        Given.required("campaign", "callOf", campaign);
        return "Start " + campaign;
    }

    /**
     * Whether the host starts it by call.
     *
     * @return whether its journey says {@link JourneyBuilder#startOnCall}
     */
    public boolean startsOnCall() {
        return terms.entry() instanceof EventRule rule && rule.event().equals(callOf(name));
    }

    /**
     * The messages that it can send.
     *
     * @return each once, in the order of steps
     */
    public List<Message> messages() {
        var laid = new ArrayList<>(nodes.values());
        Collections.reverse(laid); // they are laid from the last to the first
        return laid.stream()
                .flatMap(node -> node.step() instanceof Step.Send send ? Stream.of(send.message()) : Stream.of())
                .distinct()
                .toList();
    }

    /**
     * The windows that its conditions look through.
     *
     * @return the windows
     */
    public List<Window> windows() {
        return conditions().flatMap(Condition::windows).toList();
    }

    /**
     * The segments that its conditions ask for.
     *
     * @return the segments
     */
    public List<Segment> segments() {
        return conditions().flatMap(Condition::segments).toList();
    }

    /**
     * Whether its conditions or messages look at baskets and orders, which are only kept where something does.
     *
     * @return whether they do
     */
    public boolean usesCommerce() {
        return conditions().anyMatch(Condition::usesCommerce)
                || messages().stream().anyMatch(Message::usesCommerce);
    }

    /**
     * The functions of the host that it calls.
     *
     * @return their names, in alphabetical order
     */
    public Set<String> functions() {
        return calls.functions();
    }

    /**
     * Whether a message of it tells a product, which the host's catalogue has to know.
     *
     * @return whether one does
     */
    public boolean usesProduct() {
        return messages().stream().anyMatch(Message::usesProduct);
    }

    /** The traits that its conditions, messages, dates and calls look at. */
    Set<String> traits() {
        return traits;
    }

    private Stream<String> traitNames() {
        var filledIn = messages().stream()
                .flatMap(message -> message.variables().stream())
                .filter(path -> path.startsWith("customer."))
                .map(path -> path.substring("customer.".length()).split("[.\\[]", 2)[0]);
        var dates = nodes.values().stream()
                .flatMap(node -> node.step() instanceof Step.DateDelay delay
                                && delay.date().source() == DateRule.Source.TRAIT
                        ? Stream.of(delay.date().name())
                        : Stream.of());
        var given = nodes.values().stream()
                .flatMap(node -> Calls.paths(node.step()))
                .filter(path -> path.isOf("customer"))
                .map(ValuePath::first);
        return Stream.of(filledIn, dates, given, conditions().flatMap(Condition::traits))
                .flatMap(names -> names);
    }

    private Stream<Condition> conditions() {
        var rules = rules().map(EventRule::condition).flatMap(Stream::ofNullable);
        var members =
                terms.entry() instanceof ScheduleEntry timed ? Stream.of(timed.members()) : Stream.<Condition>of();
        var steps = nodes.values().stream().flatMap(node -> tested(node.step()));
        return Stream.of(rules, members, steps).flatMap(conditions -> conditions);
    }

    /** The events that it starts on, waits for, ends on or is for. */
    Stream<EventRule> rules() {
        var awaited = nodes.values().stream()
                .flatMap(node -> node.step() instanceof Step.Await await ? Stream.of(await.rule()) : Stream.of());
        return Stream.concat(terms.events(), awaited);
    }

    /** The conditions that a step is decided by when it is reached. */
    static Stream<Condition> tested(Step step) {
        if (step instanceof Step.Until until) {
            return Stream.of(until.condition());
        }
        if (step instanceof Step.Branch branch) {
            return Stream.of(branch.condition());
        }
        return step instanceof Step.Choice choice ? choice.options().stream().map(Step.Option::condition) : Stream.of();
    }

    /** {@link Instance#timer} of an instance, without making the shared name anew. */
    String timer(Instance instance) {
        return instance.key().isEmpty() ? timer : instance.timer();
    }

    /** Whose clock counts where a customer's zone is unknown. */
    private ZoneId zone(String campaign, Terms said) {
        ZoneId chosen = said.zone();
        var zones = messages().stream()
                .map(message -> message.brand().zone())
                .distinct()
                .toList();
        boolean scheduled =
                said.entry() instanceof ScheduleEntry timed && timed.schedule().at() != null;
        boolean local = scheduled
                || said.entry() instanceof DateEntry
                || nodes.values().stream().anyMatch(node -> isLocal(node.step()));
        boolean clear = chosen != null || zones.size() == 1;
        if (local && !clear) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' waits by the calendar, and its brands have the zones " + zones
                            + ": expected zone(..), for customers whose own is unknown");
        }
        return chosen != null ? chosen : zones.size() == 1 ? zones.get(0) : ZoneOffset.UTC;
    }

    private static boolean isLocal(Step step) {
        return step instanceof Step.CalendarDelay || step instanceof Step.DateDelay;
    }

    ZoneId zone() {
        return zone;
    }

    Terms terms() {
        return terms;
    }

    Node first() {
        return first;
    }

    /** The steps at the journey's top. */
    List<Step> steps() {
        return Stream.iterate(0, i -> nodes.containsKey(String.valueOf(i)), i -> i + 1)
                .map(i -> Objects.requireNonNull(nodes.get(String.valueOf(i))).step())
                .toList();
    }

    @Nullable
    Node node(String path) {
        return nodes.get(path);
    }

    /** The events that end an instance, wake it, answer what it sent or are its goals. */
    Stream<String> reactions() {
        var awaited = nodes.values().stream()
                .flatMap(node -> node.step() instanceof Step.Await await
                        ? Stream.of(await.rule().event())
                        : Stream.of());
        var answers = nodes.values().stream().anyMatch(Campaign::asksForResponse)
                ? Responses.EVENTS.stream()
                : Stream.<String>empty();
        return Stream.of(
                        terms.exits().stream().map(EventRule::event),
                        terms.goals().stream().map(EventRule::event),
                        awaited,
                        answers)
                .flatMap(events -> events);
    }

    boolean waitsForConditions() {
        return nodes.values().stream().anyMatch(node -> node.step() instanceof Step.Until);
    }

    private static boolean asksForResponse(Node node) {
        return node.step() instanceof Step.Send send
                && send.route().legs().stream().anyMatch(leg -> leg.when() == Route.When.NO_RESPONSE);
    }

    /** Only what is used of the starting event, so that a large event does not make a large customer. */
    Map<String, @Nullable Object> kept(Map<String, @Nullable Object> properties) {
        return CompactMap.of(properties, used);
    }

    /** What of a call's answer is used behind it. */
    Map<String, @Nullable Object> kept(String call, Map<String, @Nullable Object> answer) {
        return calls.kept(call, answer);
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    /** The properties of the starting event that messages fill in and conditions look at. */
    Stream<String> properties() {
        var filledIn = messages().stream()
                .flatMap(message -> message.variables().stream())
                .filter(path -> path.startsWith("event."))
                .map(path -> path.substring("event.".length()).split("[.\\[]", 2)[0]);
        var lookedAt =
                nodes.values().stream().flatMap(node -> tested(node.step())).flatMap(Condition::properties);
        var dates = nodes.values().stream()
                .flatMap(node -> node.step() instanceof Step.DateDelay delay
                                && delay.date().source() == DateRule.Source.EVENT
                        ? Stream.of(delay.date().name())
                        : Stream.of());
        var given = nodes.values().stream()
                .flatMap(node -> Calls.paths(node.step()))
                .filter(path -> path.isOf("event"))
                .map(ValuePath::first);
        var ordered = messages().stream().anyMatch(Message::usesCommerce) ? Stream.of(ORDER_ID) : Stream.<String>of();
        var products = usesProduct() ? PRODUCT_IDS.stream() : Stream.<String>of();
        return Stream.of(filledIn, lookedAt, dates, given, ordered, products).flatMap(names -> names);
    }
}
