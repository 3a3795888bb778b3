// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.store.Codecs;
import dev.throughline.store.Illegible;
import dev.throughline.store.StoreException;
import dev.throughline.wire.Codec;
import dev.throughline.wire.WireException;
import java.util.Map;

/** What the bodies of rows mean. A body that cannot be read is named by its kind, never by its key, which may be personal data. */
final class Forms {

    final Codecs codecs;
    private final Codec<Envelope> envelopes;
    private final String where;
    private final int version;

    /** {@code version} is the last one of the tables that this release knows. */
    Forms(Codecs codecs, String where, int version) {
        this.codecs = codecs;
        this.envelopes = Envelope.codec(codecs.payloads());
        this.where = where;
        this.version = version;
    }

    Map<String, String> settings(Session session) {
        return Schema.known(Reads.settings(session), version, where);
    }

    byte[] state(Key key, Object state) {
        return codecs.state(key.kind()).encode(state);
    }

    Object state(Key key, byte[] body) {
        return read("a state of kind " + key.kind(), codecs.state(key.kind()), body);
    }

    byte[] envelope(Envelope envelope) {
        return envelopes.encode(envelope);
    }

    Envelope envelope(byte[] body) {
        return read("an input", envelopes, body);
    }

    Outgoing outgoing(byte[] body) {
        return read("a row of the outbox", Outgoing.CODEC, body);
    }

    /** A line of the ledger that cannot be read is still a line: whoever verifies the ledger names it. */
    Payload line(Entry.Log log, byte[] body) {
        if (log != Entry.Log.LEDGER) {
            return read("a line of " + log, codecs.payloads(), body);
        }
        try {
            return codecs.payloads().decode(body);
        } catch (RuntimeException unreadable) { // whatever a codec throws at bytes that it has not written
            return new Illegible(unreadable.getClass().getSimpleName());
        }
    }

    <T> T read(String what, Codec<T> codec, byte[] body) {
        try {
            return codec.decode(body);
        } catch (WireException unreadable) {
            throw new StoreException(
                    where + ": " + what + " cannot be read: " + unreadable.getMessage()
                            + ", expected what this version or an older one wrote",
                    false,
                    unreadable);
        }
    }
}
