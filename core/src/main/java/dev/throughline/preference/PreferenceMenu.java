// SPDX-License-Identifier: Apache-2.0
package dev.throughline.preference;

import dev.throughline.consent.Notice;
import dev.throughline.consent.Wish;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people can choose in a host's preference centre, all of it about advertising: {@code PreferenceMenu.of(shop, EMAIL,
 * SMS).inLanguage("en", notice).topic("tea", Map.of("en", "New teas")).atMost(1, Duration.ofDays(7))}. Immutable; each method returns a
 * changed copy.
 */
public final class PreferenceMenu {

    private final Brand brand;
    private final List<Channel> channels;
    private final Map<String, Notice> notices;
    private final List<Topic> topics;
    private final List<Wish> frequencies;
    private final List<Wish> hours;

    private PreferenceMenu(
            Brand brand,
            List<Channel> channels,
            Map<String, Notice> notices,
            List<Topic> topics,
            List<Wish> frequencies,
            List<Wish> hours) {
        this.brand = brand;
        this.channels = channels;
        this.notices = notices;
        this.topics = topics;
        this.frequencies = frequencies;
        this.hours = hours;
    }

    /**
     * A topic that messages are about.
     *
     * @param id its name in messages and consents, of letters, digits, dots, hyphens and underscores
     * @param names what people read, by language
     */
    public record Topic(String id, Map<String, String> names) {

        /**
         * Checks the id and copies the names.
         *
         * @throws ThroughlineException if the id has other characters, or is longer than 60
         */
        public Topic {
            if (!Given.required("topic", "id", id).matches("[A-Za-z0-9._-]{1,60}")) {
                throw new ThroughlineException(
                        "topic '" + id + "': expected 1 to 60 letters, digits, dots, hyphens and underscores");
            }
            names = Map.copyOf(names);
        }

        /**
         * What people read.
         *
         * @param language in which language
         * @return its name there, else its id
         */
        public String name(String language) {
            return names.getOrDefault(language, id);
        }
    }

    /**
     * A menu of a brand.
     *
     * @param brand to whose controller people say yes
     * @param channels the channels, in the order in which they are shown
     * @return the menu, which needs a language
     */
    public static PreferenceMenu of(Brand brand, Channel... channels) {
        Given.required("preference menu", "brand", brand);
        Given.all("preference menu", "channels", channels);
        return new PreferenceMenu(brand, List.of(channels), Collections.emptyMap(), List.of(), List.of(), List.of());
    }

    /**
     * In one more language.
     *
     * @param tag such as {@code vi}
     * @param notice the words that a tick says yes to, as they stand on the page; they become the evidence
     * @return the changed menu
     */
    public PreferenceMenu inLanguage(String tag, Notice notice) {
        var more = new LinkedHashMap<>(notices);
        more.put(Given.required("preference menu", "tag", tag), Given.required("preference menu", "notice", notice));
        return new PreferenceMenu(brand, channels, Collections.unmodifiableMap(more), topics, frequencies, hours);
    }

    /**
     * With one more topic.
     *
     * @param id its name in messages and consents
     * @param names what people read, by language
     * @return the changed menu
     */
    public PreferenceMenu topic(String id, Map<String, String> names) {
        return new PreferenceMenu(brand, channels, notices, and(topics, new Topic(id, names)), frequencies, hours);
    }

    /**
     * With one more frequency to choose, besides "as often as you like".
     *
     * @param messages how many, 1 to 100
     * @param time within what sliding time, an hour to 31 days
     * @return the changed menu
     */
    public PreferenceMenu atMost(int messages, Duration time) {
        var more = and(frequencies, Wish.NONE.atMost(messages, time));
        return new PreferenceMenu(brand, channels, notices, topics, more, hours);
    }

    /**
     * With some more hours to choose, besides "at any lawful hour".
     *
     * @param first when they begin, by the recipient's clock
     * @param end when they end
     * @return the changed menu
     */
    public PreferenceMenu between(LocalTime first, LocalTime end) {
        var more = and(hours, Wish.NONE.between(first, end));
        return new PreferenceMenu(brand, channels, notices, topics, frequencies, more);
    }

    private static <T> List<T> and(List<T> some, T one) {
        var more = new ArrayList<>(some);
        more.add(one);
        return List.copyOf(more);
    }

    /**
     * To whose controller people say yes.
     *
     * @return the brand
     */
    public Brand brand() {
        return brand;
    }

    /**
     * The channels.
     *
     * @return in the order in which they are shown
     */
    public List<Channel> channels() {
        return channels;
    }

    /**
     * The languages, with the words that a tick says yes to in each.
     *
     * @return by tag, in the order in which they were given; unmodifiable
     */
    public Map<String, Notice> notices() {
        return notices;
    }

    /**
     * The topics.
     *
     * @return in the order in which they are shown
     */
    public List<Topic> topics() {
        return topics;
    }

    /**
     * The frequencies to choose, besides none.
     *
     * @return in the order in which they are shown
     */
    public List<Wish> frequencies() {
        return frequencies;
    }

    /**
     * The hours to choose, besides none.
     *
     * @return in the order in which they are shown
     */
    public List<Wish> hours() {
        return hours;
    }

    /** Which of the languages is nearest to a tag; the first one if none is. */
    String language(String tag) {
        return notices.keySet().stream()
                .filter(each -> tag.equals(each) || tag.startsWith(each + "-"))
                .findFirst()
                .or(() -> notices.keySet().stream().findFirst())
                .orElseThrow(() -> new ThroughlineException("preference menu of brand '" + brand.name()
                        + "': no language, expected inLanguage(tag, notice)"));
    }
}
