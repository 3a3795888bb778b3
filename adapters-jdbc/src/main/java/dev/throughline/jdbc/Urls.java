// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

/** What may be shown of a JDBC URL. */
final class Urls {

    private Urls() {}

    /** Host, port and database: without parameters and user information, where passwords stand. */
    static String shown(String url) {
        String bare = url.replaceFirst("[?;].*", "");
        return bare.replaceFirst("//[^/@]*@", "//").replaceFirst("^jdbc:\\w+:(//)?", "");
    }
}
