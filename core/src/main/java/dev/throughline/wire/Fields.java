// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All fields of one value, to be asked for by number in any order; the short way to write {@link Codec#read}. What is absent
 * has the default of its type. Not thread-safe.
 */
public final class Fields {

    private final List<Reader> fields = new ArrayList<>(8);

    /**
     * Reads all fields.
     *
     * @param in where from
     */
    public Fields(Reader in) {
        while (in.next()) {
            fields.add(in.present());
        }
    }

    /**
     * A text.
     *
     * @param field the field's number
     * @return the text, or an empty one
     */
    public String string(int field) {
        var found = find(field);
        return found == null ? "" : found.string();
    }

    /**
     * A text that may be missing.
     *
     * @param field the field's number
     * @return the text, or {@code null}
     */
    public @Nullable String stringOrNull(int field) {
        var found = find(field);
        return found == null ? null : found.string();
    }

    /**
     * Bytes.
     *
     * @param field the field's number
     * @return a copy, or none
     */
    public byte[] bytes(int field) {
        var found = find(field);
        return found == null ? new byte[0] : found.bytes();
    }

    /**
     * A whole number.
     *
     * @param field the field's number
     * @return the number, or 0
     */
    public long number(int field) {
        var found = find(field);
        return found == null ? 0 : found.number();
    }

    /**
     * All numbers of a repeated field.
     *
     * @param field the field's number
     * @return the numbers, in their order
     */
    public long[] numbers(int field) {
        return fields.stream()
                .filter(present -> present.field() == field)
                .mapToLong(Reader::number)
                .toArray();
    }

    /**
     * All texts of a repeated field.
     *
     * @param field the field's number
     * @return the texts, in their order
     */
    public List<String> strings(int field) {
        return fields.stream()
                .filter(present -> present.field() == field)
                .map(Reader::string)
                .toList();
    }

    /**
     * A flag.
     *
     * @param field the field's number
     * @return the flag, or {@code false}
     */
    public boolean flag(int field) {
        return number(field) != 0;
    }

    /**
     * An instant.
     *
     * @param field the field's number
     * @return the instant, or the epoch
     */
    public Instant instant(int field) {
        var found = find(field);
        return found == null ? Instant.EPOCH : found.instant();
    }

    /**
     * An instant that may be missing.
     *
     * @param field the field's number
     * @return the instant, or {@code null}
     */
    public @Nullable Instant instantOrNull(int field) {
        var found = find(field);
        return found == null ? null : found.instant();
    }

    /**
     * A constant of an enum.
     *
     * @param <E> the enum
     * @param field the field's number
     * @param absent what it is if the field is absent
     * @return the constant
     */
    public <E extends Enum<E>> E constant(int field, E absent) {
        var found = find(field);
        return found == null ? absent : found.constant(absent.getDeclaringClass());
    }

    /**
     * A nested value.
     *
     * @param <T> its type
     * @param field the field's number
     * @param codec how
     * @return the value
     * @throws WireException if the field is absent
     */
    public <T> T nested(int field, Codec<T> codec) {
        var found = find(field);
        if (found == null) {
            throw new WireException("field " + field + " is missing");
        }
        return found.nested(codec);
    }

    /**
     * A nested value that may be missing.
     *
     * @param <T> its type
     * @param field the field's number
     * @param codec how
     * @return the value, or {@code null}
     */
    public <T> @Nullable T nestedOrNull(int field, Codec<T> codec) {
        var found = find(field);
        return found == null ? null : found.nested(codec);
    }

    /**
     * All values of a repeated field.
     *
     * @param <T> their type
     * @param field the field's number
     * @param codec how
     * @return the values, in their order
     */
    public <T> List<T> each(int field, Codec<T> codec) {
        return fields.stream()
                .filter(present -> present.field() == field)
                .map(present -> present.nested(codec))
                .toList();
    }

    /**
     * A JSON-like value.
     *
     * @param field the field's number
     * @return the value, or {@code null}
     */
    public @Nullable Object value(int field) {
        var found = find(field);
        return found == null ? null : found.value();
    }

    /**
     * The fields that a newer version wrote, to be written back with {@link Writer#raw}.
     *
     * @param known the highest number that this version knows
     * @return their bytes; empty if there are none
     */
    public byte[] above(int known) {
        var out = new Writer();
        fields.stream().filter(present -> present.field() > known).forEach(present -> out.raw(present.rawField()));
        return out.toByteArray();
    }

    private @Nullable Reader find(int field) {
        for (Reader present : fields) {
            if (present.field() == field) {
                return present;
            }
        }
        return null;
    }
}
