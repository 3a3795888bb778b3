// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** The last word about a message; only UNKNOWN may be corrected, once. */
enum Verdict {
    SENT,
    SKIPPED,
    FAILED,
    UNKNOWN,
    CANCELLED
}
