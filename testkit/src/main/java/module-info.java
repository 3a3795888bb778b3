// SPDX-License-Identifier: Apache-2.0

/** What users test their campaigns with, and authors of a store or an adapter theirs. */
module dev.throughline.testkit {
    requires transitive dev.throughline;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.jspecify;
    requires java.logging;
    requires jdk.httpserver;
    requires org.junit.jupiter.params;

    exports dev.throughline.testkit;

    opens dev.throughline.testkit;
}
