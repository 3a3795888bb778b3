// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.commerce.Basket;
import dev.throughline.commerce.Order;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One idea that is told to a customer, with a wording for each channel. Immutable and thread-safe; each method returns a changed
 * copy. Templates are compiled, and their faults found, as soon as a wording is given.
 */
public final class Message {

    /** How long a message may be valid and a journey may wait: a hundred years, which every store can count. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Duration MARKETING_VALIDITY = Duration.ofDays(1);
    private static final Duration OTHER_VALIDITY = Duration.ofDays(3);

    private static final Set<String> ROOTS =
            Set.of("customer", "event", "basket", "order", "brand", "call", "product", "links");
    private static final Set<String> LINKS = Set.of("confirm", "preferences");
    private static final Set<Channel> TEXTED = Set.of(Channel.SMS, Channel.CALL, Channel.ZALO, Channel.PUSH);

    private final String name;
    private final MessageClass messageClass;
    private final Brand brand;
    private final Wordings wordings;
    private final Terms terms;
    private final boolean commerce;
    private final boolean product;
    private final @Nullable Frame frame;
    private final Map<String, Object> branded;

    /** Made when it is asked for; two threads would make the same. */
    private @Nullable String hash;

    /** What holds of a message whatever it says. */
    private record Terms(
            Duration validity,
            boolean resendWhenUnknown,
            List<String> pools,
            boolean lenient,
            String layout,
            boolean following,
            String topic) {}

    private Message(String name, MessageClass messageClass, Brand brand, Wordings wordings, Terms terms) {
        this.name = name;
        this.messageClass = messageClass;
        this.brand = brand;
        this.wordings = wordings;
        this.terms = terms;
        var variables = variables();
        this.commerce = variables.stream().anyMatch(Message::isOfCommerce);
        this.product = variables.stream().anyMatch(variable -> variable.startsWith("product."));
        this.frame = framed();
        this.branded = frame != null || variables.stream().anyMatch(variable -> variable.startsWith("brand."))
                ? Frame.model(brand)
                : Map.of();
    }

    /** The layout around its mails, if they have one. */
    private @Nullable Frame framed() {
        String wanted = terms.layout.isEmpty() ? brand.kit().layout() : terms.layout;
        var layout = brand.kit().findLayout(wanted);
        if (layout.isEmpty() || !wordings.plain().containsKey(Channel.EMAIL)) {
            return null;
        }
        Frame found = Frame.of(brand, layout.get());
        wordings.of(Channel.EMAIL).forEach(wording -> {
            if (wording.draft() instanceof Draft.Mail mail) {
                found.check(name, mail);
            }
        });
        return found;
    }

    /**
     * An advertisement: consent, label, hours and caps apply. Valid for 24 hours.
     *
     * @param name names it in reports and decisions
     * @param brand who sends it
     * @return the message, without wordings
     */
    public static Message marketing(String name, Brand brand) {
        return of(name, MessageClass.MARKETING, brand);
    }

    /**
     * News that belongs to a contract, such as of an order. Valid for 72 hours.
     *
     * @param name names it in reports and decisions
     * @param brand who sends it
     * @return the message, without wordings
     */
    public static Message transactional(String name, Brand brand) {
        return of(name, MessageClass.TRANSACTIONAL, brand);
    }

    /**
     * A message of any class. Advertising is valid for 24 hours, everything else for 72.
     *
     * @param name names it in reports and decisions
     * @param messageClass what it is for
     * @param brand who sends it
     * @return the message, without wordings
     */
    public static Message of(String name, MessageClass messageClass, Brand brand) {
        Given.required("message of", "name", name);
        Given.required("message of", "messageClass", messageClass);
        Given.required("message of", "brand", brand);
        if (!Identity.isLine(name)) {
            throw new ThroughlineException(
                    "message name '" + Shown.of(name) + "' of brand " + brand.name() + ": expected one line of text");
        }
        return new Message(
                name,
                messageClass,
                brand,
                Wordings.NONE,
                new Terms(usual(messageClass), false, List.of(), false, "", false, ""));
    }

    private static Duration usual(MessageClass messageClass) {
        return messageClass == MessageClass.MARKETING ? MARKETING_VALIDITY : OTHER_VALIDITY;
    }

