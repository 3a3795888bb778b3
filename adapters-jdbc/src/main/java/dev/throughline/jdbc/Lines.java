// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as bytes, one at a time. */
final class Lines {

    /** No row of ours is near it: a stream without line ends must not fill the heap. */
    private static final int LONGEST = 64 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that was read last, from 1; of the one that was looked for, if there was none. */
    long number() {
        return number;
    }

    /** Without its end; {@code null} if nothing follows that has an end. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        number++;
        while (from < to || filled()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, end - from);
            from = end + 1;
            if (end < to) {
                return line.toByteArray();
            }
            if (line.size() > LONGEST) {
                throw new IOException("a line is longer than 64 MiB");
            }
        }
        return null;
    }

    /** Whether something without an end was found last. */
    boolean isCut() {
        return line.size() > 0;
    }

    private boolean filled() throws IOException {
        from = 0;
        to = in.read(buffer);
        return to > 0;
    }
}
