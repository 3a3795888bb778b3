// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import dev.throughline.identity.ThroughlineException;
import io.pebbletemplates.pebble.node.BodyNode;

/** Compiles templates. */
public final class Templates {
    private Templates() {}

    /**
     * Compiles a template, which costs as much as some tens of renderings: keep what it returns.
     *
     * <p>Line ends become {@code \n}. The line end right behind a {@code {% tag %}} is not part of the text; {@code {%- tag -%}} takes all
     * white space around it.
     *
     * @param name what errors call the template, such as the message's id and channel
     * @param source at most 256 K characters
     * @param type what the text becomes
     * @return the template
     * @throws ThroughlineException when the source says something a template cannot; names the template, the line and what was expected
     */
    public static Template compile(String name, String source, ContentType type) {
        return compile(name, source, type, Limits.DEFAULT);
    }

    static Template compile(String name, String source, ContentType type, Limits limits) {
        try {
            BodyNode body = Source.parse(source.replace("\r\n", "\n").replace('\r', '\n'));
            return new Template(name, body, Inspection.of(body, type), limits);
        } catch (Refusal e) {
            throw new ThroughlineException(Failure.located(name, e.line(), e.reason()));
        }
    }
}
