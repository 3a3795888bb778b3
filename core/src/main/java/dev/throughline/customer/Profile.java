// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import dev.throughline.wire.CompactMap;
import dev.throughline.wire.Writer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a customer. Immutable; asked for by type, and a trait of another type counts as absent.
 *
 * <p>Five traits are read by the library itself: {@code language} (a BCP 47 tag), {@code timezone} (a name of the tz database),
 * {@code country} (ISO 3166-1 alpha-2 in capitals), {@code region} (ISO 3166-2) and {@code birthday} (an ISO date). {@code email} and
 * {@code phone} say which of her addresses reaches her; removed, they stay as {@code null}, because then none of the kind does, until
 * another one becomes known. {@code group} is what is known of the group that she was named in last, a map with its {@code id}, and
 * {@code groups} the ids of the last 20. All others are the host's.
 *
 * <p>Each value bears the instant at which it was said, so that what is heard late does not replace what was said later; see {@link
 * TraitRule}.
 */
public final class Profile {

    private static final Pattern REGION = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ADDRESSES = Set.of("email", "phone");
    private static final int MOST_GROUPS = 20;

    private static final long UNDER_A_NAME = 1L << 62;
    private static final long[] UNSTAMPED = {};

    /** Knows nothing. */
    public static final Profile EMPTY = new Profile(Map.of());

    private final Map<String, @Nullable Object> traits;

    /** When each of the traits was said, in their order; empty if that is not known of any. */
    private final long[] stamps;

    /** When traits were taken away that are not there any more. */
    private final Map<String, Long> removed;

    /**
     * Traits of which nobody knows when they were said.
     *
     * @param traits values by name
     */
    public Profile(Map<String, ? extends @Nullable Object> traits) {
        this(CompactMap.copyOf(traits), UNSTAMPED, Map.of());
    }

    private Profile(Map<String, @Nullable Object> traits, long[] stamps, Map<String, Long> removed) {
        this.traits = traits;
        this.stamps = stamps;
        this.removed = removed;
    }

    /**
     * Something that was said of a trait.
     *
     * @param value what; {@code null} if it was taken away
     * @param stamp when, and whether under a name
     */
    record Said(@Nullable Object value, long stamp) {}

    /**
     * The traits.
     *
     * @return values by name, in the order of names
     */
    public Map<String, @Nullable Object> traits() {
        return traits;
    }

    /** What orders the sayings of a touchpoint among others. */
    static long stamp(Touchpoint touchpoint) {
        long instant = Math.max(0, touchpoint.occurredAt().toEpochMilli());
        return Customer.isBrowser(touchpoint.identity()) ? instant : UNDER_A_NAME | instant;
    }

    static long instant(long stamp) {
        return stamp & ~UNDER_A_NAME;
    }

    /** How it is stored, beside the traits. */
    void writeStamps(int said, int taken, Writer out) {
        for (long stamp : stamps) {
            out.number(said, stamp);
        }
        removed.forEach((name, stamp) -> out.nested(taken, REMOVAL, Map.entry(name, stamp)));
    }

    static Profile of(Map<String, @Nullable Object> traits, long[] stamps, List<Map.Entry<String, Long>> removals) {
        var removed = new TreeMap<String, Long>();
        removals.forEach(removal -> removed.put(removal.getKey(), removal.getValue()));
        return new Profile(CompactMap.copyOf(traits), stamps, CompactMap.copyOf(removed));
    }

    static final Codec<Map.Entry<String, Long>> REMOVAL = Codec.of(
            (removal, out) -> {
                out.string(1, removal.getKey());
                out.number(2, removal.getValue());
            },
            in -> Map.entry(in.string(1), in.number(2)));

    /**
     * Checks the traits that the library reads, so that none is silently taken for absent.
     *
     * @param touchpoint any touchpoint; only those that identify somebody have traits
     * @throws ThroughlineException if one of these traits is there and cannot be read
     */
    public static void check(Touchpoint touchpoint) {
        if (touchpoint.call() == Touchpoint.Call.IDENTIFY) {
            var said = new Profile(touchpoint.properties());
            String where = "identify of " + touchpoint.identity().type();
            said.require("timezone", said.zone(), where, "a name of the tz database such as Asia/Ho_Chi_Minh");
            said.require("language", said.text("language").filter(Profile::isTag), where, "a BCP 47 tag such as vi");
            said.require(
                    "country",
                    said.country().filter(COUNTRIES::contains),
                    where,
                    "an ISO 3166-1 alpha-2 code in capitals, such as VN");
            said.require("birthday", said.birthday(), where, "a date such as 1990-12-31");
        }
    }

    private void require(String trait, Optional<?> read, String where, String expected) {
        Object value = traits.get(trait);
        if (value != null && read.isEmpty()) {
            throw new ThroughlineException(where + ", trait '" + trait + "': '"
                    + Shown.of(value.toString()) + "', expected " + expected
                    + ", or null to remove it");
        }
    }

