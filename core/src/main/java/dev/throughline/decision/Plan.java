// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Content;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's journey wants to say something: told to the contact point, which decides. The same plan told again changes
 * nothing.
 *
 * @param id the message
 * @param round how often the contact point has asked for a fresh plan, from 0
 * @param origin where it comes from
 * @param messageClass what it is for
 * @param brand the brand's name
 * @param channel over which channel
 * @param content rendered from a snapshot of the customer
 * @param person what the checks need to know of her
 * @param validUntil when it becomes worthless
 * @param resendWhenUnknown whether it is sent again when its outcome is unknown
 * @param pools the pools that it draws on
 * @param said which of the message's wordings the content is
 */
public record Plan(
        MessageId id,
        int round,
        MessageOrigin origin,
        MessageClass messageClass,
        String brand,
        Channel channel,
        Content content,
        Person person,
        Instant validUntil,
        boolean resendWhenUnknown,
        List<String> pools,
        Said said)
        implements Payload {

    /** How it is stored. */
    public static final Codec<Plan> CODEC = Codec.of(
            (plan, out) -> {
                out.string(1, plan.id.value());
                out.number(2, plan.round);
                out.nested(3, MessageOrigin.CODEC, plan.origin);
                out.constant(4, plan.messageClass);
                out.string(5, plan.brand);
                out.string(6, plan.channel.name());
                out.string(7, plan.channel.addressKind());
                out.nested(8, Content.CODEC, plan.content);
                out.nested(9, Person.CODEC, plan.person);
                out.instant(10, plan.validUntil);
                out.flag(11, plan.resendWhenUnknown);
                plan.pools.forEach(pool -> out.string(12, pool));
                if (!plan.said.equals(Said.PLAIN)) {
                    out.nested(13, Said.CODEC, plan.said);
                }
            },
            in -> new Plan(
                    new MessageId(in.string(1)),
                    (int) in.number(2),
                    in.nested(3, MessageOrigin.CODEC),
                    in.constant(4, MessageClass.MARKETING),
                    in.string(5),
                    new Channel(in.string(6), in.string(7)),
                    in.nested(8, Content.CODEC),
                    in.nested(9, Person.CODEC),
                    in.instant(10),
                    in.flag(11),
                    in.strings(12),
                    Said.orPlain(in.nestedOrNull(13, Said.CODEC))));

    /** Copies the list. */
    public Plan {
        pools = List.copyOf(pools);
    }

    /** Whether somebody of the shop wants to see the message in her own hand, and no customer is told anything. */
    boolean isProof() {
        return said.proof != null;
    }

    /** Whether it asks for a consent; a proof asks nobody. */
    boolean asksForConsent() {
        return messageClass == MessageClass.CONSENT_REQUEST && !isProof();
    }

    /** The same plan for the customer who has absorbed its own. */
    Plan of(Key customer) {
        return new Plan(
                id,
                round,
                origin,
                messageClass,
                brand,
                channel,
                content,
                new Person(customer, person.zone, person.language, person.residence, person.birthday),
                validUntil,
                resendWhenUnknown,
                pools,
                said);
    }

    /** The same plan in the next round, for a message that no journey stands behind. */
    Plan again() {
        return new Plan(
                id,
                round + 1,
                origin,
                messageClass,
                brand,
                channel,
                content,
                person,
                validUntil,
                resendWhenUnknown,
                pools,
                said);
    }

    /**
     * What the checks need to know of the person, as of the plan.
     *
     * @param customer her key; the contact point's own if nobody is known to hold the address
     * @param zone her zone's name; empty if unknown
     * @param language her language's tag; empty if unknown
     * @param residence the country where she lives; empty if unknown
     * @param birthday her date of birth in ISO form; empty if unknown
     */
    public record Person(Key customer, String zone, String language, String residence, String birthday) {
        static final Codec<Person> CODEC = Codec.of(
                (person, out) -> {
                    out.string(1, person.customer.toString());
                    out.string(2, person.zone);
                    out.string(3, person.language);
                    out.string(4, person.residence);
                    out.string(5, person.birthday);
                },
                in -> new Person(Key.parse(in.string(1)), in.string(2), in.string(3), in.string(4), in.string(5)));
    }

    /**
     * Which of a message's wordings a content is, and what it is about.
     *
     * @param language the language that it is worded in, as a BCP 47 tag; empty if it is the wording for everybody
     * @param hash the message's content hash; empty if nobody asks for it
     * @param proof who wants to see it before customers do, or {@code null} if it is for a customer
     * @param topic what the message is about; empty if about nothing in particular
     */
    public record Said(
            String language, String hash, @Nullable Proof proof, String topic) {

        /** The wording for everybody. */
        public static final Said PLAIN = new Said("", "");

        static final Codec<Said> CODEC = Codec.of(
                (said, out) -> {
                    out.string(1, said.language);
                    out.string(2, said.hash);
                    out.nested(3, Proof.CODEC, said.proof);
                    out.string(4, said.topic.isEmpty() ? null : said.topic);
                },
                in -> new Said(in.string(1), in.string(2), in.nestedOrNull(3, Proof.CODEC), in.string(4)));

        /**
         * What a customer is told.
         *
         * @param language the language that it is worded in; empty if it is the wording for everybody
         * @param hash the message's content hash; empty if nobody asks for it
         */
        public Said(String language, String hash) {
            this(language, hash, null, "");
        }

        private static Said orPlain(@Nullable Said said) {
            return said == null ? PLAIN : said;
        }
    }

    /**
     * Somebody of the shop wants to see a message as a customer would get it.
     *
     * @param who who
     * @param why for what reason
     */
    public record Proof(String who, String why) {

        private static final int LONGEST = 200;

        static final Codec<Proof> CODEC = Codec.of(
                (proof, out) -> {
                    out.string(1, proof.who);
                    out.string(2, proof.why);
                },
                in -> new Proof(in.string(1), in.string(2)));

        /**
         * Checks that somebody takes responsibility.
         *
         * @throws ThroughlineException if who or why are not one line of at most 200 characters each
         */
        public Proof {
            if (!isLine(who) || !isLine(why)) {
                throw new ThroughlineException(
                        "proof: expected one line of at most 200 characters that says who and one that says why");
            }
        }

        private static boolean isLine(String text) {
            return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
        }
    }
}
