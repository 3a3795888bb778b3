// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Content;
import dev.throughline.channel.Preparation;
import dev.throughline.consent.OptOutWords;
import dev.throughline.consent.Salts;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Sender;
import dev.throughline.link.LinkKeys;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What contact points decide by. Immutable.
 *
 * @param policy the law and the house's own rules
 * @param brands the brands by name
 * @param prepare what each channel's adapter makes of content, by the channel's name; a channel that is missing has no adapter
 * @param pools the pools by name
 * @param words how refusals are recognised
 * @param disabled checks that are left out, by name; only a rehearsal may leave any out
 * @param rehearsed whether senders that are not registered count as registered
 * @param lookUps the names of channels whose adapter can find out what became of a message
 * @param approvals which messages are approved, if they have to be
 * @param links what links are signed with
 * @param salts what lines of the ledger are salted with
 * @param classified whether somebody reads replies that {@code words} cannot
 */
public record DecisionRules(
        Policy policy,
        Map<String, Brand> brands,
        Map<String, Function<Content, Preparation>> prepare,
        Map<String, Pool> pools,
        OptOutWords words,
        Set<String> disabled,
        boolean rehearsed,
        Set<String> lookUps,
        Approvals approvals,
        LinkKeys links,
        Salts salts,
        boolean classified) {

    /** The checks that a rehearsal can leave out, by name. */
    public static final List<String> CHECKS =
            List.of("age", "cap", "consent", "content", "hours", "pool", "registry", "sender", "suppression");

    /** Copies the collections. */
    public DecisionRules {
        brands = Map.copyOf(brands);
        prepare = Map.copyOf(prepare);
        pools = Map.copyOf(pools);
        disabled = Set.copyOf(disabled);
        lookUps = Set.copyOf(lookUps);
    }

    /**
     * The sender that a rehearsal invents where a brand has none.
     *
     * @param channel on which channel
     * @return the sender
     */
    public static Sender invented(Channel channel) {
        return Sender.of(channel.equals(Channel.EMAIL) ? "rehearsal@example.com" : "REHEARSAL");
    }
}
