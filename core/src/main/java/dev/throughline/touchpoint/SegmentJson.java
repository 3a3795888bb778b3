// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Touchpoints as JSON in the form of the Segment spec: one object for each call. Stateless and thread-safe.
 *
 * <p><b>Who.</b> {@code userId} and {@code anonymousId} are identities; so are {@code email} and {@code phone} among the traits of an
 * {@code identify}, which have to be readable, and among {@code context.traits} of any call, where what is unreadable identifies
 * nobody. {@code context.externalIds} names others: {@code {"type": "loyaltyCard", "id": "4711"}}, collection {@code users}. A {@code
 * previousId} of an {@code alias} is an {@code anonymousId}, unless the call names it as something else: the spec allows a former
 * {@code userId}, too, but has no field that says so, and a customer has one.
 *
 * <p><b>What.</b> {@code page} and {@code screen} become events {@link EventNames#PAGE_VIEWED} and {@link EventNames#SCREEN_VIEWED} with
 * {@code name} and {@code category} among their properties. Only the traits of an {@code identify} change a profile: {@code
 * context.traits}, {@code context.timezone} and {@code context.locale} are of a device or a moment, and are kept with the touchpoint.
 * {@code integrations}, {@code context} and every field that the spec does not know are kept, too, and written back.
 *
 * <p><b>When.</b> A call with {@code receivedAt} has been through a collector, which has set {@code timestamp}. Without one, or without
 * a {@code timestamp}, it is computed as the spec says: {@code receivedAt - (sentAt - originalTimestamp)}, which takes the error of
 * the sender's clock out of it; {@code timestamp} stands for a missing {@code originalTimestamp}, and is kept as such. Without {@code
 * sentAt} the original counts as it is; without any time, the reception.
 *
 * <p><b>From where.</b> The field {@code channel} is the touchpoint's source; without it, a context that tells of a {@code till} or a
 * {@code call} names it, or else {@code context.library.name}, or else it is {@code segment}.
 *
 * <p><b>Which.</b> {@code messageId}; without it a hash of the call, so that a file that is read again brings nothing twice. Two equal
 * calls without id and time that are received at the same instant are one.
 *
 * <p>Besides the six calls there is {@code consent}, this library's own: {@code event} and {@code properties} are a consent act's.
 */
public final class SegmentJson {

    private SegmentJson() {}

    /**
     * Reads one call. Numbers are exact; a number stands for an id as its digits do.
     *
     * @param json one JSON object of at most 1 Mi characters
     * @param receivedAt when it is received, if it does not say so itself
     * @return the touchpoint, as news
     * @throws ThroughlineException if it is no call; names line and column of what is no JSON, or the message, the field, its value and
     *     what was expected
     */
    public static Touchpoint parse(String json, Instant receivedAt) {
        if (json == null) {
            throw new ThroughlineException("Segment call is missing, expected one JSON object");
        }
        return new SegmentReader(Json.object(json), receivedAt).touchpoint();
    }

    /**
     * Takes apart what a library of Segment posts: one call, an array of calls, or an object with a {@code batch} of them, whose {@code
     * sentAt}, {@code context} and {@code integrations} count for each call that has none of its own.
     *
     * @param body JSON of at most 1 Mi characters
     * @return the calls, each as JSON for {@link #parse}, in their order; whether they are calls is not looked at
     * @throws ThroughlineException if it is no JSON
     */
    public static List<String> calls(String body) {
        Object read = Json.read(body);
        if (read instanceof List<?> calls) {
            return calls.stream().map(Json::print).toList();
        }
        var outer = Values.map(read);
        if (outer.get("batch") instanceof List<?> calls) {
            return calls.stream().map(call -> Json.print(within(outer, call))).toList();
        }
        return List.of(body);
    }

    private static @Nullable Object within(Map<String, @Nullable Object> outer, @Nullable Object call) {
        if (!(call instanceof Map<?, ?>)) {
            return call;
        }
        var members = new LinkedHashMap<>(Values.map(call));
        for (String shared : List.of("sentAt", "context", "integrations")) {
            if (outer.get(shared) != null) {
                members.putIfAbsent(shared, outer.get(shared));
            }
        }
        return members;
    }

    /**
     * Writes one call; what {@link #parse} made is read as the same touchpoint again. Whether it is news or history stands nowhere in it.
     *
     * @param touchpoint the touchpoint
     * @return one JSON object on one line
     */
    public static String toJson(Touchpoint touchpoint) {
        return new SegmentWriter(touchpoint).json();
    }
}
