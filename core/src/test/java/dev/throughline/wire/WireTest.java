// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What was written is read, and what was not written is told apart from it. */
class WireTest {

    private static final Codec<Object> VALUE = Codec.of((value, out) -> out.value(1, value), in -> in.value(1));

    @Test
    void everyWholeNumberSurvives() {
        for (long number : new long[] {0, 1, -1, 63, 64, -64, -65, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(read(out -> out.number(1, number)).number(1)).isEqualTo(number);
        }
    }

    @Test
    void everyTextSurvives() {
        for (String text : List.of("", " ", "Đừng gửi nữa", "\u0000", "👋🏽", "x".repeat(100_000))) {
            assertThat(read(out -> out.string(1, text)).stringOrNull(1)).isEqualTo(text);
        }
    }

    @Test
    void everyInstantSurvives() {
        for (Instant instant : List.of(
                Instant.EPOCH,
                Instant.parse("2026-11-23T03:00:00.123456789Z"),
                Instant.EPOCH.minusNanos(1),
                Instant.MIN,
                Instant.MAX)) {
            assertThat(read(out -> out.instant(1, instant)).instant(1)).isEqualTo(instant);
        }
    }

    @Test
    void absentFieldsHaveTheirDefaults() {
        var nothing = read(out -> {
            out.string(1, null);
            out.instant(1, null);
            out.constant(1, null);
            out.nested(1, VALUE, null);
            out.flag(1, false);
        });

        assertThat(nothing.string(1)).isEmpty();
        assertThat(nothing.stringOrNull(1)).isNull();
        assertThat(nothing.instant(1)).isEqualTo(Instant.EPOCH);
        assertThat(nothing.instantOrNull(1)).isNull();
        assertThat(nothing.constant(1, DayOfWeek.FRIDAY)).isEqualTo(DayOfWeek.FRIDAY);
        assertThat(nothing.number(1)).isZero();
        assertThat(nothing.flag(1)).isFalse();
        assertThat(nothing.bytes(1)).isEmpty();
        assertThat(nothing.strings(1)).isEmpty();
        assertThat(nothing.each(1, VALUE)).isEmpty();
        assertThat(nothing.nestedOrNull(1, VALUE)).isNull();
        assertThatThrownBy(() -> nothing.nested(1, VALUE))
                .isInstanceOf(WireException.class)
                .hasMessage("field 1 is missing");
    }

    @Test
    void repeatedFieldsKeepTheirOrder() {
        var fields = read(out -> {
            out.string(1, "b");
            out.number(2, 7);
            out.string(1, "a");
            out.number(2, -7);
        });

        assertThat(fields.strings(1)).containsExactly("b", "a");
        assertThat(fields.numbers(2)).containsExactly(7, -7);
    }

    @Test
    void everyJsonLikeValueSurvives() {
        var random = new Random(42);
        for (int seed = 0; seed < 2_000; seed++) {
            Object value = drawn(random, 4);

            assertThat(VALUE.decode(VALUE.encode(value))).as("case %s", seed).isEqualTo(value);
        }
    }

    @Test
    void mapsHaveOneFormWhateverTheirOrder() {
        var forward = new LinkedHashMap<String, Object>();
        forward.put("a", 1L);
        forward.put("b", 2L);
        var backward = new LinkedHashMap<String, Object>();
        backward.put("b", 2L);
        backward.put("a", 1L);

        assertThat(VALUE.encode(forward)).isEqualTo(VALUE.encode(backward));
    }

    @Test
    void refusesValuesThatAreNoData() {
        assertThatThrownBy(() -> VALUE.encode(List.of(1.5)))
                .isInstanceOf(WireException.class)
                .hasMessage("a java.lang.Double cannot be stored:"
                        + " expected text, boolean, whole number, BigDecimal, list or map");
    }

    @Test
    void keepsTheFieldsOfANewerVersionAsTheyWere() {
        var newer = new Writer();
        newer.string(1, "known");
        newer.number(9, Long.MIN_VALUE);
        newer.value(8, Map.of("a", List.of(1L, "x")));
        newer.string(9, "twice");

        var again = new Writer();
        again.string(1, "known");
        again.raw(new Fields(new Reader(newer.toByteArray())).above(1));

        assertThat(again.toByteArray()).isEqualTo(newer.toByteArray());
    }

    @Test
    void constantOfANewerVersionIsRefusedByName() {
        var fields = read(out -> out.string(1, "SOMEDAY"));

        assertThatThrownBy(() -> fields.constant(1, DayOfWeek.MONDAY))
                .isInstanceOf(WireException.class)
                .hasMessage("DayOfWeek has no constant 'SOMEDAY'");
    }

    @Test
    void fieldOfAnotherFormIsRefused() {
        var fields = read(out -> {
            out.number(1, 7);
            out.string(2, "seven");
        });

        assertThatThrownBy(() -> fields.string(1)).hasMessage("field 1 has form 0, expected 2");
        assertThatThrownBy(() -> fields.number(2)).hasMessage("field 2 has form 2, expected 0");
    }

    @Test
    void bytesThatEndTooSoonAreRefused() {
        assertThatThrownBy(() -> new Fields(new Reader(new byte[] {0x0A, 5, 'a', 'b'})))
                .isInstanceOf(WireException.class)
                .hasMessage("field 1 says 5 bytes, 2 are left");
        assertThatThrownBy(() -> new Fields(new Reader(new byte[] {0x08, (byte) 0x80})))
                .isInstanceOf(WireException.class)
                .hasMessage("the bytes end within a number at 2");
        assertThatThrownBy(() -> new Fields(new Reader(new byte[] {0x09, 1})))
                .isInstanceOf(WireException.class)
                .hasMessage("field 1 has form 1, expected 0 (varint) or 2 (bytes)");
        byte[] endless = new byte[12];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(() -> new Fields(new Reader(endless)))
                .isInstanceOf(WireException.class)
                .hasMessage("a number of more than 64 bits ends at 10");
    }

    @Test
    void spoiltBytesAreReadAsSomethingOrRefusedInOurOwnWords() {
        var random = new Random(7);
        for (int seed = 0; seed < 20_000; seed++) {
            byte[] bytes = VALUE.encode(drawn(random, 3));
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            for (int spoilt = random.nextInt(3); spoilt > 0 && bytes.length > 0; spoilt--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            readable(seed, bytes);
        }
    }

    @Test
    void spoiltInstantIsRefusedInOurOwnWords() {
        var spoilt = new Writer();
        spoilt.number(1, Long.MAX_VALUE);
        var field = new Writer();
        field.bytes(1, spoilt.toByteArray());
        var fields = new Fields(new Reader(field.toByteArray()));

        assertThatThrownBy(() -> fields.instant(1))
                .isInstanceOf(WireException.class)
                .hasMessage("field 1 is no instant");
    }

    private static void readable(int seed, byte[] bytes) {
        try {
            VALUE.decode(bytes);
        } catch (WireException refused) {
            assertThat(refused).as("case %s", seed).hasMessageMatching(".+");
        } catch (RuntimeException escaped) {
            throw new AssertionError("case " + seed + ": " + Arrays.toString(bytes), escaped);
        }
    }

    private static Fields read(Consumer<Writer> write) {
        var out = new Writer();
        write.accept(out);
        return new Fields(new Reader(out.toByteArray()));
    }

    private static Object drawn(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> "text " + random.nextInt(100);
            case 2 -> random.nextBoolean();
            case 3 -> random.nextLong();
            case 4 -> new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(9));
            case 5 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(drawn(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new TreeMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("key " + i, drawn(random, depth - 1));
                }
                yield map;
            }
        };
    }
}
