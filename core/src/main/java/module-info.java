// SPDX-License-Identifier: Apache-2.0

/**
 * Cross-channel customer engagement inside the host's own process: one view of each customer, lawful consent, campaigns across channels,
 * and a reason for every message that was sent or not.
 */
module dev.throughline {
    requires com.google.common;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires io.pebbletemplates;
    requires transitive java.sql;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports dev.throughline;
    exports dev.throughline.campaign;
    exports dev.throughline.channel;
    exports dev.throughline.commerce;
    exports dev.throughline.consent;
    exports dev.throughline.customer;
    exports dev.throughline.decision;
    exports dev.throughline.engine;
    exports dev.throughline.identity;
    exports dev.throughline.link;
    exports dev.throughline.message;
    exports dev.throughline.policy;
    exports dev.throughline.pool;
    exports dev.throughline.preference;
    exports dev.throughline.rehearsal;
    exports dev.throughline.ring;
    exports dev.throughline.segment;
    exports dev.throughline.store;
    exports dev.throughline.store.memory;
    exports dev.throughline.touchpoint;
    exports dev.throughline.wire;
}
