// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import com.google.common.hash.Hashing;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.WireException;
import dev.throughline.wire.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line of the ledger as the log keeps it: a consent event with its place in the chain of its address and a salt, or, once what it said is
 * blotted out, only the digest that the chain runs over. Immutable.
 */
public final class LedgerLine implements Payload {

    /** How a line is stored. Bytes that were tampered with are read where possible, so that they can be named. */
    public static final Codec<LedgerLine> CODEC = new LineCodec();

    private static final byte[] NOTHING = {};

    private final long number;
    private final byte[] salt;
    private final byte[] said;
    private final byte[] digest;

    private LedgerLine(long number, byte[] salt, byte[] said, byte[] digest) {
        this.number = number;
        this.salt = salt;
        this.said = said;
        this.digest = digest;
    }

    /**
     * The next line of an address.
     *
     * @param event what it says
     * @param before the end of the chain so far
     * @param subject whose it is: the address
     * @param salts where its salt comes from
     * @return the line
     */
    public static LedgerLine next(ConsentEvent event, LedgerHead before, String subject, Salts salts) {
        byte[] salt = salts.salt(before, subject, event);
        return new LedgerLine(before.lines() + 1, salt, ConsentEvent.CODEC.encode(event), NOTHING);
    }

    /**
     * Its place in the chain of its address.
     *
     * @return counted from 1
     */
    public long number() {
        return number;
    }

    /**
     * What it says.
     *
     * @return the event; empty if it was blotted out
     * @throws WireException if its bytes say nothing that this version knows
     */
    public Optional<ConsentEvent> event() {
        return isBlotted() ? Optional.empty() : Optional.of(ConsentEvent.CODEC.decode(said));
    }

    /**
     * Whether only its digest is left.
     *
     * @return whether what it said is gone for good
     */
    public boolean isBlotted() {
        return digest.length > 0;
    }

    /**
     * The same without what it said and without its salt: the chain still runs over it, and nobody can find out by trying what it was.
     *
     * @param subject whose it is: the address
     * @return the blotted line; this one if it is blotted
     */
    public LedgerLine blotted(String subject) {
        return isBlotted() ? this : new LedgerLine(number, NOTHING, NOTHING, digest(subject));
    }

    @Override
    public Optional<Payload> bare(String subject) {
        return Optional.of(blotted(subject));
    }

    /** {@code SHA-256(salt, length of the subject, subject, event)}. */
    byte[] digest(String subject) {
        if (isBlotted()) {
            return digest;
        }
        byte[] whose = subject.getBytes(StandardCharsets.UTF_8);
        return Hashing.sha256()
                .newHasher()
                .putBytes(salt)
                .putInt(whose.length)
                .putBytes(whose)
                .putBytes(said)
                .hash()
                .asBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerLine line
                && number == line.number
                && Arrays.equals(salt, line.salt)
                && Arrays.equals(said, line.said)
                && Arrays.equals(digest, line.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(said) + Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "line " + number + (isBlotted() ? ", blotted out" : "");
    }

    private static final class LineCodec implements Codec<LedgerLine> {
        @Override
        public void write(LedgerLine line, Writer out) {
            out.number(1, line.number);
            if (line.isBlotted()) {
                out.bytes(4, line.digest);
            } else {
                out.bytes(2, line.salt);
                out.bytes(3, line.said);
            }
        }

        @Override
        public LedgerLine read(Reader in) {
            long number = 0;
            byte[] salt = NOTHING;
            byte[] said = NOTHING;
            byte[] digest = NOTHING;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> number = in.number();
                    case 2 -> salt = in.bytes();
                    case 3 -> said = in.bytes();
                    case 4 -> digest = in.bytes();
                    default -> {}
                }
            }
            return new LedgerLine(number, salt, said, digest);
        }
    }
}
