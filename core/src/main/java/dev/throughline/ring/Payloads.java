// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.WireException;
import dev.throughline.wire.Writer;
import java.util.HashMap;
import java.util.Map;

/** The payload types that are known, each under a name that is for ever. Filled once, then read by many threads. */
public final class Payloads implements Codec<Payload> {

    private final Map<String, Codec<? extends Payload>> byName = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /** Knows no type yet. */
    public Payloads() {}

    /**
     * Adds a type.
     *
     * @param <P> the type
     * @param name its name in stored bytes
     * @param type its class
     * @param codec how it is stored
     * @return this
     * @throws IllegalArgumentException if the name or the class is taken
     */
    public <P extends Payload> Payloads with(String name, Class<P> type, Codec<P> codec) {
        if (byName.putIfAbsent(name, codec) != null || names.putIfAbsent(type, name) != null) {
            throw new IllegalArgumentException("payload '" + name + "' (" + type.getName() + ") is registered twice");
        }
        return this;
    }

    @Override
    public void write(Payload payload, Writer out) {
        String name = names.get(payload.getClass());
        Codec<? extends Payload> codec = byName.get(name);
        if (name == null || codec == null) {
            throw new WireException("payload " + payload.getClass().getName() + " is not registered");
        }
        out.string(1, name);
        out.bytes(2, encoded(codec, payload));
    }

    @Override
    public Payload read(Reader in) {
        String name = "";
        byte[] body = {};
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.string();
                case 2 -> body = in.bytes();
                default -> {}
            }
        }
        Codec<? extends Payload> codec = byName.get(name);
        if (codec == null) {
            throw new WireException("payload '" + name + "' is of no type that this version knows");
        }
        return codec.decode(body);
    }

    @SuppressWarnings("unchecked") // the codec was registered together with the payload's class
    private static byte[] encoded(Codec<? extends Payload> codec, Payload payload) {
        return ((Codec<Payload>) codec).encode(payload);
    }
}
