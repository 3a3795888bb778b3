// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token turned out to be.
 *
 * @param state whether it can be used
 * @param found the link; {@code null} if it is {@link State#INVALID}
 */
public record LinkReading(State state, @Nullable Link found) {

    static final LinkReading INVALID = new LinkReading(State.INVALID, null);

    /** Whether a token can be used. */
    public enum State {
        /** It is ours, for this purpose, and its time is not over. */
        VALID,
        /** It was ours, for this purpose, and its time is over. */
        EXPIRED,
        /** It is cut, changed, forged, for another purpose or from elsewhere; which of them is told to nobody. */
        INVALID
    }

    /**
     * The link, if it can be used.
     *
     * @return the link
     */
    public Optional<Link> link() {
        return state == State.VALID ? Optional.ofNullable(found) : Optional.empty();
    }

    /**
     * The link, if its time is over.
     *
     * @return the link
     */
    public Optional<Link> expired() {
        return state == State.EXPIRED ? Optional.ofNullable(found) : Optional.empty();
    }
}
