// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import org.jspecify.annotations.Nullable;

/** A message as a customer would get it, ready to be sent to somebody of the shop. Immutable; sends nothing before {@link #to}. */
public final class ProofDraft {

    private final ProofDesk desk;
    private final Message message;
    private final Identity reader;
    private final Sample sample;
    private final @Nullable Channel channel;
    private final @Nullable String language;

    ProofDraft(ProofDesk desk, Message message, Identity reader, Sample sample) {
        this(desk, message, reader, sample, null, null);
    }

    private ProofDraft(
            ProofDesk desk,
            Message message,
            Identity reader,
            Sample sample,
            @Nullable Channel channel,
            @Nullable String language) {
        this.desk = desk;
        this.message = message;
        this.reader = reader;
        this.sample = sample;
        this.channel = channel;
        this.language = language;
    }

    /**
     * Over which channel, where the message has several that reach one kind of address, such as SMS and Zalo.
     *
     * @param over the channel
     * @return the changed draft
     */
    public ProofDraft on(Channel over) {
        return new ProofDraft(desk, message, reader, sample, over, language);
    }

    /**
     * In which of the message's languages; in hers unless said.
     *
     * @param tag the tag of the wording, such as {@code en}; empty for the one for everybody
     * @return the changed draft
     */
    public ProofDraft in(String tag) {
        return new ProofDraft(desk, message, reader, sample, channel, tag);
    }

    /**
     * Sends it, marked as a proof in front of a mail's subject or of the text, and waits until it is known what became of it, for at most
     * half a lease. It leaves as every message does, with labels, footers, delivery modes and kill switches; it needs no approval and no
     * consent, and hours, caps, pools and journeys know nothing of it. Who has refused the brand's messages or cannot be reached gets none.
     *
     * @param address an address of the shop's own that the host has registered for proofs
     * @param who who wants to see it
     * @param why for what reason
     * @return what became of it
     * @throws ThroughlineException if the address is not registered, the message has no such wording or cannot be filled in, no adapter
     *     carries it, its words are a provider's, or who or why are not one line each; nothing is sent then
     */
    public Proof to(Address address, String who, String why) {
        return desk.send(this, address, who, why);
    }

    Message message() {
        return message;
    }

    Identity reader() {
        return reader;
    }

    Sample sample() {
        return sample;
    }

    @Nullable
    Channel channel() {
        return channel;
    }

    @Nullable
    String language() {
        return language;
    }
}
