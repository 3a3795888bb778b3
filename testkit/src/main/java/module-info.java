// SPDX-License-Identifier: Apache-2.0

/** What authors of a store test it with. */
module dev.throughline.testkit {
    requires transitive dev.throughline;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;

    exports dev.throughline.testkit;

    opens dev.throughline.testkit;
}
