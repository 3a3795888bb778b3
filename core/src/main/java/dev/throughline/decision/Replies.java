// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.TextContent;
import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Standing;
import dev.throughline.consent.Withdrawal;
import dev.throughline.customer.Observed;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.policy.Facts;
import dev.throughline.policy.OptOutTerms;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person's reply means for her consents, and what is answered. Lives for one step. */
final class Replies {

    private static final Comparator<Closed> LATEST_LAST =
            Comparator.comparing(Closed::at).thenComparing(Closed::message);
    private static final Duration CONFIRMATION_VALIDITY = Duration.ofDays(3);
    private static final Duration LATEST = Duration.ofDays(7);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int LONGEST_TEXT = 16_000;
    private static final int LONGEST_ID = 100;

    private final DecisionRules rules;
    private final Address address;
    private final List<CustomerId> holders;
    private final Collection<Closed> closed;
    private final Instant now;

    private final String reader;

    Replies(DecisionRules rules, Address address, List<CustomerId> holders, Collection<Closed> closed, Instant now) {
        this(rules, address, holders, closed, now, "");
    }

    private Replies(
            DecisionRules rules,
            Address address,
            List<CustomerId> holders,
            Collection<Closed> closed,
            Instant now,
            String reader) {
        this.reader = reader;
        this.rules = rules;
        this.address = address;
        this.holders = holders;
        this.closed = closed;
        this.now = now;
    }

    /** The same, of a reply that somebody of the host's has read. */
    Replies readBy(String who) {
        return new Replies(rules, address, holders, closed, now, who);
    }

    /** The ledger's lines: a refusal binds the address towards every controller, a consent is one holder's towards who asked. */
    List<ConsentEvent> events(Inbound inbound, Meaning meaning, ConsentState consent) {
        return switch (meaning) {
            case OPT_OUT -> refusal(inbound);
            case OPT_IN -> consented(inbound, consent).stream().toList();
            case UNCLEAR_REFUSAL -> List.of(unclear(inbound));
            case HELP, NONE -> List.of();
        };
    }

    private List<ConsentEvent> refusal(Inbound inbound) {
        return withdrawals(inbound).stream()
                .flatMap(act -> act.eventsAt(address, occasion(inbound.id(), null, "", heard(inbound))).stream())
                .toList();
    }

    private List<Withdrawal> withdrawals(Inbound inbound) {
        boolean word = meaning(inbound) == Meaning.OPT_OUT;
        String way = word ? " keyword" : reader.isEmpty() ? " reply, read by a classifier" : " reply";
        return withdrawals(inbound.channel(), inbound.channel()).stream()
                .map(act -> act.method(inbound.channel().name() + way).saying(kept(inbound)))
                .map(act -> reader.isEmpty() ? act : act.actor(Actor.AGENT).proof(reader))
                .toList();
    }

    /** What is refused over a channel, under the strictest rule of all brands; on every channel where a law has it reach so far. */
    private List<Withdrawal> withdrawals(Channel heard, @Nullable Channel channel) {
        var purposes = terms(heard).anyMatch(OptOutTerms::everything)
                ? List.of(Purpose.ADVERTISING, Purpose.CUSTOMER_CARE)
                : List.of(Purpose.ADVERTISING);
        return purposes.stream()
                .map(Withdrawal::of)
                .map(act -> channel == null || reachesFar(heard) ? act : act.on(channel))
                .toList();
    }

    /** Whether a refusal over a channel is one towards all that the person can be reached at. */
    private boolean reachesFar(Channel heard) {
        return terms(heard).anyMatch(terms -> terms.reach().equals("CONTROLLER"));
    }

    private Stream<OptOutTerms> terms(Channel heard) {
        return rules.brands().values().stream().map(brand -> {
            var asked = new Question(null, brand.controller(), heard, Purpose.ADVERTISING, now);
            return rules.policy().optOut(Facts.of(MessageClass.MARKETING, address, brand, Standing.none(asked)));
        });
    }

    /** The refusal as what a holder has done, for her other addresses; nothing if it stays at this one. */
    List<Observed> refused(Inbound inbound, CustomerId holder) {
        return reachesFar(inbound.channel())
                ? refused(withdrawals(inbound), name(inbound), heard(inbound), inbound.channel(), holder)
                : List.of();
    }

    /** As {@link #refused(Inbound, CustomerId)}, of an unsubscription. */
    List<Observed> refused(String cause, Channel channel, CustomerId holder) {
        return reachesFar(channel) ? refused(oneClick(channel), cause, now, channel, holder) : List.of();
    }

