// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message as an adapter gets it: decided, rendered, addressed.
 *
 * @param id its name, stable over attempts; give it to the provider as idempotency key where there is one
 * @param attempt which attempt this is, from 1
 * @param to whom
 * @param from as whom
 * @param messageClass what it is for; some providers route by it
 * @param content what it says
 * @param notAfter when it is worthless or unlawful; where the protocol has a validity, it must not reach beyond
 * @param unsubscribe the https address for one-click unsubscription, or {@code null}
 */
public record Outbound(
        MessageId id,
        int attempt,
        Address to,
        Sender from,
        MessageClass messageClass,
        Content content,
        Instant notAfter,
        @Nullable String unsubscribe) {}
