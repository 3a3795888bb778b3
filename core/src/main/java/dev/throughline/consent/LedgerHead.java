// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import com.google.common.hash.Hashing;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The end of an address's chain of ledger lines, kept with the address's state: how many lines there are, and the SHA-256 hash of the last
 * one, which covers all lines before it. Immutable.
 */
public final class LedgerHead {

    /** Of an address without lines. */
    public static final LedgerHead NONE = new LedgerHead(0, new byte[32]);

    /** How it is stored. */
    public static final Codec<LedgerHead> CODEC = Codec.of(
            (head, out) -> {
                out.number(1, head.lines);
                out.bytes(2, head.link);
            },
            in -> new LedgerHead(in.number(1), in.bytes(2)));

    private final long lines;
    private final byte[] link;

    private LedgerHead(long lines, byte[] link) {
        this.lines = lines;
        this.link = link;
    }

    /**
     * With one more line: {@code SHA-256(link before, number, instant, digest of the line)}.
     *
     * @param line the line
     * @param subject whose it is
     * @param at the instant under which the log has it
     * @return the head behind it
     */
    public LedgerHead after(LedgerLine line, String subject, Instant at) {
        byte[] next = Hashing.sha256()
                .newHasher()
                .putBytes(link)
                .putLong(line.number())
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .putBytes(line.digest(subject))
                .hash()
                .asBytes();
        return new LedgerHead(line.number(), next);
    }

    /**
     * The head that was there when a line was written.
     *
     * @param lines the line's number
     * @param id the line's name
     * @return the head; empty if it is no such name
     */
    public static Optional<LedgerHead> find(long lines, String id) {
        try {
            byte[] link = Base64.getUrlDecoder().decode(id);
            return link.length == NONE.link.length ? Optional.of(new LedgerHead(lines, link)) : Optional.empty();
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * How many lines there are.
     *
     * @return the number of the last one, counted from 1; 0 if there is none
     */
    public long lines() {
        return lines;
    }

    /**
     * The name of the last line within the log, which is its hash: a host that has noted it elsewhere can prove later that nothing before it
     * was rewritten.
     *
     * @return 43 characters of Base64 for URLs
     */
    public String id() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(link);
    }

    byte[] link() {
        return link;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerHead head && lines == head.lines && Arrays.equals(link, head.link);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(link);
    }

    @Override
    public String toString() {
        return lines + " lines, " + id();
    }
}
