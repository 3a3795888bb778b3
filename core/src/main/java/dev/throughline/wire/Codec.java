// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Writes and reads one type in canonical form: equal values give equal bytes, on every machine.
 *
 * <p>Field numbers are for ever: a number is never used again for another meaning. Implementations are stateless and
 * thread-safe.
 *
 * @param <T> the type
 */
public interface Codec<T> {

    /**
     * Writes the fields of {@code value}; fields at their default may be left out.
     *
     * @param value the value
     * @param out where to
     */
    void write(T value, Writer out);

    /**
     * Reads what {@link #write} wrote, by this or another version.
     *
     * @param in the fields
     * @return the value
     * @throws WireException if the bytes are not of this form
     */
    T read(Reader in);

    /**
     * A codec made of two functions.
     *
     * @param <T> the type
     * @param write writes a value's fields
     * @param read makes a value of its fields
     * @return the codec
     */
    static <T> Codec<T> of(BiConsumer<T, Writer> write, Function<Fields, T> read) {
        return new Codec<>() {
            @Override
            public void write(T value, Writer out) {
                write.accept(value, out);
            }

            @Override
            public T read(Reader in) {
                return read.apply(new Fields(in));
            }
        };
    }

    /**
     * Encodes a value on its own.
     *
     * @param value the value
     * @return its canonical bytes
     */
    default byte[] encode(T value) {
        var out = new Writer();
        write(value, out);
        return out.toByteArray();
    }

    /**
     * Decodes what {@link #encode} gave.
     *
     * @param bytes the bytes
     * @return the value
     * @throws WireException if the bytes are not of this form
     */
    default T decode(byte[] bytes) {
        return read(new Reader(bytes));
    }
}
