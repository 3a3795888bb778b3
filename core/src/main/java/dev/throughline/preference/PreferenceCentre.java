// SPDX-License-Identifier: Apache-2.0
package dev.throughline.preference;

import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Standing;
import dev.throughline.consent.Suppression;
import dev.throughline.consent.Wish;
import dev.throughline.customer.Customer;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has chosen, for a page to show: per channel and topic what stands, with how often and when. It holds no address in the
 * clear.
 *
 * @param menu what there is to choose
 * @param shownIn in which language of the menu the page speaks, and so the words that a tick says yes to
 * @param language her language, among those of the menu
 * @param channels the channels that reach her, in the menu's order
 * @param version names this state; a form brings it back, so that what has changed meanwhile is not overwritten
 */
public record PreferenceCentre(
        PreferenceMenu menu, String shownIn, String language, List<ChannelChoice> channels, String version) {

    /** Copies the list. */
    public PreferenceCentre {
        channels = List.copyOf(channels);
    }

    /** What stands on a channel or about a topic. */
    public enum State {
        /** She has said yes, or has not said no where the law lets advertising be sent until she does. */
        ON,
        /** She has said yes, and has not confirmed it yet. */
        PENDING,
        /** She has not said yes, or said no since. */
        OFF,
        /** Nothing is sent there whatever she says: the address does not exist, somebody has complained, or a reply waits to be read. */
        BLOCKED
    }

    /** What is known of her addresses. For the rooms above. */
    public interface Ledger {

        /**
         * What stands at an address.
         *
         * @param address the address
         * @param question about what
         * @return everything that speaks for and against
         */
        Standing standing(Address address, Question question);

        /**
         * Whether the law lets advertising be sent there although nobody has agreed.
         *
         * @param address the address
         * @param standing what stands there
         * @return whether
         */
        boolean isSentUnasked(Address address, Standing standing);

        /**
         * The last line of an address, which is another one once anything has been said.
         *
         * @param address the address
         * @return such as its hash
         */
        String last(Address address);
    }

    /**
     * One channel.
     *
     * @param channel the channel
     * @param address where it reaches her, mostly hidden, such as {@code m•••@example.com}
     * @param state what stands
     * @param wish how often and when she wants it on this channel
     * @param topics the topics, in the menu's order
     * @param refusedAt when she said no last, if that still stands; else {@code null}
     */
    public record ChannelChoice(
            Channel channel,
            String address,
            State state,
            Wish wish,
            List<TopicChoice> topics,
            @Nullable Instant refusedAt) {

        /** Copies the list. */
        public ChannelChoice {
            topics = List.copyOf(topics);
        }

        /**
         * Whether its box is ticked.
         *
         * @return whether she has said yes, confirmed or not
         */
        public boolean isChosen() {
            return state == State.ON || state == State.PENDING;
        }

        /**
         * The frequencies that can be chosen: those of the menu, and hers if it is another.
         *
         * @param menu the menu
         * @return beginning with none
         */
        public List<Wish> frequencies(PreferenceMenu menu) {
            return offered(menu.frequencies(), frequency());
        }

        /**
         * The hours that can be chosen: those of the menu, and hers if they are others.
         *
         * @param menu the menu
         * @return beginning with none
         */
        public List<Wish> hours(PreferenceMenu menu) {
            return offered(menu.hours(), times());
        }

        /**
         * How often.
         *
         * @return her wish without its hours
         */
        public Wish frequency() {
            return new Wish(wish.most(), wish.within(), 0, 0);
        }

        /**
         * When.
         *
         * @return her wish without its frequency
         */
        public Wish times() {
            return new Wish(0, Wish.NONE.within(), wish.from(), wish.to());
        }

        private static List<Wish> offered(List<Wish> menu, Wish hers) {
            return Stream.concat(Stream.concat(Stream.of(Wish.NONE), menu.stream()), Stream.of(hers))
                    .distinct()
                    .toList();
        }
    }

    /**
     * One topic on one channel.
     *
     * @param topic the topic
     * @param chosen whether she has said yes to the channel and not refused the topic: no box is ticked by default
     * @param refusedAt when she refused it, if that still stands; else {@code null}
     */
    public record TopicChoice(
            PreferenceMenu.Topic topic,
            boolean chosen,
            @Nullable Instant refusedAt) {}

    /**
     * What stands. For the rooms above.
     *
     * @param menu what there is to choose
     * @param customer who
     * @param now when
     * @param ledger answers questions about her addresses
     * @return what to show
     */
    public static PreferenceCentre of(PreferenceMenu menu, Customer customer, Instant now, Ledger ledger) {
        var channels = new ArrayList<ChannelChoice>();
        var lines = new ArrayList<String>();
        for (Channel channel : menu.channels()) {
            customer.addressOn(channel).ifPresent(address -> {
                channels.add(choice(menu, address, ledger, topic -> question(menu, customer, channel, topic, now)));
                lines.add(ledger.last(address));
            });
        }
        String language =
                menu.language(customer.profile().language().orElse(menu.brand().language()));
        return new PreferenceCentre(menu, language, language, channels, version(menu, language, channels, lines));
    }

    /**
     * The same in another language.
     *
     * @param tag in which; the menu's nearest to it is taken
     * @return the changed value, of the same version
     */
    public PreferenceCentre shownIn(String tag) {
        return new PreferenceCentre(menu, menu.language(tag), language, channels, version);
    }

    private static Question question(
            PreferenceMenu menu, Customer customer, Channel channel, String topic, Instant now) {
        return new Question(
                customer.id(),
                menu.brand().controller(),
                menu.brand().name(),
                channel,
                Purpose.ADVERTISING,
                topic,
                now);
    }

    private static ChannelChoice choice(
            PreferenceMenu menu, Address address, Ledger ledger, Function<String, Question> about) {
        Standing standing = ledger.standing(address, about.apply(""));
        State state = state(standing, () -> ledger.isSentUnasked(address, standing));
        boolean on = state == State.ON || state == State.PENDING;
        var topics = menu.topics().stream()
                .map(topic -> choice(topic, on, ledger.standing(address, about.apply(topic.id()))))
                .toList();
        return new ChannelChoice(
                standing.question().channel(),
                hidden(address),
                state,
                wish(standing),
                topics,
                latest(standing.denials()).orElse(null));
    }

    private static TopicChoice choice(PreferenceMenu.Topic topic, boolean on, Standing standing) {
        var own = standing.denials().stream()
                .filter(denial -> denial.scope().topic().equals(topic.id()))
                .toList();
        return new TopicChoice(topic, on && own.isEmpty(), latest(own).orElse(null));
    }

    private static Optional<Instant> latest(List<Standing.Denial> denials) {
        return denials.stream().map(Standing.Denial::at).max(Instant::compareTo);
    }

    /** Who was erased comes back by a yes of her own. */
    private static State state(Standing standing, BooleanSupplier unasked) {
        if (standing.suppressions().stream().anyMatch(each -> each.reason() != Suppression.ERASURE)) {
            return State.BLOCKED;
        }
        if (!standing.denials().isEmpty()) {
            return State.OFF;
        }
        if (!standing.inForce().isEmpty()) {
            return State.ON;
        }
        if (standing.suppressions().isEmpty() && unasked.getAsBoolean()) {
            return State.ON;
        }
        return standing.grounds(Standing.State.PENDING).isEmpty() ? State.OFF : State.PENDING;
    }

    /** The one that this page sets; others, which reach further or less far, count as well. */
    private static Wish wish(Standing standing) {
        return standing.wishes().stream()
                .filter(wished -> wished.scope()
                                .channel()
                                .equals(standing.question().channel().name())
                        && wished.scope().topic().isEmpty()
                        && wished.scope().controller().isEmpty())
                .reduce((earlier, later) -> later)
                .map(Standing.Wished::wish)
                .orElse(Wish.NONE);
    }

    private static String hidden(Address address) {
        String value = address.value();
        int at = value.lastIndexOf('@');
        if (at > 0) {
            return value.substring(0, 1) + "•••" + value.substring(at);
        }
        int shown = Math.min(3, value.length() / 3);
        return value.substring(0, shown) + "•••" + value.substring(value.length() - shown);
    }

    /** Also by the ledgers' last lines: what looks as it did before may have been refused and granted since. */
    private static String version(
            PreferenceMenu menu, String language, List<ChannelChoice> channels, List<String> lines) {
        var parts = new ArrayList<Object>(
                List.of("preference centre", language, menu.notices(), menu.frequencies(), menu.hours(), lines));
        for (ChannelChoice each : channels) {
            parts.addAll(List.of(each.channel(), each.address(), each.state(), each.wish()));
            each.topics().forEach(topic -> parts.addAll(List.of(topic.topic().id(), topic.chosen())));
        }
        return Ids.hash(parts.toArray());
    }
}
