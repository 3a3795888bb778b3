// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.identity.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a message says on each channel: one wording for everybody, and others for languages. Immutable. */
final class Wordings {

    static final Wordings NONE = new Wordings(Map.of(), Map.of());

    private final Map<Channel, Wording> plain;
    private final Map<Channel, Map<String, Wording>> variants;

    /**
     * One wording for one person.
     *
     * @param language the language that it is worded in; empty for the one for everybody
     * @param locale for numbers and dates in it
     * @param wording what it says
     */
    record Chosen(String language, Locale locale, Wording wording) {}

    private Wordings(Map<Channel, Wording> plain, Map<Channel, Map<String, Wording>> variants) {
        this.plain = plain;
        this.variants = variants;
    }

    /** The canonical form of a language tag, or {@code null} if it names no language. */
    static @Nullable String tag(String language) {
        try {
            String tag = new Locale.Builder().setLanguageTag(language).build().toLanguageTag();
            return tag.equals("und") ? null : tag;
        } catch (IllformedLocaleException unreadable) {
            return null;
        }
    }

    Wordings with(Channel channel, Wording wording) {
        var more = new TreeMap<>(plain);
        more.put(channel, wording);
        return new Wordings(Collections.unmodifiableMap(more), variants);
    }

    Wordings with(Channel channel, String tag, Wording wording) {
        var languages = new TreeMap<>(variants.getOrDefault(channel, Map.of()));
        languages.put(tag, wording);
        var more = new TreeMap<>(variants);
        more.put(channel, Collections.unmodifiableMap(languages));
        return new Wordings(plain, Collections.unmodifiableMap(more));
    }

    /** By channel. */
    Map<Channel, Wording> plain() {
        return plain;
    }

    /** By language. */
    Map<String, Wording> variants(Channel channel) {
        return variants.getOrDefault(channel, Map.of());
    }

    /** All for a channel. */
    List<Wording> of(Channel channel) {
        var all = new ArrayList<>(variants(channel).values());
        Wording otherwise = plain.get(channel);
        if (otherwise != null) {
            all.add(otherwise);
        }
        return all;
    }

    boolean hasVariants() {
        return !variants.isEmpty();
    }

    /**
     * The wording for somebody: in her language, in that language without its region, in the brand's, or the one for everybody.
     * {@code null} if there is none for the channel.
     */
    @Nullable
    Chosen chosen(Channel channel, Locale hers, String brands) {
        Wording otherwise = plain.get(channel);
        Map<String, Wording> languages = variants(channel);
        if (otherwise == null || languages.isEmpty()) {
            return otherwise == null ? null : new Chosen("", hers, otherwise);
        }
        String tag = nearest(languages.keySet(), hers.toLanguageTag());
        if (!tag.isEmpty()) {
            return new Chosen(tag, hers, known(languages, tag));
        }
        String common = nearest(languages.keySet(), brands);
        Locale locale = Locale.forLanguageTag(common.isEmpty() ? brands : common);
        return new Chosen(common, locale, common.isEmpty() ? otherwise : known(languages, common));
    }

    private static Wording known(Map<String, Wording> languages, String tag) {
        Wording wording = languages.get(tag);
        if (wording == null) {
            throw new IllegalStateException("no wording in " + tag);
        }
        return wording;
    }

    /** By lookup (RFC 4647, section 3.4): what is most special is left out until it fits; empty if nothing does. */
    private static String nearest(Set<String> languages, String wanted) {
        String range = wanted;
        while (!range.isEmpty() && !languages.contains(range)) {
            range = range.substring(0, Math.max(range.lastIndexOf('-'), 0));
        }
        return range;
    }

    Set<String> variables() {
        var all = new TreeSet<String>();
        plain.values().forEach(wording -> all.addAll(wording.variables()));
        variants.values().forEach(languages -> languages.values().forEach(wording -> all.addAll(wording.variables())));
        return all;
    }

    /** What the wordings for everybody say; {@link #told} tells the rest. */
    @Override
    public String toString() {
        return plain.toString();
    }

    String told() {
        return variants.toString();
    }
}
