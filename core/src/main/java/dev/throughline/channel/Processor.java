// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Given;

/**
 * Who gets a person's data through an adapter and processes them for the host.
 *
 * @param name the company, such as that of a gateway
 * @param country where it does so, as an ISO 3166-1 code
 */
public record Processor(String name, String country) {

    /** Wants both. */
    public Processor {
        Given.required("processor", "name", name);
        Given.required("processor", "country", country);
    }
}
