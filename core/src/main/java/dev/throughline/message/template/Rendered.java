// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** What became of one rendering. */
public sealed interface Rendered permits Rendered.Done, Rendered.Aborted, Rendered.Failed {
    /** The cases, for a {@code switch}. */
    enum Kind {
        /** There is a text. */
        DONE,
        /** The template itself decided that this message is not to be sent. */
        ABORTED,
        /** The template and the model do not fit together, or a limit was passed. */
        FAILED
    }

    /**
     * Tells the cases apart.
     *
     * @return the case of this record
     */
    Kind kind();

    /**
     * The finished text.
     *
     * @param text with {@code \n} as its only line break; without control characters other than that and tabs
     */
    record Done(String text) implements Rendered {
        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    /**
     * The template came to an {@code abort} tag.
     *
     * @param reason as written in the template; a literal, so it holds nothing of the model and can be counted
     */
    record Aborted(String reason) implements Rendered {
        @Override
        public Kind kind() {
            return Kind.ABORTED;
        }
    }

    /**
     * There is no text that could be sent.
     *
     * @param error the template, the line, the variable and what was expected; never a value of the model, so that it can be logged
     */
    record Failed(String error) implements Rendered {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
