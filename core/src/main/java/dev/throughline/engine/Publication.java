// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Contents;
import dev.throughline.campaign.MigrationOrder.Signature;
import dev.throughline.campaign.PublishedContent;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Campaigns as the store keeps them, under the hash of their content, so that whoever is inside one that no code has any more goes on in
 * it.
 */
public final class Publication {

    /** The kind of what is published here. */
    public static final String CAMPAIGN = "campaign";

    /** The kind of policies under which something was decided; their versions are the hashes that decisions bear. */
    static final String POLICY = "policy";

    /** The kind of messages that say what messages of their names are to say. */
    static final String MESSAGE = "message";

    /** Says how often something was published, so that every host sees in the settings that there is more. */
    static final String SETTING = "definitions";

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private Publication() {}

    /**
     * Publishes those that are not there yet. One unit, so that a host either has all of its campaigns there or none.
     *
     * @param campaigns the campaigns of a host
     * @param store an open store
     * @param at when
     * @param who who publishes them
     */
    public static void publish(Collection<Campaign> campaigns, Store store, Instant at, String who) {
        var known = versions(store);
        var fresh = campaigns.stream()
                .filter(campaign -> !known.contains(campaign.version()))
                .map(campaign ->
                        new Definition(CAMPAIGN, campaign.name(), campaign.version(), campaign.toJson(), at, who))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(SETTING)), true);
            Changes changes = Changes.none();
            changes.definitions().addAll(fresh);
            count(unit, changes);
            unit.commit(changes);
        }
    }

    /**
     * Publishes a policy unless it is there, so that decisions can be explained when there is another one. No host has to read it for its
     * work.
     *
     * @param policy a host's policy
     * @param store an open store
     * @param at when
     * @param who who publishes it
     */
    public static void publish(Policy policy, Store store, Instant at, String who) {
        boolean known = store.definitions().stream()
                .anyMatch(one -> one.kind().equals(POLICY) && one.version().equals(policy.hash()));
        if (known) {
            return;
        }
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(SETTING)), true);
            Changes changes = Changes.none();
            changes.definitions().add(new Definition(POLICY, policy.name(), policy.hash(), policy.toJson(), at, who));
            unit.commit(changes);
        }
    }

    /**
     * Publishes what messages of a name are to say.
     *
     * @param message the content; {@code null} for what code says
     */
    static void publish(PublishedContent content, @Nullable Message message, Store store) {
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(SETTING)), true);
            Changes changes = Changes.none();
            if (message != null) {
                changes.definitions()
                        .add(new Definition(
                                MESSAGE,
                                message.name(),
                                message.hash(),
                                message.toJson(),
                                content.at(),
                                content.who()));
            }
            changes.settings().putAll(content.settings());
            count(unit, changes);
            unit.commit(changes);
        }
    }

    /** Publishes a campaign with what a unit changes besides, unless it is there. */
    static void add(Campaign campaign, Signature signature, Store store, Unit unit, Changes changes) {
        if (!versions(store).contains(campaign.version())) {
            changes.definitions()
                    .add(new Definition(
                            CAMPAIGN,
                            campaign.name(),
                            campaign.version(),
                            campaign.toJson(),
                            signature.at(),
                            signature.who()));
            count(unit, changes);
        }
    }

    private static void count(Unit unit, Changes changes) {
        String before = unit.settings().getOrDefault(SETTING, "0");
        int more = Math.max(1, changes.definitions().size());
        changes.settings().put(SETTING, String.valueOf(Long.parseLong(before) + more));
    }

    /**
     * Reads what messages are to say. Where this library cannot read it, because a newer one has written it, code has the word.
     *
     * @param settings say what counts
     * @param known contents that need not be read again
     */
    static Contents contents(Store store, Map<String, String> settings, Contents known) {
        var current = new TreeMap<String, Message>();
        for (PublishedContent content : PublishedContent.of(settings).values()) {
            Message message = content.isOfCode()
                    ? null
                    : known.find(content.message(), content.hash()).orElseGet(() -> readable(store, content));
            if (message != null) {
                current.put(content.message(), message);
            }
        }
        return new Contents(current);
    }

    private static @Nullable Message readable(Store store, PublishedContent content) {
        try {
            return store.definitions().stream()
                    .filter(one -> one.kind().equals(MESSAGE)
                            && one.name().equals(content.message())
                            && one.version().equals(content.hash()))
                    .findFirst()
                    .map(definition -> Message.parse(definition.json()))
                    .orElse(null);
        } catch (ThroughlineException newer) {
            LOG.atWarn()
                    .addKeyValue("message", content.message())
                    .addKeyValue("version", content.hash())
                    .log("published content cannot be read: this host says what its code says");
            return null;
        }
    }

    private static Set<String> versions(Store store) {
        return store.definitions().stream()
                .filter(definition -> definition.kind().equals(CAMPAIGN))
                .map(Definition::version)
                .collect(Collectors.toSet());
    }

    /**
     * Reads what is published and not known. What this library cannot read, because a newer one has written it, is left to hosts that can.
     *
     * @param known campaigns by the versions under which they were published
     */
    static Map<String, Campaign> read(Store store, Map<String, Campaign> known) {
        var read = new TreeMap<>(known);
        for (Definition definition : store.definitions()) {
            if (definition.kind().equals(CAMPAIGN) && !read.containsKey(definition.version())) {
                try {
                    read.put(definition.version(), Campaign.parse(definition.json()));
                } catch (ThroughlineException newer) {
                    LOG.atWarn()
                            .addKeyValue("campaign", definition.name())
                            .addKeyValue("version", definition.version())
                            .setCause(newer)
                            .log("a published campaign cannot be read: this host does not step it");
                }
            }
        }
        return read;
    }
}
