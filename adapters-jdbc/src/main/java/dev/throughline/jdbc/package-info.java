// SPDX-License-Identifier: Apache-2.0

/**
 * The durable store: a SQLite file in the process, or a PostgreSQL that many hosts share. Drivers and pool are the host's.
 */
@NullMarked
package dev.throughline.jdbc;

import org.jspecify.annotations.NullMarked;
