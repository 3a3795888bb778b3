// SPDX-License-Identifier: Apache-2.0

/** E-mail for Throughline. */
module dev.throughline.email {
    requires transitive dev.throughline;
    requires jakarta.mail;
    requires org.jsoup;
    requires org.slf4j;

    exports dev.throughline.email;
}
