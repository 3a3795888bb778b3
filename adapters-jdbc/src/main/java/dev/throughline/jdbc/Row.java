// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the present row of a result. */
interface Row<T> {

    T read(ResultSet row) throws SQLException;
}
