// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line in one of the append-only logs. A line whose id the log has already is not appended again; of a line that its body names this
 * is not asked, because whoever appends it does so once. Immutable.
 */
public final class Entry {

    private final Log log;
    private final String subject;

    /** None where the body names the line: lines are what there is most of. */
    private final @Nullable String id;

    private final Instant at;
    private final Payload body;

    /**
     * A line.
     *
     * @param log which log
     * @param subject whose line it is: a customer's id or an address
     * @param id names it within its log
     * @param at when it happened
     * @param body what it says
     */
    public Entry(Log log, String subject, String id, Instant at, Payload body) {
        this(subject, at, log, id, body);
    }

    private Entry(String subject, Instant at, Log log, @Nullable String id, Payload body) {
        this.log = log;
        this.subject = subject;
        this.id = id;
        this.at = at;
        this.body = body;
    }

    /** The logs. */
    public enum Log {
        /** What happened to a customer; the subject is the customer's id. */
        TIMELINE,
        /** Verdicts and their corrections; the subject is the customer's id. */
        DECISIONS,
        /** Consent events; the subject is the address. */
        LEDGER
    }

    /** What a line says, and by that what the line is called. */
    public interface Named extends Payload {

        /**
         * The line's id.
         *
         * @param at when it happened
         * @return the id within its log
         */
        String id(Instant at);
    }

    /**
     * A line that its body names and that is appended once.
     *
     * @param log which log
     * @param subject whose line it is: a customer's id or an address
     * @param at when it happened
     * @param body what it says
     * @return the line
     */
    public static Entry of(Log log, String subject, Instant at, Named body) {
        return new Entry(subject, at, log, null, body);
    }

    /**
     * Whether its body names it.
     *
     * @return whether no other line of this id is ever appended
     */
    public boolean isSingle() {
        return id == null;
    }

    /**
     * Which log.
     *
     * @return the log
     */
    public Log log() {
        return log;
    }

    /**
     * Whose line it is.
     *
     * @return a customer's id or an address
     */
    public String subject() {
        return subject;
    }

    /**
     * Its name.
     *
     * @return the id within its log
     */
    public String id() {
        return id == null ? ((Named) body).id(at) : id;
    }

    /**
     * When it happened.
     *
     * @return the instant
     */
    public Instant at() {
        return at;
    }

    /**
     * What it says.
     *
     * @return the body
     */
    public Payload body() {
        return body;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry line
                && log == line.log
                && subject.equals(line.subject)
                && id().equals(line.id())
                && at.equals(line.at)
                && body.equals(line.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(log, id());
    }

    @Override
    public String toString() {
        return "Entry[log=" + log + ", subject=" + subject + ", id=" + id() + ", at=" + at + ", body=" + body + "]";
    }
}
