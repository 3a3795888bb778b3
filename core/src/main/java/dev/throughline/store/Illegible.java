// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Payload;

/**
 * In the place of what a line of the ledger says, where its bytes cannot be read: the line is still to be named. It is never written, and
 * a store on the heap has none.
 *
 * @param why what is wrong with the bytes, without what they say
 */
public record Illegible(String why) implements Payload {}
