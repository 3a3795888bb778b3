// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

/** How a connection is protected. Wherever TLS is used, the server's certificate and name are checked. */
public enum Tls {
    /** TLS from the first byte (RFC 8314 section 3.3), as on port 465. */
    IMPLICIT,
    /** By STARTTLS (RFC 3207); a server that has none gets nothing. */
    REQUIRED,
    /** By STARTTLS where the server has it, else in the clear; with credentials the same as {@link #REQUIRED}. */
    OPPORTUNISTIC,
    /** In the clear, for a server on the same machine. */
    NONE
}
