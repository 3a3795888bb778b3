// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What messages that follow it are to say instead of what code says. Part of the rules of a step: a step never asks a store. Immutable.
 *
 * <p>Only what is said can be another: class, brand, validity, pools and what becomes of an unknown outcome stay, for checks and limits
 * rest on them. A customer in a journey has of its start and of its calls what its version has kept; a version that cannot fill in a
 * content goes on with its own.
 */
public final class Contents {

    /** Everything is said as code says it. */
    public static final Contents NONE = new Contents(Map.of());

    private final Map<String, Message> byName;

    /**
     * Contents of some messages.
     *
     * @param byName what counts, by the names of the messages
     */
    public Contents(Map<String, Message> byName) {
        this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /**
     * A content that counts.
     *
     * @param message the messages' name
     * @param hash the hash of the content
     * @return it, or empty if another one counts, or none
     */
    public Optional<Message> find(String message, String hash) {
        return Optional.ofNullable(byName.get(message))
                .filter(content -> content.hash().equals(hash));
    }

    /**
     * What is said now where campaigns say a message.
     *
     * @param message the message
     * @param campaigns the campaigns of a host
     * @return what counts, if one of them has just this message and lets it follow contents; else the message as it is
     */
    public Message said(Message message, List<Campaign> campaigns) {
        for (Campaign campaign : byName.isEmpty() ? List.<Campaign>of() : campaigns) {
            Message content = in(campaign).get(message.name());
            if (content != null
                    && campaign.messages().stream().anyMatch(own -> own.hash().equals(message.hash()))) {
                return content;
            }
        }
        return message;
    }

    /** What a version of a campaign says of it, by the names of its messages. */
    Map<String, Message> in(Campaign campaign) {
        var said = new TreeMap<String, Message>();
        if (byName.isEmpty()) {
            return said;
        }
        for (Message own : campaign.messages()) {
            Message content = byName.get(own.name());
            if (content != null && own.isFollowingContent() && fault(content, own, campaign) == null) {
                said.put(own.name(), content);
            }
        }
        return said;
    }

    /**
     * Checks that a host can say a content.
     *
     * @param content the content
     * @param campaigns the campaigns of the host
     * @return whether it is what all of these campaigns say anyway
     * @throws ThroughlineException if no message of its name follows contents, or one cannot say this one; names campaign, message, what is
     *     wrong with it and what was expected
     */
    public static boolean check(Message content, List<Campaign> campaigns) {
        boolean own = true;
        boolean followed = false;
        for (Campaign campaign : campaigns) {
            for (Message message : campaign.messages()) {
                if (message.name().equals(content.name()) && message.isFollowingContent()) {
                    String fault = fault(content, message, campaign);
                    if (fault != null) {
                        throw new ThroughlineException("content of message '" + content.name() + "' in campaign '"
                                + campaign.name() + "': " + fault);
                    }
                    followed = true;
                    own &= message.hash().equals(content.hash());
                }
            }
        }
        if (!followed) {
            throw new ThroughlineException("content of message '" + content.name()
                    + "': expected the name of a message with followsContent(), of " + following(campaigns));
        }
        return own;
    }

    private static Set<String> following(List<Campaign> campaigns) {
        return campaigns.stream()
                .flatMap(campaign -> campaign.messages().stream())
                .filter(Message::isFollowingContent)
                .map(Message::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String fault(Message content, Message own, Campaign campaign) {
        String other = other("class", content.messageClass(), own.messageClass());
        other = other != null
                ? other
                : other("brand", content.brand().name(), own.brand().name());
        other = other != null ? other : other("validity", content.validity(), own.validity());
        other = other != null ? other : other("pools", content.pools(), own.pools());
        other = other != null
                ? other
                : other("resent when unknown", content.resentWhenUnknown(), own.resentWhenUnknown());
        if (other != null) {
            return other;
        }
        if (!content.channels().containsAll(own.channels())) {
            return "wordings for " + content.channels() + ", expected one for each of " + own.channels();
        }
        return content.variables().stream()
                .filter(variable -> !isFilledIn(variable, own, campaign))
                .findFirst()
                .map(variable -> "placeholder " + variable + ", expected " + fillable(variable, own, campaign))
                .orElse(null);
    }

    private static @Nullable String other(String what, Object content, Object own) {
        return content.equals(own) ? null : what + " " + content + ", expected " + own + " as in code";
    }

    private static boolean isFilledIn(String variable, Message own, Campaign campaign) {
        return switch (steps(variable)[0]) {
            case "event" -> campaign.properties().anyMatch(kept -> kept.equals(steps(variable)[1]));
            case "call", "product" ->
                own.variables().stream().anyMatch(known -> kept(known).equals(kept(variable)));
            case "basket", "order" -> campaign.messages().stream().anyMatch(Message::usesCommerce);
            default -> true;
        };
    }

    private static String fillable(String variable, Message own, Campaign campaign) {
        return switch (steps(variable)[0]) {
            case "event" ->
                "a property of the event that the campaign keeps, one of "
                        + campaign.properties().collect(Collectors.toCollection(TreeSet::new));
            case "call" ->
                "an answer that the message in code fills in, one of "
                        + own.variables().stream()
                                .filter(known -> known.startsWith("call."))
                                .map(Contents::kept)
                                .collect(Collectors.toCollection(TreeSet::new));
            case "product" ->
                "what the message in code fills in of a product, one of "
                        + own.variables().stream()
                                .filter(known -> known.startsWith("product."))
                                .map(Contents::kept)
                                .collect(Collectors.toCollection(TreeSet::new));
            default -> "none of basket and order, because no message of the campaign fills in any";
        };
    }

    /** Of an answer its name and a value, of a product a value: what lies deeper is kept with these. */
    private static String kept(String variable) {
        String[] steps = variable.split("[.\\[]", 4);
        int whole = steps[0].equals("product") ? 2 : 3;
        return String.join(".", List.of(steps).subList(0, Math.min(whole, steps.length)));
    }

    private static String[] steps(String variable) {
        String[] steps = variable.split("[.\\[]", 3);
        return steps.length > 1 ? steps : new String[] {steps[0], ""};
    }

    private Map<String, String> hashes() {
        var hashes = new TreeMap<String, String>();
        byName.forEach((name, content) -> hashes.put(name, content.hash()));
        return hashes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Contents contents && hashes().equals(contents.hashes());
    }

    @Override
    public int hashCode() {
        return Objects.hash(hashes());
    }
}
