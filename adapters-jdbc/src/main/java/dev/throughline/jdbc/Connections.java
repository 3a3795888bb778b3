// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from and go back to. Thread-safe. */
interface Connections extends AutoCloseable {

    /** They are used again after they were closed. */
    default void open() {}

    Connection take() throws SQLException;

    /** Whether nobody else uses them, so that what is set on one stays. */
    boolean areOurs();

    /** Takes a connection back; a broken one is not handed out again. */
    void giveBack(Connection connection, boolean broken);

    @Override
    void close();
}
