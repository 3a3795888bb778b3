// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody may be whose country, or whose area code of the North American numbering plan, is all that is known. A number may have
 * been taken along to another place: what follows from it is a presumption, as Florida's law says (FS 501.059(8)(d)). Thread-safe.
 */
public final class Places {

    private static final int AREA_CODE = 3;
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();
    private static final Map<String, Set<ZoneId>> BY_COUNTRY = new HashMap<>();
    private static final Map<String, Set<ZoneId>> BY_REGION = new HashMap<>();
    private static final Map<String, Place> BY_AREA_CODE = new HashMap<>();

    /** Parts of France in the Pacific and elsewhere, as ISO 3166-2 numbers them; others bear the letters of their own ISO 3166-1 code. */
    private static final Map<String, String> OVERSEAS = Map.ofEntries(
            Map.entry("FR-971", "GP"),
            Map.entry("FR-972", "MQ"),
            Map.entry("FR-973", "GF"),
            Map.entry("FR-974", "RE"),
            Map.entry("FR-975", "PM"),
            Map.entry("FR-976", "YT"),
            Map.entry("FR-977", "BL"),
            Map.entry("FR-978", "MF"),
            Map.entry("FR-986", "WF"),
            Map.entry("FR-987", "PF"),
            Map.entry("FR-988", "NC"),
            Map.entry("NL-BQ1", "BQ"),
            Map.entry("NL-BQ2", "BQ"),
            Map.entry("NL-BQ3", "BQ"),
            Map.entry("NO-21", "SJ"),
            Map.entry("FI-01", "AX"));

    /** Countries whose parts abroad bear the code that they have as countries; elsewhere the same letters name another place. */
    private static final Set<String> WITH_TERRITORIES = Set.of("US", "FR", "NL", "CN");

    private record Place(Set<String> regions, Set<ZoneId> zones) {}

    static {
        lines("country-zones.txt").forEach(words -> BY_COUNTRY.put(words[0], parsed(words[1])));
        for (String[] words : lines("area-codes.txt")) {
            var place = new Place(texts(words[1]), parsed(words[2]));
            BY_AREA_CODE.put(words[0], place);
            place.regions.forEach(region -> BY_REGION
                    .computeIfAbsent(region, any -> new LinkedHashSet<>())
                    .addAll(place.zones));
        }
    }

    private Places() {}

    /**
     * The time zones in which somebody may be who lives in a country, or in a part of it, one for each set of rules.
     *
     * @param residence ISO 3166-1, such as {@code VN}, or ISO 3166-2, such as {@code US-FL}; the parts of the United States and Canada,
     *     and territories overseas, have zones of their own, other parts those of their country
     * @return the zones; empty for a country that is not known
     */
    public static Set<ZoneId> zones(String residence) {
        Given.required("places", "zones", residence);
        String country = residence.split("-", 2)[0];
        Set<ZoneId> ofRegion = residence.equals(country) ? null : ofRegion(country, residence);
        return ofRegion == null ? BY_COUNTRY.getOrDefault(country, Set.of()) : Collections.unmodifiableSet(ofRegion);
    }

    private static @Nullable Set<ZoneId> ofRegion(String country, String region) {
        Set<ZoneId> zones = BY_REGION.get(region);
        if (zones != null) {
            return zones;
        }
        String part = region.substring(country.length() + 1);
        return BY_COUNTRY.get(OVERSEAS.getOrDefault(region, WITH_TERRITORIES.contains(country) ? part : ""));
    }

    /** Of a phone number: those of its area code, or else of its country. */
    static Set<ZoneId> zonesOf(String number) {
        Place place = place(number);
        return place == null ? zones(PhoneNumbers.country(number)) : place.zones;
    }

    /** Of a phone number: ISO 3166-2. */
    static Set<String> regionsOf(String number) {
        Place place = place(number);
        return place == null ? Set.of() : place.regions;
    }

    private static @Nullable Place place(String number) {
        return number.startsWith("+1") && number.length() >= 2 + AREA_CODE
                ? BY_AREA_CODE.get(number.substring(2, 2 + AREA_CODE))
                : null;
    }

    private static Iterable<String[]> lines(String name) {
        try (InputStream in = Objects.requireNonNull(Places.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " cannot be read", unreadable);
        }
    }

    /** A zone that is younger than the JDK is left out: its country has others. */
    private static Set<ZoneId> parsed(String names) {
        var zones = new LinkedHashSet<ZoneId>();
        texts(names).stream().filter(KNOWN::contains).map(ZoneId::of).forEach(zones::add);
        return Collections.unmodifiableSet(zones);
    }

    private static Set<String> texts(String words) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(words.split(",", -1))));
    }
}
