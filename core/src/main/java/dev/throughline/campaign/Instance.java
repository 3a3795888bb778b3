// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.Address;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import dev.throughline.wire.CompactMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One customer's way through one campaign.
 *
 * @param id names it: a hash of campaign, key and the input that started it
 * @param campaign the campaign's name
 * @param version the version that she entered
 * @param key the value that distinguishes instances of one campaign; empty if there is one at a time
 * @param startedAt when she entered
 * @param event what of the starting event the campaign's messages and conditions use
 * @param path at which step she is
 * @param pending what she waits for
 * @param reached which of the campaign's goals she has reached, a bit for each
 * @param stops how often the campaign had been stopped when she entered
 * @param answers what functions of the host have answered and the campaign uses, by the names of the calls
 * @param moves the number of the last migration that concerned her, or that was over when she entered
 */
record Instance(
        String id,
        String campaign,
        String version,
        String key,
        Instant startedAt,
        Map<String, @Nullable Object> event,
        String path,
        Wait pending,
        int reached,
        int stops,
        Map<String, @Nullable Object> answers,
        int moves) {

    private static final String SHARED = "journeys/";
    private static final String OWN = "journeys//";

    @SuppressWarnings("unchecked") // fields 6 and 11 are written as maps
    static final Codec<Instance> CODEC = Codec.of(
            (instance, out) -> {
                out.string(1, instance.id);
                out.string(2, instance.campaign);
                out.string(3, instance.version);
                out.string(4, instance.key);
                out.instant(5, instance.startedAt);
                out.value(6, instance.event);
                out.string(7, instance.path);
                out.nested(8, Wait.CODEC, instance.pending);
                if (instance.reached != 0) {
                    out.number(9, instance.reached);
                }
                if (instance.stops != 0) {
                    out.number(10, instance.stops);
                }
                if (!instance.answers.isEmpty()) {
                    out.value(11, instance.answers);
                }
                if (instance.moves != 0) {
                    out.number(12, instance.moves);
                }
            },
            in -> {
                var event = (@Nullable Map<String, @Nullable Object>) in.value(6);
                var answers = (@Nullable Map<String, @Nullable Object>) in.value(11);
                return new Instance(
                        in.string(1),
                        in.string(2),
                        in.string(3),
                        in.string(4),
                        in.instant(5),
                        event == null ? Map.of() : event,
                        in.string(7),
                        in.nested(8, Wait.CODEC),
                        (int) in.number(9),
                        (int) in.number(10),
                        answers == null ? Map.of() : answers,
                        (int) in.number(12));
            });

    /** What an instance can wait for. */
    enum Kind {
        /** A time. */
        TIME,
        /** An event, until a time. */
        EVENT,
        /** A condition that holds, until a time; the timer may be set for an earlier instant at which it may begin to. */
        CONDITION,
        /** The verdict of a message. */
        VERDICT,
        /** A response to a message, until a time. */
        RESPONSE,
        /** An address that is hers unless it turns out to be another's, until a time. */
        ADDRESS,
        /** The campaign, which is paused, to go on; the time is the one at which it began to wait. */
        PARKED,
        /** The answer of a function of the host, until it is taken for lost. */
        ANSWER,
        /** The answer of a table of the host's, until it is taken for lost. */
        LOOKUP,
        /** The time of the next attempt to call a function of the host. */
        AGAIN
    }

    /**
     * A wait.
     *
     * @param kind for what
     * @param until until when; for a verdict, until when its message is valid
     * @param message the message it is about, or {@code null}
     * @param contactPoint where that message goes, or {@code null}
     * @param leg which leg of the step's route is under way, or comes next after a response is missing
     * @param round the message's present round; of a call which attempt is under way, or has failed last; of a table which
     * @param note why the message waits, as a code; empty if it does not
     * @param pass how often the leg has been planned before, and was taken back because the campaign was paused
     * @param since when it began, where that does not follow from its end
     */
    record Wait(
            Kind kind,
            Instant until,
            @Nullable MessageId message,
            @Nullable Key contactPoint,
            int leg,
            int round,
            String note,
            int pass,
            @Nullable Instant since) {

        static final Codec<Wait> CODEC = Codec.of(
                (wait, out) -> {
                    out.constant(1, wait.kind);
                    out.instant(2, wait.until);
                    out.string(3, wait.message == null ? null : wait.message.value());
                    out.string(4, wait.contactPoint == null ? null : wait.contactPoint.id());
                    out.number(5, wait.leg);
                    out.number(6, wait.round);
                    out.string(7, wait.note);
                    if (wait.pass != 0) {
                        out.number(8, wait.pass);
                    }
                    out.instant(9, wait.since);
                },
                in -> new Wait(
                        in.constant(1, Kind.TIME),
                        in.instant(2),
                        in.string(3).isEmpty() ? null : new MessageId(in.string(3)),
                        in.string(4).isEmpty() ? null : Key.of(Address.parse(in.string(4))),
                        (int) in.number(5),
                        (int) in.number(6),
                        in.string(7),
                        (int) in.number(8),
                        in.instantOrNull(9)));

        /** How long after a message's validity its verdict must be known. */
        private static final Duration SILENCE = Duration.ofHours(1);

        /** What an instance that has just begun waits for. */
        static final Wait NOTHING = until(Kind.TIME, Instant.EPOCH);

        Wait(
                Kind kind,
                Instant until,
                @Nullable MessageId message,
                @Nullable Key contactPoint,
                int leg,
                int round,
                String note,
                int pass) {
            this(kind, until, message, contactPoint, leg, round, note, pass, null);
        }

        static Wait until(Kind kind, Instant until) {
            return new Wait(kind, until, null, null, 0, 0, "", 0);
        }

        /** For a time that says nothing of when it began. */
        static Wait calendar(Instant until, Instant since) {
            return new Wait(Kind.TIME, until, null, null, 0, 0, "", 0, since);
        }

        static Wait parked(Instant since, int leg, int pass) {
            return new Wait(Kind.PARKED, since, null, null, leg, 0, "", pass);
        }

        /** When it is looked into at the latest. */
        Instant timed() {
            return kind == Kind.VERDICT ? until.plus(SILENCE) : until;
        }

        Wait noted(String newNote) {
            return new Wait(kind, until, message, contactPoint, leg, round, newNote, pass);
        }

        Wait round(int newRound) {
            return new Wait(kind, until, message, contactPoint, leg, newRound, "", pass);
        }
    }

    Instance at(String newPath, Wait newWait) {
        return new Instance(
                id, campaign, version, key, startedAt, event, newPath, newWait, reached, stops, answers, moves);
    }

    Instance reaching(int goal) {
        return new Instance(
                id,
                campaign,
                version,
                key,
                startedAt,
                event,
                path,
                pending,
                reached | 1 << goal,
                stops,
                answers,
                moves);
    }

    /** In another version, though still at a step of the one before. */
    Instance into(String newVersion, int migration, int goals) {
        return new Instance(
                id, campaign, newVersion, key, startedAt, event, path, pending, goals, stops, answers, migration);
    }

    /** Names what it does from step to step: steps of two versions may stand at one path. */
    String deeds() {
        return moves == 0 ? id : Ids.hash("deeds", id, moves);
    }

    /** With what a call of this name has answered. */
    Instance knowing(String call, Map<String, @Nullable Object> answer) {
        var more = new TreeMap<>(answers);
        more.put(call, answer);
        return new Instance(
                id,
                campaign,
                version,
                key,
                startedAt,
                event,
                path,
                pending,
                reached,
                stops,
                CompactMap.copyOf(more),
                moves);
    }

    /** Whether it waits for this very answer. */
    boolean awaits(LookupAnswer answer) {
        return pending.kind == Kind.LOOKUP
                && pending.round == answer.table().stage()
                && pending.leg == answer.leg()
                && path.equals(answer.path())
                && deeds().equals(answer.instance());
    }

    /** Whether it waits for this very answer. */
    boolean awaits(FunctionAnswer answer) {
        return pending.kind == Kind.ANSWER
                && pending.round == answer.attempt()
                && path.equals(answer.path())
                && deeds().equals(answer.instance());
    }

    boolean hasReached(int goal) {
        return (reached & 1 << goal) != 0;
    }

    boolean awaits(MessageId message) {
        return pending.kind == Kind.VERDICT && message.equals(pending.message);
    }

    /** Whether a timer is this one's. */
    boolean isTimedBy(String timer) {
        return key.isEmpty() ? isTimer(timer, SHARED, campaign) : isTimer(timer, OWN, id);
    }

    /** Whether a timer may be one instance's own; if it is not, its name ends with the campaign's. */
    static boolean isOwn(String timer) {
        return timer.startsWith(OWN);
    }

    private static boolean isTimer(String timer, String prefix, String name) {
        return timer.length() == prefix.length() + name.length() && timer.startsWith(prefix) && timer.endsWith(name);
    }

    /** One of its own if she can be in the campaign several times at once, else the campaign's. */
    String timer() {
        return key.isEmpty() ? timer(campaign) : OWN + id;
    }

    /** The timer that all instances of a campaign share, because timers are many and she can be in it only once at a time. */
    static String timer(String campaign) {
        return SHARED + campaign;
    }
}