    /**
     * A message from JSON.
     *
     * @param json a document as {@link #toJson} writes it, with its brand
     * @return the message
     * @throws ThroughlineException telling everything that is wrong with it, by place, value and what was expected
     */
    public static Message parse(String json) {
        Given.required("message", "json", json);
        return Json.parse(json, "message", MessageJson::document, ThroughlineException::new);
    }

    /**
     * As JSON, together with its brand.
     *
     * @return a document whose schema is {@code message.schema.json}
     */
    public String toJson() {
        var document = new LinkedHashMap<>(data());
        document.put("brands", List.of(brand.data()));
        return Json.document(document);
    }

    /**
     * A message from a part of a document. For the rooms above.
     *
     * @param node the part
     * @param brands the brands that it may name
     * @return the message, or {@code null} if it is wrong, which the part tells
     */
    public static @Nullable Message read(Node node, Named<Brand> brands) {
        return MessageJson.read(node, brands);
    }

    /**
     * A brand all of whose layouts can be used. For the rooms above.
     *
     * @param brand the brand
     * @return the brand
     * @throws ThroughlineException if a layout has a fault; names brand, layout and line
     */
    public static Brand laidOut(Brand brand) {
        Given.required("message", "laidOut", brand);
        brand.kit().layouts().values().forEach(layout -> Frame.of(brand, layout));
        return brand;
    }

