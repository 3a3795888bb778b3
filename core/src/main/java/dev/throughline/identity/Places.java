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
     * @param residence ISO 3166-1, such as {@code VN}, or ISO 3166-2, such as {@code US-FL}; the parts of the United States and Canada
     *     have zones of their own, other parts those of their country
     * @return the zones; empty for a country that is not known
     */
    public static Set<ZoneId> zones(String residence) {
        Given.required("places", "zones", residence);
        String country = residence.split("-", 2)[0];
        Set<ZoneId> ofRegion = residence.equals(country) ? null : BY_REGION.get(residence);
        return ofRegion == null ? BY_COUNTRY.getOrDefault(country, Set.of()) : Collections.unmodifiableSet(ofRegion);
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
