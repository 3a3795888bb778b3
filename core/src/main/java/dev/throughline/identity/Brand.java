// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import dev.throughline.json.Json;
import dev.throughline.json.Node;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Under whose name messages go out: the controller in law, its senders, zone and language, and the ways to refuse. Immutable;
 * each method returns a changed copy.
 *
 * @param name how messages and reports call it
 * @param controller the legal person that answers for the data and to whom caps are counted; the brand's name by default
 * @param country ISO 3166-1 alpha-2 code of the controller's seat, in capitals; empty if not said
 * @param zone the zone of its people when theirs is unknown; by default the country's, else UTC
 * @param language the language of its messages when a person's is unknown, as a BCP 47 tag; by default the country's, else
 *     {@code en}
 * @param postalAddress the address that laws want in mails; empty if not said
 * @param senders the sender on each channel
 * @param optOuts the ways to refuse advertising, in the order in which they are told
 * @param kit what its mails look like
 */
public record Brand(
        String name,
        String controller,
        String country,
        ZoneId zone,
        String language,
        String postalAddress,
        Map<Channel, Sender> senders,
        List<OptOut> optOuts,
        Kit kit) {

    private static final Map<String, String> ZONES = Map.of(
            "VN",
            "Asia/Ho_Chi_Minh",
            "DE",
            "Europe/Berlin",
            "FR",
            "Europe/Paris",
            "GB",
            "Europe/London",
            "SG",
            "Asia/Singapore",
            "IN",
            "Asia/Kolkata",
            "KR",
            "Asia/Seoul",
            "JP",
            "Asia/Tokyo",
            "TH",
            "Asia/Bangkok");
    private static final Map<String, String> LANGUAGES =
            Map.of("VN", "vi", "DE", "de", "FR", "fr", "KR", "ko", "JP", "ja", "TH", "th", "BR", "pt");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * Checks the names and what laws are chosen by, and copies the collections.
     *
     * @throws ThroughlineException if name or controller are not one line of text, the country is no ISO 3166-1 alpha-2 code in
     *     capitals, or the language no BCP 47 tag
     */
    public Brand {
        Given.required("brand", "name", name);
        Given.required("brand", "controller", controller);
        Given.required("brand", "language", language);
        Given.required("brand", "postalAddress", postalAddress);
        Given.required("brand", "kit", kit);
        checkName("brand", name);
        checkName("controller", controller);
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            throw new ThroughlineException("country '" + country + "' of brand " + name
                    + ": expected an ISO 3166-1 alpha-2 code in capitals, such as VN");
        }
        checkLanguage(language, name);
        senders = Map.copyOf(senders);
        optOuts = List.copyOf(optOuts);
    }

    /**
     * A brand that is its own controller.
     *
     * @param name how messages and reports call it
     * @return the brand, in UTC and English until told otherwise
     */
    public static Brand named(String name) {
        return new Brand(name, name, "", ZoneId.of("UTC"), "en", "", Map.of(), List.of(), Kit.NONE);
    }

    /**
     * A brand from JSON.
     *
     * @param json a document as {@link #toJson} writes it
     * @return the brand
     * @throws ThroughlineException telling everything that is wrong with it, by place, value and what was expected
     */
    public static Brand parse(String json) {
        Given.required("brand", "json", json);
        return Json.parse(json, "brand", BrandJson::read, ThroughlineException::new);
    }

    /**
     * As JSON, without what follows from name and country.
     *
     * @return a document whose schema is {@code brand.schema.json}
     */
    public String toJson() {
        return Json.document(BrandJson.written(this));
    }

    /**
     * A brand from a part of a document. For the rooms above.
     *
     * @param node the part
     * @return the brand; what is wrong with it is told by the part
     */
    public static Brand read(Node node) {
        return BrandJson.read(node);
    }

    /**
     * As a part of a document. For the rooms above.
     *
     * @return its members
     */
    public Map<String, Object> data() {
        return BrandJson.written(this);
    }

    /**
     * With the legal person behind it.
     *
     * @param legalName two brands of one controller share their caps
     * @return the changed brand
     */
    public Brand controller(String legalName) {
        return new Brand(name, legalName, country, zone, language, postalAddress, senders, optOuts, kit);
    }

    /**
     * With a seat, whose zone and language become the brand's.
     *
     * @param code ISO 3166-1 alpha-2 in capitals, such as {@code VN}; a policy's rules for the country apply by it
     * @return the changed brand
     * @throws ThroughlineException if there is no such country
     */
    public Brand country(String code) {
        Given.required("brand", "country", code);
        return new Brand(
                name,
                controller,
                code,
                ZoneId.of(ZONES.getOrDefault(code, "UTC")),
                LANGUAGES.getOrDefault(code, "en"),
                postalAddress,
                senders,
                optOuts,
                kit);
    }

    /**
     * With another zone.
     *
     * @param id such as {@code Asia/Ho_Chi_Minh}
     * @return the changed brand
     * @throws ThroughlineException if there is no such zone
     */
    public Brand zone(String id) {
        Given.required("brand", "zone", id);
        try {
            return new Brand(name, controller, country, ZoneId.of(id), language, postalAddress, senders, optOuts, kit);
        } catch (DateTimeException unknown) {
            throw new ThroughlineException(
                    "zone '" + id + "' of brand " + name
                            + ": expected a name of the tz database such as Asia/Ho_Chi_Minh",
                    unknown);
        }
    }

    /**
     * With another language.
     *
     * @param tag BCP 47, such as {@code vi}
     * @return the changed brand
     * @throws ThroughlineException if it is no such tag
     */
    public Brand language(String tag) {
        return new Brand(name, controller, country, zone, tag, postalAddress, senders, optOuts, kit);
    }

    /**
     * With a postal address.
     *
     * @param address one line
     * @return the changed brand
     */
    public Brand postalAddress(String address) {
        return new Brand(name, controller, country, zone, language, address, senders, optOuts, kit);
    }

    /**
     * With a sender on a channel, not registered.
     *
     * @param channel the channel
     * @param value a brandname, number or mail address
     * @return the changed brand
     */
    public Brand sender(Channel channel, String value) {
        Given.required("brand sender", "channel", channel);
        Given.required("brand sender", "value", value);
        return sender(channel, Sender.of(value));
    }

    /**
     * With a sender on a channel.
     *
     * @param channel the channel
     * @param sender the sender
     * @return the changed brand
     * @throws ThroughlineException if it is no mail address, on e-mail
     */
    public Brand sender(Channel channel, Sender sender) {
        Given.required("brand sender", "channel", channel);
        Given.required("brand sender", "sender", sender);
        if (channel.equals(Channel.EMAIL) && sender.kind() != Sender.Kind.EMAIL_ADDRESS) {
            throw new ThroughlineException("sender on email of brand '" + name + "': '" + Shown.of(sender.value())
                    + "', expected a mail address such as news@shop.example");
        }
        var more = new TreeMap<>(senders);
        more.put(channel, sender);
        return new Brand(name, controller, country, zone, language, postalAddress, more, optOuts, kit);
    }

    /**
     * With a word to text to a number.
     *
     * @param keyword what to write, such as {@code TC}
     * @param number where to
     * @return the changed brand
     */
    public Brand optOutBySms(String keyword, String number) {
        Given.required("brand optOutBySms", "keyword", keyword);
        Given.required("brand optOutBySms", "number", number);
        return optOut(new OptOut(OptOut.Means.SMS, number, keyword));
    }

    /**
     * With a number to call.
     *
     * @param number as told to people
     * @return the changed brand
     * @throws ThroughlineException if there is no digit in it
     */
    public Brand optOutByCall(String number) {
        Given.required("brand", "optOutByCall", number);
        if (number.chars().noneMatch(Character::isDigit)) {
            throw new ThroughlineException("opt-out by call of brand '" + name + "': '" + Shown.of(number)
                    + "', expected a number such as 1900 0000");
        }
        return optOut(new OptOut(OptOut.Means.CALL, number, ""));
    }

    /**
     * With a mail address to write to.
     *
     * @param address where to
     * @return the changed brand
     * @throws ThroughlineException if it is no mail address
     */
    public Brand optOutByEmail(String address) {
        Given.required("brand", "optOutByEmail", address);
        try {
            EmailAddresses.normalize(address);
        } catch (ThroughlineException none) {
            throw new ThroughlineException("opt-out by e-mail of brand '" + name + "': " + none.getMessage(), none);
        }
        return optOut(new OptOut(OptOut.Means.EMAIL, address, ""));
    }

    /**
     * With a page for one-click unsubscription (RFC 8058): a message's token is appended to it.
     *
     * @param url an https address, such as {@code https://shop.example/unsubscribe/}
     * @return the changed brand
     * @throws ThroughlineException if it is another address: mail providers call none but https ones
     */
    public Brand optOutByWeb(String url) {
        Given.required("brand", "optOutByWeb", url);
        if (!url.matches("https://[^/\\s]+(/\\S*)?")) {
            throw new ThroughlineException("opt-out page '" + url.replaceAll("\\p{Cntrl}", "?") + "' of brand " + name
                    + ": expected an https address, as one-click unsubscription (RFC 8058) demands");
        }
        return optOut(new OptOut(OptOut.Means.WEB, url, ""));
    }

    /**
     * With another look.
     *
     * @param look colours, logo, font and layouts
     * @return the changed brand
     */
    public Brand kit(Kit look) {
        return new Brand(name, controller, country, zone, language, postalAddress, senders, optOuts, look);
    }

    /**
     * With a layout around its mails; the first one is for all that name none.
     *
     * @param layout the layout
     * @return the changed brand
     */
    public Brand layout(Layout layout) {
        Given.required("brand", "layout", layout);
        return kit(kit.layout(layout));
    }

    /**
     * The sender on a channel.
     *
     * @param channel the channel
     * @return the sender, or empty if none was named
     */
    public Optional<Sender> senderOn(Channel channel) {
        return Optional.ofNullable(senders.get(channel));
    }

    private static void checkName(String what, String name) {
        if (!Identity.isLine(name)) {
            throw new ThroughlineException(what + " name '" + Shown.of(name) + "': expected one line of text");
        }
    }

    private static void checkLanguage(String tag, String brand) {
        try {
            new Locale.Builder().setLanguageTag(tag);
        } catch (IllformedLocaleException unreadable) {
            throw new ThroughlineException(
                    "language '" + tag + "' of brand " + brand + ": expected a BCP 47 tag such as vi", unreadable);
        }
    }

    private Brand optOut(OptOut way) {
        var more = new ArrayList<>(optOuts);
        more.add(way);
        return new Brand(name, controller, country, zone, language, postalAddress, senders, more, kit);
    }
}
