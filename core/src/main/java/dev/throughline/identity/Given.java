// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

/** What a host hands in: a part that is missing is told by name, whatever the types say. Public for the rooms above. */
public final class Given {

    private Given() {}

    /**
     * A part that is there.
     *
     * @param <T> what it is
     * @param call to what it was handed in
     * @param what which part it is
     * @param part the part
     * @return the part
     * @throws ThroughlineException if it is missing
     */
    public static <T> T required(String call, String what, T part) {
        if (part == null) {
            throw new ThroughlineException(call + ": " + what + " is missing, expected a value");
        }
        return part;
    }

    /**
     * Parts that are all there.
     *
     * @param <T> what they are
     * @param call to what they were handed in
     * @param what which part each is
     * @param parts the parts
     * @throws ThroughlineException if one is missing
     */
    public static <T> void all(String call, String what, T[] parts) {
        for (T part : required(call, what, parts)) {
            required(call, what, part);
        }
    }
}