    private List<Observed> refused(
            List<Withdrawal> acts, String cause, Instant at, Channel channel, CustomerId holder) {
        return acts.stream()
                .map(act -> new Observed(new Touchpoint(
                        "refusal/" + act.purpose() + "/" + cause + "/" + holder,
                        Touchpoint.Call.CONSENT,
                        act.name(),
                        List.of(new Identity(address.kind(), address.value())),
                        at,
                        now,
                        act.properties(),
                        channel.name(),
                        Origin.LIVE)))
                .toList();
    }

    private List<Withdrawal> oneClick(@Nullable Channel channel) {
        return withdrawals(channel == null ? Channel.EMAIL : channel, channel).stream()
                .map(act -> act.method("one-click"))
                .toList();
    }

    /** Sending pauses until somebody has read it. */
    ConsentEvent unclear(Inbound inbound) {
        var scope = new ConsentScope("", "", inbound.channel().name(), "", "");
        return ConsentEvent.unclear(occasion(inbound.id(), null, "", now), scope, kept(inbound));
    }

    /** A classifier has read it, and it is none. */
    ConsentEvent cleared(Inbound inbound, ConsentEvent pause) {
        return ConsentEvent.cleared(occasion(inbound.id() + "/read", null, "", now), pause);
    }

    /**
     * A yes is the answer to the message that came last. It is a consent if that was a request for one which nobody has answered,
     * and nothing that we know of in answer to anything else.
     */
    private Optional<ConsentEvent> consented(Inbound inbound, ConsentState consent) {
        Closed last = arrived(inbound.channel()).max(LATEST_LAST).orElse(null);
        if (last == null || last.messageClass() != MessageClass.CONSENT_REQUEST || holders.size() != 1) {
            return Optional.empty();
        }
        CustomerId holder = holders.get(0);
        return consent.events().stream()
                .filter(event -> event.type() == ConsentEvent.Type.REQUESTED)
                .filter(event -> event.evidence().proof().equals(last.message().value()))
                .filter(request -> isOpen(request, consent, holder, inbound.channel()))
                .filter(request -> !heard(inbound).isBefore(request.occurredAt().minus(SKEW)))
                .findFirst()
                .map(request -> ConsentEvent.answered(
                        request,
                        occasion(inbound.id(), holder, "", later(heard(inbound), request.occurredAt())),
                        inbound.channel().name() + " keyword"));
    }

