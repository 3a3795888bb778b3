// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.identity.Given;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The wording for one channel, with placeholders such as {@code {{ customer.firstName }}} and {@code {{ event.product }}}. */
public sealed interface Draft {

    /**
     * A mail.
     *
     * @param subject one line
     * @param html the body as HTML; what is filled in is escaped
     * @param text the body as plain text; empty to have it made from the HTML
     */
    record Mail(String subject, String html, String text) implements Draft {
        /** Checks that every part is there. */
        public Mail {
            Given.required("mail", "subject", subject);
            Given.required("mail", "html", html);
            Given.required("mail", "text", text);
        }
    }

    /**
     * A text.
     *
     * @param text the text
     */
    record Text(String text) implements Draft {
        /** Checks that the text is there. */
        public Text {
            Given.required("text", "text", text);
        }
    }

    /**
     * A template that the provider keeps, such as a Zalo ZNS template.
     *
     * @param templateId the provider's id
     * @param parameters what to fill in; each value may have placeholders
     */
    record Template(String templateId, Map<String, String> parameters) implements Draft {
        /** Copies and sorts the parameters. */
        public Template {
            Given.required("template", "templateId", templateId);
            Given.required("template", "parameters", parameters);
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }
    }
}
