// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The static lists that somebody was put on or taken off by name. Of what was said twice the later counts, by its own time. Bounded: 500
 * lists are remembered. Immutable.
 *
 * @param entries what was said last of each list, in the order of names
 * @param unknown fields of a newer version
 */
public record Lists(List<Entry> entries, byte[] unknown) {

    /** The event of being put on a list; its property {@code list} names the list. */
    public static final String JOINED = "List Joined";

    /** The event of being taken off a list; its property {@code list} names the list. */
    public static final String LEFT = "List Left";

    /** The property that names the list. */
    public static final String PROPERTY = "list";

    static final int MOST = 500;

    static final Lists NONE = new Lists(List.of(), new byte[0]);

    static final Codec<Lists> CODEC = Codec.of(
            (lists, out) -> {
                out.each(1, Entry.CODEC, lists.entries);
                out.raw(lists.unknown);
            },
            in -> new Lists(in.each(1, Entry.CODEC), in.above(1)));

    /** Copies the list. */
    public Lists {
        entries = List.copyOf(entries);
    }

    /**
     * What was said last of one list.
     *
     * @param name the list's name
     * @param at when, in milliseconds since 1970
     * @param on whether she is on it
     */
    public record Entry(String name, long at, boolean on) {
        static final Codec<Entry> CODEC = Codec.of(
                (entry, out) -> {
                    out.string(1, entry.name);
                    out.number(2, entry.at);
                    out.flag(3, entry.on);
                },
                in -> new Entry(in.string(1), in.number(2), in.flag(3)));

        /** What is said now, unless it happened before what was said then. */
        Entry then(Entry now) {
            return now.at >= at ? now : this;
        }

        /** What two have said who are one; of one instant, who is on it is on it. */
        Entry or(Entry other) {
            return other.at > at || (other.at == at && other.on) ? other : this;
        }
    }

    /**
     * Checks the name of a list.
     *
     * @param name the name
     * @return the name
     * @throws ThroughlineException if it is no line of 1 to 100 characters
     */
    public static String checked(String name) {
        if (name.length() > 100 || !Identity.isLine(name)) {
            throw new ThroughlineException("list '" + Shown.of(name)
                    + "': expected 1 to 100 characters, without line breaks or other control characters");
        }
        return name;
    }

    /**
     * The store's set of those who are on a list.
     *
     * @param list the list's name
     * @return the set's name
     */
    public static String set(String list) {
        return "list/" + list;
    }

    /**
     * Since when she is on a list.
     *
     * @param list the list's name
     * @return when she was put on it; empty if she is not on it
     */
    public Optional<Instant> since(String list) {
        return on().filter(entry -> entry.name.equals(list))
                .map(entry -> Instant.ofEpochMilli(entry.at))
                .findFirst();
    }

    boolean has(String list) {
        for (Entry entry : entries) {
            if (entry.on && entry.name.equals(list)) {
                return true;
            }
        }
        return false;
    }

    Stream<Entry> on() {
        return entries.stream().filter(Entry::on);
    }

    Lists with(Entry said) {
        return with(List.of(said), Entry::then);
    }

    Lists or(Lists other) {
        return with(other.entries, Entry::or);
    }

    /** What she was taken off is forgotten first where there is too much of it. */
    private Lists with(Collection<Entry> said, BinaryOperator<Entry> one) {
        var all = new TreeMap<String, Entry>();
        entries.forEach(entry -> all.put(entry.name, entry));
        said.forEach(entry -> all.merge(entry.name, entry, one));
        for (Entry entry : List.copyOf(all.values())) {
            if (all.size() > MOST && !entry.on) {
                all.remove(entry.name);
            }
        }
        return new Lists(all.values().stream().limit(MOST).toList(), unknown);
    }
}
