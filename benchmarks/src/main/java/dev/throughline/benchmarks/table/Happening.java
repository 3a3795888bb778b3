// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happens, as a host's code has it in hand.
 *
 * @param id names it
 * @param user whose it is
 * @param event the event's name; {@link Recipe#IDENTIFY} for a customer's first appearance
 * @param properties what is known of it; for a first appearance, the customer's traits
 * @param at when
 */
record Happening(String id, String user, String event, Map<String, Object> properties, Instant at) {}
