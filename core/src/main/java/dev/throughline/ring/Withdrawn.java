// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.MessageId;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;

/**
 * The engine's word that {@link Effect.Cancel} found the message still in the outbox and took it out.
 *
 * @param message which
 */
public record Withdrawn(MessageId message) implements Payload {

    /** How it is stored. */
    public static final Codec<Withdrawn> CODEC = new Codec<>() {
        @Override
        public void write(Withdrawn value, Writer out) {
            out.string(1, value.message.value());
        }

        @Override
        public Withdrawn read(Reader in) {
            String id = "";
            while (in.next()) {
                if (in.field() == 1) {
                    id = in.string();
                }
            }
            return new Withdrawn(new MessageId(id));
        }
    };
}
