// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.io.Writer;

/** Collects the text, up to its limit. */
final class Output extends Writer {
    private final StringBuilder text = new StringBuilder(512);
    private final int limit;

    Output(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        room(length);
        text.append(characters, from, length);
    }

    @Override
    public void write(String characters, int from, int length) {
        room(length);
        text.append(characters, from, from + length);
    }

    private void room(int length) {
        if (length > limit - text.length()) {
            throw new Refusal(0, "the text grows past " + limit + " characters");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
