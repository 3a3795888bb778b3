// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Map;

/** What a journey wants to say: fixed when the message is first planned and the same in every later round. */
record Spec(String message, Type type, Key contactPoint, long validUntil, Map<Key, Integer> amounts) {

    /** Message classes by what the protocol has to know of them. */
    enum Type {
        /** Advertising: STOP, cap and hours bind it, and it is never resent. */
        MARKETING(true, true, false),
        /** Binds itself to cap and hours like advertising, but said {@code resendWhenUnknown()}. */
        SERVICE(false, true, true),
        TRANSACTIONAL(false, false, false),
        ONE_TIME_CODE(false, false, true);

        final boolean stoppable;
        final boolean limited;
        final boolean resends;

        Type(boolean stoppable, boolean limited, boolean resends) {
            this.stoppable = stoppable;
            this.limited = limited;
            this.resends = resends;
        }
    }
}
