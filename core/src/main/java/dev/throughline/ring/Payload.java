// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

/** What keys tell each other and what is recorded. Each room defines its own and registers their codecs with {@link Payloads}. */
public interface Payload {}
