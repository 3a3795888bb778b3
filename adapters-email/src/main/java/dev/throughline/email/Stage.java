// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

/** How far a transaction has come (RFC 5321 section 3.3). */
enum Stage {
    /** Making the connection: greeting, EHLO, TLS, login. */
    CONNECT,
    /** Naming the return path. */
    MAIL,
    /** Naming the recipient. */
    RCPT,
    /** Sending the message. */
    DATA,
    /** The last line is written: from here the server may have the message. */
    DOT
}
