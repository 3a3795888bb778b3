// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

/**
 * What became of a message; each message has exactly one.
 *
 * @param outcome what
 * @param reason why, as a code; empty for {@link Outcome#SENT}
 */
public record Verdict(Outcome outcome, String reason) {

    /** The provider has it. */
    public static final Verdict SENT = new Verdict(Outcome.SENT, "");

    /** What can become of a message. */
    public enum Outcome {
        /** The provider has taken it. */
        SENT,
        /** A rule, a missing address or the template kept it back. */
        SKIPPED,
        /** It could not be sent. */
        FAILED,
        /** It may have been sent; nobody sends it again. */
        UNKNOWN,
        /** Its journey ended, or somebody stopped it, before it was sent. */
        CANCELLED
    }

    /**
     * Kept back.
     *
     * @param reason why
     * @return the verdict
     */
    public static Verdict skipped(String reason) {
        return new Verdict(Outcome.SKIPPED, reason);
    }

    /**
     * Not sent for a failure.
     *
     * @param reason why
     * @return the verdict
     */
    public static Verdict failed(String reason) {
        return new Verdict(Outcome.FAILED, reason);
    }

    /**
     * Stopped.
     *
     * @param reason why
     * @return the verdict
     */
    public static Verdict cancelled(String reason) {
        return new Verdict(Outcome.CANCELLED, reason);
    }

    static Verdict of(Outcome outcome, String reason) {
        return outcome == Outcome.SENT && reason.isEmpty() ? SENT : new Verdict(outcome, reason);
    }

    static Verdict unknown(String cause) {
        return new Verdict(Outcome.UNKNOWN, cause);
    }

    /**
     * Whether the person has it or may have it.
     *
     * @return whether it is SENT or UNKNOWN
     */
    public boolean mayHaveArrived() {
        return outcome == Outcome.SENT || outcome == Outcome.UNKNOWN;
    }

    /** Such as {@code SENT} or {@code SKIPPED(NO_CONSENT)}. */
    @Override
    public String toString() {
        return reason.isEmpty() ? outcome.name() : outcome + "(" + reason + ")";
    }
}
