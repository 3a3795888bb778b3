// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

/** Why a leg of a route was taken. */
public enum Cause {
    /** It is the first one. */
    FIRST,
    /** The leg before may have arrived, and she has not responded in time. */
    NO_RESPONSE,
    /** The leg before was surely not sent. */
    UNDELIVERABLE
}
