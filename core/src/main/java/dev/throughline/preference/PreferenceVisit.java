// SPDX-License-Identifier: Apache-2.0
package dev.throughline.preference;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request to a preference centre's address, for a page to tell.
 *
 * @param kind what became of it
 * @param language {@code vi} or {@code en}, as the visitor asks for it
 * @param centre what stands now; {@code null} where the link cannot be used
 * @param choice what a form asked for; {@code null} unless one was posted
 */
public record PreferenceVisit(
        Kind kind,
        String language,
        @Nullable PreferenceCentre centre,
        @Nullable PreferenceChoice choice) {

    /** What became of a request. */
    public enum Kind {
        /** It looked; nothing was changed. */
        SHOWN(200),
        /** Something was chosen, and counts. */
        SAVED(200),
        /** All is as it was. */
        UNCHANGED(200),
        /** What stands has changed since the form was shown; nothing of it was taken. */
        STALE(409),
        /** A yes too soon after a no; nothing was taken. */
        TOO_SOON(409),
        /** Not a form of this page; nothing was taken. */
        REFUSED(400),
        /** The link is none of ours; nothing was changed. */
        INVALID(404),
        /** The link's time is over; nothing was changed. */
        EXPIRED(410),
        /** Neither looking nor posting. */
        METHOD(405),
        /** Nothing could be stored. */
        LATER(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /**
         * What to answer with.
         *
         * @return the HTTP status
         */
        public int status() {
            return status;
        }
    }
}
