// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.time.ZoneId;

/**
 * What the shop's file does not say of a customer and the scenario makes up: nothing of this is data.
 *
 * @param phone E.164, in a range that no operator holds
 * @param language an IETF tag, {@code vi} or {@code en}
 * @param residence an ISO 3166 country code
 * @param grantsEmail whether the customer grants advertising by e-mail; likewise by SMS, and tracking
 * @param onDoNotCallList whether the number stands in the registry of numbers that must get no advertising
 */
record Persona(
        String customerId,
        String firstName,
        String email,
        String phone,
        String language,
        ZoneId zone,
        String residence,
        boolean grantsEmail,
        boolean grantsSms,
        boolean grantsTracking,
        boolean onDoNotCallList) {}
