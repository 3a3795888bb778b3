// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.util.TreeMap;

/** How content is stored; the kind is the first field's number. */
final class ContentCodec implements Codec<Content> {

    private static final int EMAIL = 1;
    private static final int TEXT = 2;
    private static final int TEMPLATE = 3;

    @Override
    public void write(Content content, Writer out) {
        if (content instanceof EmailContent mail) {
            out.string(EMAIL, mail.subject());
            out.string(4, mail.html());
            out.string(5, mail.text());
        } else if (content instanceof TextContent text) {
            out.string(TEXT, text.text());
        } else if (content instanceof TemplateContent template) {
            out.string(TEMPLATE, template.templateId());
            out.string(4, template.language());
            template.parameters().forEach((name, value) -> {
                out.string(5, name);
                out.string(6, value);
            });
        }
    }

    @Override
    public Content read(Reader in) {
        int kind = 0;
        String first = "";
        String second = "";
        String third = "";
        var parameters = new TreeMap<String, String>();
        while (in.next()) {
            switch (in.field()) {
                case EMAIL, TEXT, TEMPLATE -> {
                    kind = in.field();
                    first = in.string();
                }
                case 4 -> second = in.string();
                case 5 -> third = in.string();
                case 6 -> parameters.put(third, in.string());
                default -> {}
            }
        }
        return switch (kind) {
            case EMAIL -> new EmailContent(first, second, third);
            case TEMPLATE -> new TemplateContent(first, second, parameters);
            default -> new TextContent(first);
        };
    }
}
