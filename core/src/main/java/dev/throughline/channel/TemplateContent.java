// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template that the provider keeps (Zalo ZNS, WhatsApp), named by its id and filled with parameters.
 *
 * @param templateId the provider's id
 * @param language a BCP 47 tag; empty if the template has one language
 * @param parameters what to fill in, in the order of names
 */
public record TemplateContent(String templateId, String language, Map<String, String> parameters) implements Content {

    /** Copies and sorts the parameters. */
    public TemplateContent {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    @Override
    public String headline() {
        return templateId;
    }
}
