// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Contents;
import dev.throughline.campaign.PublishedContent;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.store.Store;
import java.time.InstantSource;
import java.util.List;

/** Publishes what messages are to say into a store. Thread-safe. */
public final class ContentDesk {

    private final List<Campaign> campaigns;
    private final Store store;
    private final InstantSource clock;

    /**
     * For the messages of some campaigns.
     *
     * @param campaigns the campaigns of a host
     * @param store the store
     * @param clock stamps what is published
     */
    public ContentDesk(List<Campaign> campaigns, Store store, InstantSource clock) {
        this.campaigns = List.copyOf(campaigns);
        this.store = store;
        this.clock = clock;
    }

    /**
     * Publishes a content.
     *
     * @param message the content
     * @param who who publishes it
     * @param why for what reason
     * @return what counts from now on
     * @throws ThroughlineException if no message of this name follows contents, or this one does not fit
     */
    public PublishedContent publish(Message message, String who, String why) {
        boolean own = Contents.check(message, campaigns);
        var content = new PublishedContent(message.name(), own ? "" : message.hash(), who, why, clock.instant());
        Publication.publish(content, own ? null : message, store);
        return content;
    }
}
