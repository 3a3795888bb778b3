// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Standing;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Places;
import dev.throughline.identity.Sender;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is told of one message to one address. Immutable; each method returns a changed copy.
 *
 * @param messageClass what the message is for, after {@link Policy#messageClass}
 * @param address to which contact point
 * @param brand under which brand
 * @param standing what the ledger says; its question names customer, channel, topic and instant
 * @param sender as whom; {@code null} if the brand has none on the channel
 * @param zone the recipient's zone; {@code null} if unknown
 * @param residence the recipient's country as ISO 3166-1 code, or part of it as ISO 3166-2 code, such as {@code US-FL}; empty if
 *     unknown
 * @param birthDate the recipient's; {@code null} if unknown
 * @param language of the message, as a BCP 47 tag
 * @param flags what is known of the content: {@link #CHARGED}, {@link #PRICE_STATED}, {@link #SAME_CATEGORY}
 * @param unsubscribe the message's own page for unsubscribing; {@code null} if it has none
 */
public record Facts(
        MessageClass messageClass,
        Address address,
        Brand brand,
        Standing standing,
        @Nullable Sender sender,
        @Nullable ZoneId zone,
        String residence,
        @Nullable LocalDate birthDate,
        String language,
        Set<String> flags,
        @Nullable String unsubscribe) {

    /** The message offers something that is charged by it or by answering it. */
    public static final String CHARGED = "CHARGED";

    /** The content states the full price. */
    public static final String PRICE_STATED = "PRICE_STATED";

    /** The content advertises goods of the kind that the customer bought. */
    public static final String SAME_CATEGORY = "SAME_CATEGORY";

    /** Copies and sorts the flags. */
    public Facts {
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(flags));
    }

    /**
     * The least that must be known; sender and language are the brand's, the rest is unknown.
     *
     * @param messageClass what the message is for
     * @param address to which contact point
     * @param brand under which brand
     * @param standing what the ledger says
     * @return the facts
     */
    public static Facts of(MessageClass messageClass, Address address, Brand brand, Standing standing) {
        return new Facts(
                messageClass,
                address,
                brand,
                standing,
                brand.senderOn(standing.question().channel()).orElse(null),
                null,
                "",
                null,
                brand.language(),
                Set.of(),
                null);
    }

    /**
     * With another class.
     *
     * @param other the class
     * @return the changed facts
     */
    public Facts messageClass(MessageClass other) {
        return new Facts(
                other, address, brand, standing, sender, zone, residence, birthDate, language, flags, unsubscribe);
    }

    /**
     * With another sender than the brand's.
     *
     * @param other the sender
     * @return the changed facts
     */
    public Facts sender(Sender other) {
        return new Facts(
                messageClass,
                address,
                brand,
                standing,
                other,
                zone,
                residence,
                birthDate,
                language,
                flags,
                unsubscribe);
    }

    /**
     * With the recipient's zone.
     *
     * @param known the zone, or {@code null} if unknown
     * @return the changed facts
     */
    public Facts zone(@Nullable ZoneId known) {
        return new Facts(
                messageClass,
                address,
                brand,
                standing,
                sender,
                known,
                residence,
                birthDate,
                language,
                flags,
                unsubscribe);
    }

    /**
     * With the recipient's country, or part of it.
     *
     * @param country ISO 3166-1, or ISO 3166-2 such as {@code US-FL}; empty if unknown
     * @return the changed facts
     */
    public Facts residence(String country) {
        return new Facts(
                messageClass, address, brand, standing, sender, zone, country, birthDate, language, flags, unsubscribe);
    }

    /**
     * With the recipient's birth date.
     *
     * @param known the date, or {@code null} if unknown
     * @return the changed facts
     */
    public Facts birthDate(@Nullable LocalDate known) {
        return new Facts(
                messageClass, address, brand, standing, sender, zone, residence, known, language, flags, unsubscribe);
    }

    /**
     * In another language than the brand's.
     *
     * @param tag BCP 47
     * @return the changed facts
     */
    public Facts language(String tag) {
        return new Facts(
                messageClass, address, brand, standing, sender, zone, residence, birthDate, tag, flags, unsubscribe);
    }

    /**
     * With what is known of the content.
     *
     * @param known the flags
     * @return the changed facts
     */
    public Facts flags(Set<String> known) {
        return new Facts(
                messageClass,
                address,
                brand,
                standing,
                sender,
                zone,
                residence,
                birthDate,
                language,
                known,
                unsubscribe);
    }

    /**
     * With the message's own page for unsubscribing.
     *
     * @param url an https address
     * @return the changed facts
     */
    public Facts unsubscribe(@Nullable String url) {
        return new Facts(
                messageClass, address, brand, standing, sender, zone, residence, birthDate, language, flags, url);
    }

    /**
     * With what the ledger says now.
     *
     * @param latest the standing
     * @return the changed facts
     */
    public Facts standing(Standing latest) {
        return new Facts(
                messageClass, address, brand, latest, sender, zone, residence, birthDate, language, flags, unsubscribe);
    }

    /**
     * Over which channel.
     *
     * @return the channel
     */
    public Channel channel() {
        return standing.question().channel();
    }

    /**
     * When.
     *
     * @return the instant
     */
    public Instant now() {
        return standing.question().now();
    }

    /**
     * To whom.
     *
     * @return the customer; {@code null} if the message is addressed directly
     */
    public @Nullable CustomerId customer() {
        return standing.question().holder();
    }

    /**
     * The zones in which the recipient may be, all of which must allow what hours allow.
     *
     * @return the recipient's own; where that is unknown those of the number and of the residence; else the brand's
     */
    public Set<ZoneId> zones() {
        if (zone != null) {
            return Set.of(zone);
        }
        Set<ZoneId> presumed = presumedZones();
        return presumed.isEmpty() ? Set.of(brand.zone()) : presumed;
    }

    /**
     * Those of the number's area code or country, and of the residence, in the order of their names. A residence in the number's own
     * country of which no more is known adds nothing to an area code.
     */
    Set<ZoneId> presumedZones() {
        var zones = new TreeSet<>(Comparator.comparing(ZoneId::getId));
        zones.addAll(address.zones());
        Set<ZoneId> home = Places.zones(residence);
        boolean exact = residence.contains("-");
        if (zones.isEmpty() || exact || !home.containsAll(zones)) {
            zones.addAll(home);
        }
        return zones;
    }

    /**
     * The zone by which ages are reckoned.
     *
     * @return the recipient's, or the brand's where that is unknown
     */
    public ZoneId zoneOrBrands() {
        return zone == null ? brand.zone() : zone;
    }
}
