// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function of the host.
 *
 * @param function the function's name
 * @param key names what is to be done: the same at every attempt and on every host, and of no other step or journey. Of several calls with
 *     one key the host carries out one
 * @param attempt which attempt this is, from 1 on
 * @param customer for whom; after a merge she may be known by another id than in an earlier attempt
 * @param identities her names
 * @param campaign the campaign's name
 * @param arguments what the step gives: texts, flags, {@code Long} or {@code BigDecimal}, lists and maps; what was not known is missing
 */
public record FunctionCall(
        String function,
        String key,
        int attempt,
        CustomerId customer,
        List<Identity> identities,
        String campaign,
        Map<String, @Nullable Object> arguments) {

    /** How much of an answer a journey takes, in bytes as it is stored. */
    public static final int MOST_ANSWERED = 8 * 1024;

    /**
     * An argument that is a text.
     *
     * @param name its name
     * @return the text; empty if it is missing or something else
     */
    public Optional<String> text(String name) {
        return arguments.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * An argument that is a number.
     *
     * @param name its name
     * @return the number; empty if it is missing or something else
     */
    public Optional<BigDecimal> number(String name) {
        return arguments.get(name) instanceof Number number
                ? Optional.of(new BigDecimal(number.toString()))
                : Optional.empty();
    }

    /**
     * The host's own name for her.
     *
     * @return the first {@code userId} that she has; empty if she has none
     */
    public Optional<String> userId() {
        return identities.stream()
                .filter(identity -> identity.type().equals("userId"))
                .map(Identity::value)
                .findFirst();
    }
}
