// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks over tagged fields: {@code while (in.next()) switch (in.field()) …}. What the switch does not take is passed over. Not
 * thread-safe.
 */
public final class Reader {

    private final byte[] buffer;
    private final int end;
    private int position;
    private int fieldStart;
    private int field;
    private int form;
    private long number;
    private int bytesStart;
    private int bytesLength;

    /**
     * Reads from the beginning.
     *
     * @param bytes what {@link Writer} wrote
     */
    public Reader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Reader(byte[] buffer, int start, int end) {
        this.buffer = buffer;
        this.position = start;
        this.end = end;
    }

    /**
     * Moves to the next field.
     *
     * @return whether there is one
     * @throws WireException if the bytes end in the middle of a field
     */
    public boolean next() {
        if (position >= end) {
            return false;
        }
        fieldStart = position;
        long tag = varint();
        field = (int) (tag >>> 3);
        form = (int) (tag & 7);
        if (form == Writer.VARINT) {
            number = varint();
        } else if (form == Writer.BYTES) {
            long length = varint();
            if (length < 0 || length > end - position) {
                throw new WireException(
                        "field " + field + " says " + length + " bytes, " + (end - position) + " are left");
            }
            bytesStart = position;
            bytesLength = (int) length;
            position += bytesLength;
        } else {
            throw new WireException("field " + field + " has form " + form + ", expected 0 (varint) or 2 (bytes)");
        }
        return true;
    }

    /**
     * The present field's number.
     *
     * @return the number
     */
    public int field() {
        return field;
    }

    /**
     * The present field as text.
     *
     * @return the text
     */
    public String string() {
        require(Writer.BYTES);
        return new String(buffer, bytesStart, bytesLength, StandardCharsets.UTF_8);
    }

    /**
     * The present field as bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        require(Writer.BYTES);
        return Arrays.copyOfRange(buffer, bytesStart, bytesStart + bytesLength);
    }

    /**
     * The present field as a whole number.
     *
     * @return the number
     */
    public long number() {
        require(Writer.VARINT);
        return (number >>> 1) ^ -(number & 1);
    }

    /**
     * The present field as a flag.
     *
     * @return the flag
     */
    public boolean flag() {
        return number() != 0;
    }

    /**
     * The present field as an instant.
     *
     * @return the instant
     */
    public Instant instant() {
        var in = nestedReader();
        long seconds = 0;
        long nanos = 0;
        while (in.next()) {
            if (in.field() == 1) {
                seconds = in.number();
            } else if (in.field() == 2) {
                nanos = in.number();
            }
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw new WireException("field " + field + " is no instant");
        }
    }

    /**
     * The present field as a constant of an enum.
     *
     * @param <E> the enum
     * @param type the enum's class
     * @return the constant
     * @throws WireException if this version has no constant of that name
     */
    public <E extends Enum<E>> E constant(Class<E> type) {
        String name = string();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknownName) {
            throw new WireException(type.getSimpleName() + " has no constant '" + name + "'");
        }
    }

    /**
     * The present field as a nested value.
     *
     * @param <T> the type
     * @param codec how
     * @return the value
     */
    public <T> T nested(Codec<T> codec) {
        return codec.read(nestedReader());
    }

    /**
     * The present field as a JSON-like value; maps and lists cannot be modified.
     *
     * @return the value, which may be {@code null}
     */
    public @Nullable Object value() {
        var in = nestedReader();
        if (!in.next()) {
            return null;
        }
        return switch (in.field()) {
            case 1 -> in.string();
            case 2 -> in.flag();
            case 3 -> in.number();
            case 4 -> in.decimal();
            case 5 -> list(in.nestedReader());
            case 6 -> map(in.nestedReader());
            default -> throw new WireException("value of unknown kind " + in.field());
        };
    }

    private BigDecimal decimal() {
        try {
            return new BigDecimal(string());
        } catch (NumberFormatException notANumber) {
            throw new WireException("field " + field + " is no decimal number");
        }
    }

    /** A reader that stays at the present field. */
    Reader present() {
        var copy = new Reader(buffer, position, end);
        copy.fieldStart = fieldStart;
        copy.field = field;
        copy.form = form;
        copy.number = number;
        copy.bytesStart = bytesStart;
        copy.bytesLength = bytesLength;
        return copy;
    }

    byte[] rawField() {
        return Arrays.copyOfRange(buffer, fieldStart, position);
    }

    private static Object list(Reader in) {
        var list = new ArrayList<@Nullable Object>();
        while (in.next()) {
            list.add(in.value());
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> map(Reader in) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        String name = "";
        while (in.next()) {
            if (in.field() == 1) {
                name = in.string();
            } else {
                map.put(name, in.value());
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private Reader nestedReader() {
        require(Writer.BYTES);
        return new Reader(buffer, bytesStart, bytesStart + bytesLength);
    }

    private void require(int expected) {
        if (form != expected) {
            throw new WireException("field " + field + " has form " + form + ", expected " + expected);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw new WireException("the bytes end within a number at " + position);
            }
            byte next = buffer[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new WireException("a number of more than 64 bits ends at " + position);
    }
}
