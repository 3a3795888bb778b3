// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/**
 * Plain text, as for SMS.
 *
 * @param text the text
 */
public record TextContent(String text) implements Content {
    @Override
    public String headline() {
        return text;
    }
}
