// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.CompactMap;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a customer. Immutable; asked for by type, and a trait of another type counts as absent.
 *
 * <p>Four traits are read by the library itself: {@code language} (a BCP 47 tag), {@code timezone} (a name of the tz database),
 * {@code country} (ISO 3166-1 alpha-2 in capitals) and {@code birthday} (an ISO date). {@code email} and {@code phone} say which of
 * her addresses reaches her; removed, they stay as {@code null}, because then none of the kind does, until another one becomes
 * known. All others are the host's.
 *
 * @param traits values by name, in the order of names
 */
public record Profile(Map<String, @Nullable Object> traits) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ADDRESSES = Set.of("email", "phone");

    /** Copies and sorts the traits. */
    public Profile {
        traits = CompactMap.copyOf(traits);
    }

    /** Knows nothing. */
    public static final Profile EMPTY = new Profile(Map.of());

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
            said.require("language", said.language().filter(Profile::isTag), where, "a BCP 47 tag such as vi");
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
     * Her language: the trait {@code language}, a BCP 47 tag.
     *
     * @return the tag, or empty
     */
    public Optional<String> language() {
        return text("language");
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
     * Her date of birth: the trait {@code birthday}, in ISO form.
     *
     * @return the date, or empty
     */
    public Optional<LocalDate> birthday() {
        return date("birthday");
    }

    Profile with(Map<String, ? extends @Nullable Object> news) {
        if (traits.isEmpty() && !removes(news)) {
            return new Profile(CompactMap.copyOf(news));
        }
        var more = new HashMap<String, @Nullable Object>(traits);
        news.forEach((name, value) -> {
            if (value == null && !ADDRESSES.contains(name)) {
                more.remove(name);
            } else {
                more.put(name, value);
            }
        });
        return new Profile(more);
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
        var more = new HashMap<String, @Nullable Object>(traits);
        more.remove(kind);
        return new Profile(more);
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
