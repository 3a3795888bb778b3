// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends tagged fields to a growing buffer. Not thread-safe.
 *
 * <p>A tag is {@code field << 3 | form}; integers are zigzag varints; everything else is a length and its bytes, so that a
 * reader can step over what it does not know.
 */
public final class Writer {

    static final int VARINT = 0;
    static final int BYTES = 2;

    private byte[] buffer = new byte[128];
    private int size;

    /** An empty buffer. */
    public Writer() {}

    /**
     * Writes a string, if there is one.
     *
     * @param field the field's number
     * @param value the text; nothing is written for {@code null}
     */
    public void string(int field, @Nullable String value) {
        if (value != null) {
            bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Writes bytes.
     *
     * @param field the field's number
     * @param value the bytes
     */
    public void bytes(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        append(value, value.length);
    }

    /**
     * Writes a whole number.
     *
     * @param field the field's number
     * @param value the number
     */
    public void number(int field, long value) {
        tag(field, VARINT);
        varint((value << 1) ^ (value >> 63));
    }

    /**
     * Writes a flag; nothing is written for {@code false}.
     *
     * @param field the field's number
     * @param value the flag
     */
    public void flag(int field, boolean value) {
        if (value) {
            number(field, 1);
        }
    }

    /**
     * Writes an instant with nanosecond precision, if there is one.
     *
     * @param field the field's number
     * @param value the instant; nothing is written for {@code null}
     */
    public void instant(int field, @Nullable Instant value) {
        if (value != null) {
            var nested = new Writer();
            long second = value.getEpochSecond();
            int nano = value.getNano();
            nested.number(1, second);
            if (nano != 0) {
                nested.number(2, nano);
            }
            nested(field, nested);
        }
    }

    /**
     * Writes an enum constant by its name, so that its place in the enum may change.
     *
     * @param field the field's number
     * @param value the constant; nothing is written for {@code null}
     */
    public void constant(int field, @Nullable Enum<?> value) {
        if (value != null) {
            string(field, value.name());
        }
    }

    /**
     * Writes a nested value, if there is one.
     *
     * @param <T> the value's type
     * @param field the field's number
     * @param codec how
     * @param value the value; nothing is written for {@code null}
     */
    public <T> void nested(int field, Codec<T> codec, @Nullable T value) {
        if (value != null) {
            var nested = new Writer();
            codec.write(value, nested);
            nested(field, nested);
        }
    }

    /**
     * Writes each value of a list, in its order, under the same field number.
     *
     * @param <T> the values' type
     * @param field the field's number
     * @param codec how
     * @param values the values
     */
    public <T> void each(int field, Codec<T> codec, Iterable<? extends T> values) {
        for (T value : values) {
            nested(field, codec, value);
        }
    }

    /**
     * Writes a JSON-like value: {@code null}, text, boolean, whole number, decimal, list or map. Maps are written in the order of
     * their keys.
     *
     * @param field the field's number
     * @param value the value
     * @throws WireException if it is, or holds, something else
     */
    public void value(int field, @Nullable Object value) {
        var nested = new Writer();
        nested.writeValue(value);
        nested(field, nested);
    }

    /**
     * Appends fields that an earlier reader did not know, as they were.
     *
     * @param fields from {@link Fields#above}
     */
    public void raw(byte[] fields) {
        append(fields, fields.length);
    }

    /**
     * What was written so far.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void writeValue(@Nullable Object value) {
        if (value instanceof String text) {
            string(1, text);
        } else if (value instanceof Boolean flag) {
            number(2, flag ? 1 : 0);
        } else if (value instanceof Long || value instanceof Integer) {
            number(3, ((Number) value).longValue());
        } else if (value instanceof BigDecimal decimal) {
            string(4, decimal.toString());
        } else if (value instanceof List<?> list) {
            var nested = new Writer();
            list.forEach(item -> nested.value(1, item));
            nested(5, nested);
        } else if (value instanceof Map<?, ?> map) {
            var nested = new Writer();
            sorted(map).forEach((name, item) -> {
                nested.string(1, name);
                nested.value(2, item);
            });
            nested(6, nested);
        } else if (value != null) {
            throw new WireException("a " + value.getClass().getName()
                    + " cannot be stored: expected text, boolean, whole number, BigDecimal, list or map");
        }
    }

    private static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((name, item) -> sorted.put((String) name, item));
        return sorted;
    }

    private void nested(int field, Writer nested) {
        tag(field, BYTES);
        varint(nested.size);
        append(nested.buffer, nested.size);
    }

    private void tag(int field, int form) {
        varint(((long) field << 3) | form);
    }

    private void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void append(byte[] bytes, int length) {
        ensure(length);
        System.arraycopy(bytes, 0, buffer, size, length);
        size += length;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
