// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** Text without markup. */
enum PlainText implements Surroundings {
    LINES {
        @Override
        public Escape escape(int line) {
            return (value, at) -> Characters.printable(value);
        }

        @Override
        public Surroundings after(String text, int line) {
            return this;
        }
    },

    ONE_LINE {
        @Override
        public Escape escape(int line) {
            return (value, at) -> {
                if (Characters.breaksLine(value)) {
                    throw new Refusal(at, "a value with a line break is written into a subject, expected one line");
                }
                return Characters.printable(value);
            };
        }

        @Override
        public Surroundings after(String text, int line) {
            if (Characters.breaksLine(text)) {
                int breaks = (int) text.chars().filter(c -> c == '\n').count();
                throw new Refusal(line - breaks, "the template breaks the line, expected one line in a subject");
            }
            return this;
        }
    }
}
