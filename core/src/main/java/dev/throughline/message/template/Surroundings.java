// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** Where in the text a value is going to stand, followed from the beginning of the template to its end. */
interface Surroundings {
    /** The place behind a piece of the template's own text, which ends on that line; refuses text that the content type cannot hold. */
    Surroundings after(String text, int line);

    /** The place behind a value. */
    default Surroundings afterValue() {
        return this;
    }

    /** The place behind two branches, of which either may have been taken. */
    default Surroundings merge(Surroundings other, int line) {
        return this;
    }

    /** Refuses a place that is not between tags; any place of a plain text is. */
    default void requireText(String what, int line) {}

    /** Refuses an end of the template at which something is open that could hide what follows. */
    default void requireClosed() {}

    /** How a value is written here; refuses where no way is safe. */
    Escape escape(int line);

    /** Makes a value into a part of the text, or refuses it. */
    interface Escape {
        String apply(String value, int line);
    }
}