    /**
     * As a part of a document, which names its brand. For the rooms above.
     *
     * @return its members, in the order in which they are told
     */
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("message", name);
        data.put("class", messageClass.name());
        data.put("brand", brand.name());
        if (!terms.validity.equals(usual(messageClass))) {
            data.put("validFor", Json.text(terms.validity));
        }
        if (terms.resendWhenUnknown) {
            data.put("resendWhenUnknown", true);
        }
        if (terms.lenient) {
            data.put("lenient", true);
        }
        if (terms.following) {
            data.put("followsContent", true);
        }
        if (!terms.layout.isEmpty()) {
            data.put("layout", terms.layout);
        }
        if (!terms.topic.isEmpty()) {
            data.put("topic", terms.topic);
        }
        if (!terms.pools.isEmpty()) {
            data.put("drawsOn", terms.pools);
        }
        var written = new LinkedHashMap<String, Object>();
        wordings.plain()
                .forEach((channel, wording) ->
                        written.put(channel.written(), MessageJson.written(wording, wordings.variants(channel))));
        data.put("wordings", written);
        return data;
    }

    /**
     * With a wording, for everybody who has none in a language of hers.
     *
     * @param channel for which channel
     * @param draft the wording; a mail for e-mail, a text for the other channels of the library, any for a host's own, and a
     *     provider's template for all of them
     * @return the changed message
     * @throws ThroughlineException if the channel carries no such wording, or a template in it is not complete or fills in
     *     something else than {@code customer}, {@code event}, {@code call}, and what is known of {@code basket} and {@code order}; names
     * message,
     *     channel and line or placeholder
     */
    public Message on(Channel channel, Draft draft) {
        Given.required("message on", "channel", channel);
        Given.required("message on", "draft", draft);
        return with(wordings.with(channel, worded(channel, "", draft)));
    }

    /**
     * With another wording for those who read a language. A customer gets the one that is nearest to her trait {@code language}, such as
     * {@code vi} for {@code vi-VN}; else the one in the brand's language; else the one for everybody. It stays one message, whatever the
     * language: caps, routes and reports count it once. Numbers and dates are in her own locale if the wording is in her language, else
     * in that of the wording.
     *
     * @param channel for which channel; one that has a wording for everybody
     * @param language a BCP 47 tag such as {@code vi}
     * @param draft the wording
     * @return the changed message
     * @throws ThroughlineException if the channel has no wording for everybody, the language is none, or the wording cannot be used, as
     *     {@link #on(Channel, Draft)} says
     */
    public Message on(Channel channel, String language, Draft draft) {
        Given.required("message on", "channel", channel);
        Given.required("message on", "language", language);
        Given.required("message on", "draft", draft);
        String where = "message '" + name + "' on " + channel + " in '" + Shown.of(language) + "': ";
        String tag = Wordings.tag(language);
        if (tag == null) {
            throw new ThroughlineException(where + "expected a BCP 47 tag such as vi");
        }
        if (!wordings.plain().containsKey(channel)) {
            throw new ThroughlineException(where + "expected a wording for everybody first, with on(channel, draft)");
        }
        return with(wordings.with(channel, tag, worded(channel, "/" + tag, draft)));
    }

    private Message with(Wordings changed) {
        return new Message(name, messageClass, brand, changed, terms);
    }

    private Message with(Terms changed) {
        return new Message(name, messageClass, brand, wordings, changed);
    }

    private Wording worded(Channel channel, String suffix, Draft draft) {
        if (!isCarried(draft, channel)) {
            String mail = "mail(subject, html)";
            String text = "text(..)";
            boolean mailed = channel.equals(Channel.EMAIL);
            throw new ThroughlineException("message '" + name + "' on " + channel + ": " + (mailed ? text : mail)
                    + ", expected " + (mailed ? mail : text) + " or template(id, parameters)");
        }
        Wording wording = Wording.of(name + "/" + channel + suffix, draft);
        checkRoots(channel, wording.variables());
        return wording;
    }

    private static boolean isOfCommerce(String variable) {
        return variable.startsWith("basket.") || variable.startsWith("order.");
    }

    private static boolean isCarried(Draft draft, Channel channel) {
        if (draft instanceof Draft.Mail) {
            return !TEXTED.contains(channel);
        }
        return !(draft instanceof Draft.Text) || !channel.equals(Channel.EMAIL);
    }

    private void checkRoots(Channel channel, Set<String> variables) {
        for (String variable : variables) {
            String[] steps = variable.split("[.\\[]", 3);
            if (!ROOTS.contains(steps[0])) {
                throw new ThroughlineException("message '" + name + "' on " + channel + ": placeholder " + variable
                        + " begins with '" + steps[0]
                        + "', expected customer (a trait of hers), event (a property of the event that"
                        + " started the journey), basket, order, brand, call (what a function of the host has answered),"
                        + " product (of the host's catalogue) or links");
            }
            checkName(channel, variable, steps);
        }
    }

    /** Traits and properties are the host's to name; what a basket or an order has is known. */
    private void checkName(Channel channel, String variable, String[] steps) {
        Set<String> names =
                switch (steps[0]) {
                    case "basket" -> Basket.NAMES;
                    case "brand" -> Kit.NAMES;
                    case "links" -> LINKS;
                    default -> Order.NAMES;
                };
        boolean open = Set.of("customer", "event", "call", "product").contains(steps[0]);
        if (!open && !(steps.length > 1 && names.contains(steps[1]))) {
            throw new ThroughlineException("message '" + name + "' on " + channel + ": placeholder " + variable
                    + ", expected " + steps[0] + ". and one of " + new TreeSet<>(names));
        }
    }

    /**
     * With another validity: when it is over, what was not sent never will be.
     *
     * @param time from the plan on
     * @return the changed message
     * @throws ThroughlineException if it is none, or more than {@link #LONGEST}
     */
    public Message validFor(Duration time) {
        Given.required("message", "validFor", time);
        if (!isTime(time)) {
            throw new ThroughlineException(
                    "message '" + name + "': validity " + time + ", expected more than none and at most " + LONGEST);
        }
        return with(new Terms(
                time, terms.resendWhenUnknown, terms.pools, terms.lenient, terms.layout, terms.following, terms.topic));
    }

    /**
     * Whether a message can be valid or a journey can wait for so long.
     *
     * @param time how long
     * @return whether it is more than none and at most {@link #LONGEST}
     */
    public static boolean isTime(Duration time) {
        return !time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0;
    }

    /**
     * To be sent again when its outcome is unknown, at the risk of sending it twice.
     *
     * @return the changed message
     * @throws ThroughlineException if it is an advertisement or a consent request, which must not
     */
    public Message resendWhenUnknown() {
        if (messageClass == MessageClass.MARKETING || messageClass == MessageClass.CONSENT_REQUEST) {
            throw new ThroughlineException("message '" + name + "' of class " + messageClass
                    + " cannot be sent again when its outcome is unknown: expected another class");
        }
        return with(new Terms(
                terms.validity, true, terms.pools, terms.lenient, terms.layout, terms.following, terms.topic));
    }

    /**
     * To be sent although something that it fills in is missing: that is written as nothing. Without it such a leg is
     * FAILED(RENDER_FAILED).
     * A filter {@code default} says more than nothing, and conditions and loops want {@code is defined} in any case.
     *
     * @return the changed message
     */
    public Message lenient() {
        return with(new Terms(
                terms.validity,
                terms.resendWhenUnknown,
                terms.pools,
                true,
                terms.layout,
                terms.following,
                terms.topic));
    }

    /**
     * In another layout than its brand's usual one. Only mails have one.
     *
     * @param layout the name of a layout of its brand
     * @return the changed message
     * @throws ThroughlineException if its brand has no such layout, or one of its mails is a page of its own, which cannot be put into one
     */
    public Message layout(String layout) {
        Given.required("message", "layout", layout);
        if (!layout.equals(Layout.NONE) && brand.kit().findLayout(layout).isEmpty()) {
            throw new ThroughlineException("message '" + name + "': layout '" + Shown.of(layout) + "', expected "
                    + Layout.NONE + " or one of brand '" + brand.name() + "': "
                    + brand.kit().layouts().keySet());
        }
        return with(new Terms(
                terms.validity,
                terms.resendWhenUnknown,
                terms.pools,
                terms.lenient,
                layout,
                terms.following,
                terms.topic));
    }

    /**
     * Without a layout, although its brand usually has one.
     *
     * @return the changed message
     */
    public Message withoutLayout() {
        return layout(Layout.NONE);
    }

    /**
     * Saying what was published last for a message of its name, also to those who are in a journey already. It is said of the message,
     * not of the campaign, so that a campaign can hold fast to the wording of one message and let others write that of another. All that
     * the library checks before it may be sent stays that of the code; what is published where, {@code Throughline.publish} tells.
     *
     * @return the changed message
     */
    public Message followsContent() {
        return with(new Terms(
                terms.validity, terms.resendWhenUnknown, terms.pools, terms.lenient, terms.layout, true, terms.topic));
    }

    /**
     * About one topic: it needs a consent that covers this topic, and whoever has refused the topic does not get it.
     *
     * @param topic the host's name of it, as grants and withdrawals have it
     * @return the changed message
     * @throws ThroughlineException if it is not one line of text
     */
    public Message topic(String topic) {
        if (!Identity.isLine(Given.required("message", "topic", topic))) {
            throw new ThroughlineException(
                    "message '" + name + "': topic '" + Shown.of(topic) + "', expected one line of text");
        }
        return with(new Terms(
                terms.validity,
                terms.resendWhenUnknown,
                terms.pools,
                terms.lenient,
                terms.layout,
                terms.following,
                topic));
    }

    /**
     * What it is about.
     *
     * @return the topic; empty if it is about nothing in particular
     */
    public String topic() {
        return terms.topic;
    }

    /**
     * Drawing on a pool: a budget pays what it costs, a quantity gives one piece. A pool that is named again is drawn on once. What
     * has no price in a budget's currency is not sent.
     *
     * @param pool the pool's name
     * @return the changed message
     */
    public Message drawsOn(String pool) {
        Given.required("message", "drawsOn", pool);
        if (terms.pools.contains(pool)) {
            return this;
        }
        var more = new ArrayList<>(terms.pools);
        more.add(pool);
        return with(new Terms(
                terms.validity,
                terms.resendWhenUnknown,
                List.copyOf(more),
                terms.lenient,
                terms.layout,
                terms.following,
                terms.topic));
    }

    /**
     * Fills in a wording.
     *
     * @param channel for which channel
     * @param model what can be filled in: under {@code customer} her traits, under {@code call} what functions of the host have answered,
     *     under {@code product} what its catalogue knows, under {@code event} the properties of the event that started the journey, under
     *     {@code basket} what lies in hers, under {@code order} the order that the event is about or else her last
     * @param locale her language, or the brand's if hers is unknown: for the choice of a wording, and for numbers and dates
     * @param zone for times
     * @return the content, or why there is none
     */
    public Rendition render(Channel channel, Map<String, ?> model, Locale locale, ZoneId zone) {
        var chosen = wordings.chosen(channel, locale, brand.language());
        return chosen == null
                ? new Rendition.Failed("message '" + name + "' has no wording for " + channel + ", only for "
                        + wordings.plain().keySet())
                : rendered(chosen, branded.isEmpty() ? model : withBrand(model), zone);
    }

    private Rendition rendered(Wordings.Chosen chosen, Map<String, ?> model, ZoneId zone) {
        Rendition rendition = chosen.wording().render(model, chosen.locale(), zone, terms.lenient);
        return frame != null
                        && rendition instanceof Rendition.Ready ready
                        && ready.content() instanceof EmailContent mail
                ? frame.around(mail, model, chosen.locale(), zone, terms.lenient)
                : rendition;
    }

    private Map<String, ?> withBrand(Map<String, ?> model) {
        var more = new LinkedHashMap<String, Object>(model);
        more.put("brand", branded);
        return more;
    }

    /**
     * In which language somebody gets it.
     *
     * @param channel over which channel
     * @param locale her language, or the brand's if hers is unknown
     * @return the tag of the wording that {@link #render} fills in; empty if that is the one for everybody
     */
    public String language(Channel channel, Locale locale) {
        if (!wordings.hasVariants()) {
            return "";
        }
        var chosen = wordings.chosen(channel, locale, brand.language());
        return chosen == null ? "" : chosen.language();
    }

    /**
     * The languages that it has wordings of their own for.
     *
     * @param channel on which channel
     * @return their tags, in alphabetical order
     */
    public Set<String> languages(Channel channel) {
        return wordings.variants(channel).keySet();
    }

    /**
     * The channels that it has a wording for.
     *
     * @return the channels, in the order of their names
     */
    public Set<Channel> channels() {
        return wordings.plain().keySet();
    }

    /**
     * What its wordings fill in.
     *
     * @return paths such as {@code event.product}, in alphabetical order
     */
    public Set<String> variables() {
        return wordings.variables();
    }

    /**
     * Whether a wording fills in something of a product, which the host's catalogue has to know.
     *
     * @return whether one does
     */
    public boolean usesProduct() {
        return product;
    }

    /**
     * Which links a wording fills in.
     *
     * @return {@code confirm}, {@code preferences}, both or none
     */
    public Set<String> links() {
        return LINKS.stream()
                .filter(link -> variables().contains("links." + link))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether a wording fills in something of her basket or of an order.
     *
     * @return whether one does
     */
    public boolean usesCommerce() {
        return commerce;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What it is for.
     *
     * @return the class
     */
    public MessageClass messageClass() {
        return messageClass;
    }

    /**
     * Who sends it.
     *
     * @return the brand
     */
    public Brand brand() {
        return brand;
    }

    /**
     * How long it is worth sending.
     *
     * @return from the plan on
     */
    public Duration validity() {
        return terms.validity;
    }

    /**
     * Whether it is sent again when its outcome is unknown; one-time codes always are.
     *
     * @return whether it is
     */
    public boolean resentWhenUnknown() {
        return terms.resendWhenUnknown || messageClass == MessageClass.ONE_TIME_CODE;
    }

    /**
     * Whether it says what was published last for a message of its name.
     *
     * @return whether it does
     */
    public boolean isFollowingContent() {
        return terms.following;
    }

    /**
     * The pools that it draws on.
     *
     * @return their names
     */
    public List<String> pools() {
        return terms.pools;
    }

    /**
     * A hash over everything that is said and how, with the layout and the look that its mails have.
     *
     * @return 32 hexadecimal digits
     */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = hashed();
            hash = known;
        }
        return known;
    }

    /** As JSON, because in text that is only joined two messages may read alike. */
    private String hashed() {
        var look = new TreeMap<String, @Nullable Object>();
        if (!branded.isEmpty()) {
            String wanted = terms.layout.isEmpty() ? brand.kit().layout() : terms.layout;
            look.put("values", branded);
            Layout layout = frame == null ? null : brand.kit().layouts().get(wanted);
            if (layout != null) {
                look.put("html", layout.html());
                look.put("text", layout.text());
            }
        }
        return Ids.hash("message", Json.document(data()), brand.language(), Json.document(look));
    }
}
