// SPDX-License-Identifier: Apache-2.0

/** The durable store of Throughline. */
module dev.throughline.jdbc {
    requires transitive dev.throughline;
    requires transitive java.sql;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports dev.throughline.jdbc;
}
