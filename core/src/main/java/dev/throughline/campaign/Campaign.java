// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.segment.Window;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.CompactMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign: a journey and what starts and ends it. An immutable value made by code; customers in a journey stay with the version
 * that they entered.
 */
public final class Campaign {

    /** The property that says which order an event is about. */
    static final String ORDER_ID = "order_id";

    private final String name;
    private final EventRule entry;
    private final boolean once;
    private final String key;
    private final List<EventRule> exits;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Node first;
    private final String version;
    private final String timer;
    private final List<String> used;

    Campaign(String name, EventRule entry, boolean once, String key, List<EventRule> exits, List<Step> steps) {
        this.name = name;
        this.entry = entry;
        this.once = once;
        this.key = key;
        this.exits = exits;
        this.first = Objects.requireNonNull(lay(steps, "", null));
        this.version = Ids.hash("campaign", name, entry, once, key, exits, outline());
        this.timer = Instance.timer(name);
        this.used = properties().distinct().sorted().toList();
    }

    /**
     * A step and where it leads: {@code null} where the journey ends.
     *
     * @param campaign whose step it is
     * @param path where it stands
     * @param step the step
     * @param next what follows
     * @param yes what follows an event or a condition that holds
     * @param no what follows a timeout or a condition that does not
     */
    record Node(
            Campaign campaign,
            String path,
            Step step,
            @Nullable Node next,
            @Nullable Node yes,
            @Nullable Node no) {}

    /**
     * Begins a campaign.
     *
     * @param name names it, for ever
     * @return what makes it
     * @throws ThroughlineException if the name is empty, longer than 100 characters or holds control characters
     */
    public static Named named(String name) {
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
     * The messages that it can send.
     *
     * @return each once, in the order of steps
     */
    public List<Message> messages() {
        return nodes.values().stream()
                .flatMap(node -> node.step instanceof Step.Send send ? Stream.of(send.message()) : Stream.of())
                .distinct()
                .toList();
    }

    /**
     * The windows that its conditions look through.
     *
     * @return the windows
     */
    public List<Window> windows() {
        return conditions().stream().flatMap(Condition::windows).toList();
    }

    /**
     * Whether its conditions or messages look at baskets and orders, which are only kept where something does.
     *
     * @return whether they do
     */
    public boolean usesCommerce() {
        return conditions().stream().anyMatch(Condition::usesCommerce)
                || messages().stream().anyMatch(Message::usesCommerce);
    }

    private List<Condition> conditions() {
        var conditions = new ArrayList<@Nullable Condition>();
        conditions.add(entry.condition());
        exits.forEach(exit -> conditions.add(exit.condition()));
        for (Node node : nodes.values()) {
            if (node.step instanceof Step.Await await) {
                conditions.add(await.rule().condition());
            } else if (node.step instanceof Step.Branch branch) {
                conditions.add(branch.condition());
            }
        }
        return conditions.stream().flatMap(Stream::ofNullable).toList();
    }

    /** {@link Instance#timer} of an instance, without making the shared name anew. */
    String timer(Instance instance) {
        return instance.key().isEmpty() ? timer : instance.timer();
    }

    EventRule entry() {
        return entry;
    }

    boolean once() {
        return once;
    }

    String key() {
        return key;
    }

    List<EventRule> exits() {
        return exits;
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

    /** The events that end an instance, wake it or answer what it sent. */
    Stream<String> reactions() {
        var awaited = nodes.values().stream()
                .flatMap(node -> node.step instanceof Step.Await await
                        ? Stream.of(await.rule().event())
                        : Stream.of());
        var answers = nodes.values().stream().anyMatch(Campaign::asksForResponse)
                ? Responses.EVENTS.stream()
                : Stream.<String>empty();
        return Stream.of(exits.stream().map(EventRule::event), awaited, answers).flatMap(events -> events);
    }

    private static boolean asksForResponse(Node node) {
        return node.step instanceof Step.Send send
                && send.route().legs().stream().anyMatch(leg -> leg.when() == Route.When.NO_RESPONSE);
    }

    /** Only what is used of the starting event, so that a large event does not make a large customer. */
    Map<String, @Nullable Object> kept(Touchpoint touchpoint) {
        return CompactMap.of(touchpoint.properties(), used);
    }

    /** The properties of the starting event that messages fill in and conditions look at. */
    Stream<String> properties() {
        var filledIn = messages().stream()
                .flatMap(message -> message.variables().stream())
                .filter(path -> path.startsWith("event."))
                .map(path -> path.substring("event.".length()).split("[.\\[]", 2)[0]);
        var lookedAt = nodes.values().stream()
                .flatMap(node -> node.step instanceof Step.Branch branch
                        ? branch.condition().properties()
                        : Stream.of());
        var ordered = messages().stream().anyMatch(Message::usesCommerce) ? Stream.of(ORDER_ID) : Stream.<String>of();
        return Stream.of(filledIn, lookedAt, ordered).flatMap(names -> names);
    }

    /** Gives each step its path, from the last to the first, so that each knows what follows it. */
    private @Nullable Node lay(List<Step> block, String prefix, @Nullable Node after) {
        Node next = after;
        for (int i = block.size() - 1; i >= 0; i--) {
            String path = prefix + i;
            Step step = block.get(i);
            Node yes = null;
            Node no = null;
            if (step instanceof Step.Branch branch) {
                yes = lay(branch.then(), path + ".then.", next);
                no = lay(branch.otherwise(), path + ".otherwise.", next);
            } else if (step instanceof Step.Await await) {
                yes = lay(await.happened(), path + ".happened.", next);
                no = lay(await.timeout(), path + ".timeout.", next);
            }
            next = new Node(this, path, step, next, yes, no);
            nodes.put(path, next);
        }
        return next;
    }

    /** Blocks are told by the paths of their steps; the text of nothing else than data may stand here. */
    private String outline() {
        var text = new StringBuilder();
        nodes.forEach((path, node) ->
                text.append(path).append('=').append(outline(node.step)).append('\n'));
        return text.toString();
    }

    private static String outline(Step step) {
        if (step instanceof Step.Send send) {
            return "send " + send.message().hash() + " " + send.route();
        }
        if (step instanceof Step.Branch branch) {
            return "branch " + branch.condition();
        }
        return step instanceof Step.Await await ? "await " + await.rule() + " " + await.atMost() : step.toString();
    }
}