    private boolean isOpen(ConsentEvent request, ConsentState consent, CustomerId holder, Channel channel) {
        var question = new Question(holder, request.scope().controller(), channel, Purpose.ADVERTISING, now);
        return consent.standing(question).request().state() == Standing.RequestState.REQUESTED;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The messages that people may have before their eyes when they answer. */
    private Stream<Closed> arrived(Channel channel) {
        return closed.stream()
                .filter(message -> message.isPlanned() && message.verdict().mayHaveArrived())
                .filter(message -> channel.equals(message.channel()));
    }

    /** The refusal that an unsubscription by the channel's own means is; on every channel of the address if none is known. */
    List<ConsentEvent> unsubscribed(String cause, @Nullable Channel channel) {
        return oneClick(channel).stream()
                .flatMap(act -> act.eventsAt(address, occasion("unsubscribe/" + cause, null, "", now)).stream())
                .toList();
    }

    /** The confirmation of a refusal, once (Decree 91/2020/ND-CP art. 16); empty if none is due. */
    Optional<Plan> confirmation(Inbound inbound, Meaning meaning, ConsentState consent) {
        if (meaning != Meaning.OPT_OUT) {
            return Optional.empty();
        }
        return addressee(inbound, consent).flatMap(brand -> confirmation(inbound, consent, brand));
    }

    /**
     * The brand that confirms, of those that have something to confirm and can: the one that wrote last on this channel, else the one
     * whose number she wrote to, else one that she has granted something to, else the first by name.
     */
    private Optional<Brand> addressee(Inbound inbound, ConsentState consent) {
        String last =
                arrived(inbound.channel()).max(LATEST_LAST).map(Closed::brand).orElse("");
        return rules.brands().values().stream()
                .filter(brand ->
                        rules.rehearsed() || brand.senderOn(inbound.channel()).isPresent())
                .min(Comparator.comparing((Brand brand) ->
                                !standing(inbound, consent, brand).acknowledgementDue())
                        .thenComparing(brand -> !brand.name().equals(last))
                        .thenComparing(brand -> !isWrittenTo(brand, inbound))
                        .thenComparing(brand ->
                                standing(inbound, consent, brand).grounds().isEmpty())
                        .thenComparing(Brand::name));
    }

    private static boolean isWrittenTo(Brand brand, Inbound inbound) {
        return brand.optOuts().stream().anyMatch(way -> way.target().equals(inbound.to()));
    }

    private Standing standing(Inbound inbound, ConsentState consent, Brand brand) {
        CustomerId holder = holders.isEmpty() ? null : holders.get(0);
        return consent.standing(new Question(holder, brand.controller(), inbound.channel(), Purpose.ADVERTISING, now));
    }

    private Optional<Plan> confirmation(Inbound inbound, ConsentState consent, Brand brand) {
        CustomerId holder = holders.isEmpty() ? null : holders.get(0);
        var standing = standing(inbound, consent, brand);
        var terms = rules.policy().optOut(Facts.of(MessageClass.MARKETING, address, brand, standing));
        if (!terms.acknowledge() || !standing.acknowledgementDue()) {
            return Optional.empty();
        }
        String text = terms.acknowledgement(brand, brand.language(), heard(inbound), brand.zone());
        var id = new MessageId(Ids.hash("opt-out-confirmation", address, inbound.id()));
        var person = new Plan.Person(holder == null ? Key.of(address) : Key.of(holder), "", "", "", "");
        return Optional.of(new Plan(
                id,
                0,
                new MessageOrigin("", "", "", 0, MessageOrigin.OPT_OUT_CONFIRMATION),
                MessageClass.REGULATORY,
                brand.name(),
                inbound.channel(),
                new TextContent(text),
                person,
                now.plus(CONFIRMATION_VALIDITY),
                false,
                List.of(),
                Plan.Said.PLAIN));
    }

    /** The ledger's line that the refusal has been confirmed; it reaches as far as the refusal. */
    ConsentEvent acknowledged(Inbound inbound) {
        return ConsentEvent.acknowledged(
                occasion(inbound.id() + "/ack", null, "", now),
                new ConsentScope("", "", inbound.channel().name(), Purpose.ADVERTISING.name(), ""));
    }

    /** The reply as a touchpoint of a holder's; says what of it was cut or not believed, so that nothing of it is ever refused. */
    Observed touchpoint(Inbound inbound, CustomerId holder) {
        String text = kept(inbound);
        var properties = new TreeMap<String, Object>();
        properties.put("channel", inbound.channel().name());
        properties.put("text", text);
        if (text.length() < inbound.text().length()) {
            properties.put("cutFrom", inbound.text().length());
        }
        if (!heard(inbound).equals(inbound.at())) {
            properties.put("stamped", inbound.at());
        }
        return new Observed(new Touchpoint(
                "inbound/" + name(inbound) + "/" + holder,
                Touchpoint.Call.TRACK,
                "Message Received",
                List.of(new Identity(address.kind(), address.value())),
                heard(inbound),
                now,
                properties,
                inbound.channel().name(),
                Origin.LIVE));
    }

    private static String name(Inbound inbound) {
        String id = inbound.id();
        return id.length() <= LONGEST_ID && Identity.isLine(id) ? id : Ids.hash("inbound", id);
    }

    private static String kept(Inbound inbound) {
        String text = inbound.text().length() <= LONGEST_TEXT
                ? inbound.text()
                : inbound.text().strip();
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, pair ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    /** When it was said. A stamp that lies ahead, or further back than a gateway keeps anything, is of a clock that is wrong. */
    private Instant heard(Inbound inbound) {
        boolean believed = !inbound.at().isAfter(now) && !inbound.at().isBefore(now.minus(LATEST));
        return believed ? inbound.at() : now;
    }

    /** Some words are a refusal only in answer to advertising, because they are names and everyday words, too. */
    Meaning meaning(Inbound inbound) {
        boolean advertised = closed.stream()
                .anyMatch(message -> message.messageClass() == MessageClass.MARKETING
                        && message.isPlanned()
                        && message.verdict().mayHaveArrived());
        return rules.words().read(kept(inbound), advertised).meaning();
    }

    private Occasion occasion(String id, @Nullable CustomerId holder, String controller, Instant at) {
        return new Occasion(id, holder, controller, at, now);
    }
}