    /**
     * A trait as text.
     *
     * @param name the trait
     * @return the text, or empty
     */
    public Optional<String> text(String name) {
        return traits.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * A trait as a number.
     *
     * @param name the trait
     * @return the number, or empty
     */
    public Optional<BigDecimal> number(String name) {
        Object value = traits.get(name);
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }

    /**
     * A trait as a flag.
     *
     * @param name the trait
     * @return the flag, or empty
     */
    public Optional<Boolean> flag(String name) {
        return traits.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /**
     * A trait as a date in ISO form.
     *
     * @param name the trait
     * @return the date, or empty
     */
    public Optional<LocalDate> date(String name) {
        return text(name).flatMap(Profile::parsedDate);
    }

    /**
     * Her time zone: the trait {@code timezone}.
     *
     * @return the zone, or empty if it is unknown or is no name of the tz database
     */
    public Optional<ZoneId> zone() {
        return text("timezone").flatMap(Profile::parsedZone);
    }

    /**
     * Her language: the trait {@code language}, a BCP 47 tag; where she has none, the trait {@code locale}, such as {@code vi_VN}.
     *
     * @return the tag, or empty
     */
    public Optional<String> language() {
        Optional<String> told = text("language");
        return told.isPresent() ? told : locale();
    }

    private Optional<String> locale() {
        return text("locale").map(tag -> tag.replace('_', '-')).filter(Profile::isTag);
    }

    /**
     * The country where she lives: the trait {@code country}, an ISO 3166-1 alpha-2 code in capitals.
     *
     * @return the code, or empty
     */
    public Optional<String> country() {
        return text("country");
    }

    /**
     * Where she lives, as exactly as it is known: the trait {@code region}, an ISO 3166-2 code such as {@code US-FL} where states have laws
     * of their own, or else {@link #country}.
     *
     * @return the code, or empty
     */
    public Optional<String> residence() {
        return region().or(this::country);
    }

    private Optional<String> region() {
        return text("region")
                .filter(code -> REGION.matcher(code).matches() && COUNTRIES.contains(code.substring(0, 2)));
    }

    /**
     * Her date of birth: the trait {@code birthday}, in ISO form.
     *
     * @return the date, or empty
     */
    public Optional<LocalDate> birthday() {
        return date("birthday");
    }

    /** With what a touchpoint says. */
    Profile with(Touchpoint touchpoint, Function<String, TraitRule> rules) {
        long stamp = stamp(touchpoint);
        var news = touchpoint.properties();
        if (traits.isEmpty() && removed.isEmpty() && !removes(news)) {
            var stamps = new long[news.size()];
            Arrays.fill(stamps, stamp);
            return new Profile(CompactMap.copyOf(news), stamps, Map.of());
        }
        var all = sayings();
        news.forEach((name, value) -> all.merge(
                name,
                new Said(value, stamp),
                (known, said) -> rules.apply(name).prefers(known, said) > 0 ? known : said));
        return of(all);
    }

    /** With what is known of a customer who turns out to be the same. */
    Profile joined(Profile other, Function<String, TraitRule> rules) {
        var all = sayings();
        other.sayings()
                .forEach((name, value) -> all.merge(name, value, (one, another) -> {
                    int order = rules.apply(name).prefers(one, another);
                    int settled =
                            order != 0 ? order : String.valueOf(one.value).compareTo(String.valueOf(another.value));
                    return settled >= 0 ? one : another;
                }));
        return of(all);
    }

    /** Without what another has said: where both have said something of a trait, what came later has been kept, and goes with her who said it. */
    Profile without(Profile other) {
        var all = sayings();
        other.sayings().forEach(all::remove);
        return of(all);
    }

    private Map<String, Said> sayings() {
        var all = new TreeMap<String, Said>();
        int place = 0;
        for (var trait : traits.entrySet()) {
            all.put(trait.getKey(), new Said(trait.getValue(), place < stamps.length ? stamps[place] : 0));
            place++;
        }
        removed.forEach((name, stamp) -> all.put(name, new Said(null, stamp)));
        return all;
    }

    private static Profile of(Map<String, Said> sayings) {
        var traits = new TreeMap<String, @Nullable Object>();
        var stamps = new long[sayings.size()];
        var removed = new TreeMap<String, Long>();
        sayings.forEach((name, said) -> {
            if (said.value == null && !ADDRESSES.contains(name)) {
                removed.put(name, said.stamp);
            } else {
                stamps[traits.size()] = said.stamp;
                traits.put(name, said.value);
            }
        });
        return new Profile(CompactMap.copyOf(traits), Arrays.copyOf(stamps, traits.size()), CompactMap.copyOf(removed));
    }

    /** The profile of somebody who belongs to a group; the group that is heard of last stands last. */
    Profile in(Touchpoint group) {
        long stamp = stamp(group);
        var described = new TreeMap<>(group.properties());
        String id = String.valueOf(described.remove("groupId"));
        described.put("id", id);
        var all = sayings();
        all.merge("group", new Said(described, stamp), (known, said) -> known.stamp > said.stamp ? known : said);
        all.merge(
                "groups",
                new Said(List.of(id), stamp),
                (known, said) -> new Said(with(known.value, id), Math.max(known.stamp, stamp)));
        return of(all);
    }

    private static List<@Nullable Object> with(@Nullable Object groups, String id) {
        var ids = new ArrayList<@Nullable Object>(groups instanceof List<?> known ? known : List.of());
        ids.remove(id);
        ids.add(id);
        return List.copyOf(ids.subList(Math.max(0, ids.size() - MOST_GROUPS), ids.size()));
    }

    private static boolean removes(Map<String, ? extends @Nullable Object> news) {
        for (Object value : news.values()) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    /** Whether she is not to be reached at the addresses of a kind that are known. */
    boolean isRemoved(String kind) {
        return traits.containsKey(kind) && traits.get(kind) == null;
    }

    /** The profile once a new address of a kind is known. */
    Profile restored(String kind) {
        var all = sayings();
        all.remove(kind);
        return of(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Profile profile
                && traits.equals(profile.traits)
                && Arrays.equals(stamps, profile.stamps)
                && removed.equals(profile.removed);
    }

    @Override
    public int hashCode() {
        return traits.hashCode();
    }

    @Override
    public String toString() {
        return "Profile[traits=" + traits + "]";
    }

    private static boolean isTag(String text) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(text)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException notATag) {
            return false;
        }
    }

    private static Optional<LocalDate> parsedDate(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> parsedZone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException notAZone) {
            return Optional.empty();
        }
    }
}
