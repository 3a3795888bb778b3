// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

/**
 * One way to refuse a brand's advertising.
 *
 * @param means how
 * @param target where: the number to text or call, the mail address or the page
 * @param keyword what to write; empty where nothing needs to be written
 */
public record OptOut(Means means, String target, String keyword) {

    /** How a person refuses. */
    public enum Means {
        /** By a text message. */
        SMS,
        /** By a phone call. */
        CALL,
        /** By e-mail. */
        EMAIL,
        /** On a web page. */
        WEB
    }
}
