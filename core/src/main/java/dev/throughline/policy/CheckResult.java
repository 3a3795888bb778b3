// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;

/**
 * What a registry answered.
 *
 * @param available whether it answered at all
 * @param listed whether the address is on the list; meaningless if it did not answer
 * @param asOf how old the list is that the answer rests on
 */
public record CheckResult(boolean available, boolean listed, Instant asOf) {

    /** How an answer is stored. */
    public static final Codec<CheckResult> CODEC = new CheckResultCodec();

    /**
     * The address is on the list.
     *
     * @param asOf how old the list is
     * @return the answer
     */
    public static CheckResult listed(Instant asOf) {
        return new CheckResult(true, true, asOf);
    }

    /**
     * The address is not on the list.
     *
     * @param asOf how old the list is
     * @return the answer
     */
    public static CheckResult clear(Instant asOf) {
        return new CheckResult(true, false, asOf);
    }

    /**
     * The registry could not be asked.
     *
     * @return the answer
     */
    public static CheckResult unavailable() {
        return new CheckResult(false, false, Instant.EPOCH);
    }

    private static final class CheckResultCodec implements Codec<CheckResult> {
        @Override
        public void write(CheckResult value, Writer out) {
            out.flag(1, value.available);
            out.flag(2, value.listed);
            out.instant(3, value.asOf);
        }

        @Override
        public CheckResult read(Reader in) {
            boolean available = false;
            boolean listed = false;
            Instant asOf = Instant.EPOCH;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> available = in.flag();
                    case 2 -> listed = in.flag();
                    case 3 -> asOf = in.instant();
                    default -> {}
                }
            }
            return new CheckResult(available, listed, asOf);
        }
    }
}
