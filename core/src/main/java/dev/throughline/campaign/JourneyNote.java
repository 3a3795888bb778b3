// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Ids;
import dev.throughline.ring.Entry;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A line of a customer's timeline about a journey.
 *
 * @param campaign the campaign's name
 * @param instance the instance's id
 * @param change what happened to it
 * @param because the event that caused it, the function that was called, or who has ordered a migration and why; empty if none did
 * @param detail of a goal its rule, of an assignment the experiment and its variant, of a migration its versions and steps, of a refusal, an exit or an end the reason as a code; otherwise empty
 */
public record JourneyNote(String campaign, String instance, Change change, String because, String detail)
        implements Entry.Named {

    /** How it is stored. */
    public static final Codec<JourneyNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.campaign);
                out.string(2, note.instance);
                out.constant(3, note.change);
                out.string(4, note.because);
                out.string(5, note.detail.isEmpty() ? null : note.detail);
            },
            in -> new JourneyNote(
                    in.string(1), in.string(2), in.constant(3, Change.ENDED), in.string(4), in.string(5)));

    /** Everything but a response, a pause and a migration happens to an instance once, a goal or an assignment once for each of them. */
    @Override
    public String id(Instant at) {
        String id = instance + "/" + change;
        return switch (change) {
            case RESPONDED, PARKED, RESUMED -> id + "/" + at.toEpochMilli();
            case MIGRATED, PINNED -> id + "/" + Ids.hash(because, detail, at);
            case REACHED, ASSIGNED -> id + "/" + Ids.hash(detail);
            case CALLED -> id + "/" + Ids.hash(because, detail, at);
            default -> id;
        };
    }

    /** What can happen to an instance. */
    public enum Change {
        /** She entered. */
        STARTED,
        /** She did not enter, for the reason that the detail names. */
        REFUSED,
        /** She would have entered, and gets nothing, so that it can be measured what the campaign changes. */
        HELD_OUT,
        /** A variant of an experiment is hers; the detail names both. */
        ASSIGNED,
        /** She left before the end: by an exit rule, or for the reason that the detail names. */
        EXITED,
        /** She was in the same journey twice, because she was known as two; the other one goes on. */
        MERGED,
        /** She reached a goal, and goes on. */
        REACHED,
        /** She waits before an action, because the campaign is paused. */
        PARKED,
        /** She goes on, because the campaign is not paused any more. */
        RESUMED,
        /** She was moved to another version of the campaign; the detail says from which step of which to which of which. */
        MIGRATED,
        /** She stays in her version while others are moved, because the other one lacks her step. */
        PINNED,
        /** A function of the host was called, or one of its tables did not answer; the detail says at which step, and what came of it. */
        CALLED,
        /** She responded to a message. */
        RESPONDED,
        /** She came to the end. */
        ENDED
    }
}
