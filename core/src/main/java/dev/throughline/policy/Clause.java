// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Agreement;
import dev.throughline.consent.Basis;
import dev.throughline.identity.OptOut;
import dev.throughline.identity.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a rule demands; one kind for each word of the format. */
sealed interface Clause {

    /** What is told of it to people: constants, texts, numbers, times, or lists of them, by name. */
    default Map<String, Object> told() {
        return Map.of();
    }

    /** Any of these bases. */
    record Consent(List<Accepted> anyOf) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("bases", anyOf.stream().map(Accepted::told).toList());
        }
    }

    /** A basis under conditions; the list {@code mustState} is told, not checked. */
    record Accepted(
            Basis basis,
            List<String> evidence,
            List<String> mustState,
            boolean confirmed,
            @Nullable Period maxAge,
            @Nullable Period reconfirmEvery,
            boolean silenceEnds,
            String from,
            boolean sameCategory,
            boolean sameChannel,
            String endedBy) {

        /** The basis and its conditions, the first of which is the basis. */
        List<Object> told() {
            var told = new ArrayList<Object>(List.of(basis));
            evidence.forEach(kind -> told.add("evidence." + kind));
            told.addAll(mustState.isEmpty() ? List.of() : List.of("mustState"));
            told.addAll(confirmed ? List.of("confirmed") : List.of());
            told.addAll(from.isEmpty() ? List.of() : List.of("from." + from));
            told.addAll(endedBy.isEmpty() ? List.of() : List.of("endedBy." + endedBy));
            told.addAll(sameCategory ? List.of("sameCategory") : List.of());
            told.addAll(sameChannel ? List.of("sameChannel") : List.of());
            told.addAll(maxAge == null ? List.of() : List.of("maxAge", maxAge));
            told.addAll(reconfirmEvery == null ? List.of() : List.of("reconfirm", reconfirmEvery));
            return told;
        }
    }

    /** Only within these hours, and not on the days that are closed. */
    record Window(
            List<LocalHours> allow, String zone, @Nullable Agreement liftedBy, Duration guard, Set<LocalDate> closed)
            implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "hours",
                    allow.stream().map(LocalHours::toString).toList(),
                    "zone",
                    zone,
                    "guard",
                    guard,
                    "holidays",
                    closed.isEmpty() ? "" : String.valueOf(closed.size()),
                    "liftedBy",
                    liftedBy == null ? "" : liftedBy);
        }
    }

    /** At most so many, in any stretch of time or in each unit of the calendar. */
    record Limit(
            int max,
            List<String> per,
            Duration sliding,
            Cap.@Nullable Unit unit,
            String zone,
            boolean sameSubject,
            @Nullable Agreement liftedBy)
            implements Clause {

        /** For how long an attempt may count; a week or a month may have an hour more, and zones are a day apart. */
        Duration longest() {
            return unit == null ? sliding : Duration.ofDays(unit == Cap.Unit.DAY ? 3 : unit == Cap.Unit.WEEK ? 9 : 33);
        }

        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "max",
                    max,
                    "per",
                    per,
                    "sliding",
                    unit == null ? sliding : "",
                    "calendar",
                    unit == null ? "" : unit,
                    "zone",
                    unit == null ? "" : zone,
                    "liftedBy",
                    liftedBy == null ? "" : liftedBy);
        }
    }

    /** Where a label stands. */
    enum Place {
        BODY_START,
        SUBJECT_START
    }

    /** One of these words first; the pattern finds them anywhere, also in small letters. */
    record Label(List<String> anyOf, Place at, String standard, Pattern anywhere) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("anyOf", anyOf, "at", at);
        }
    }

    /** What a footer or an opening must say. */
    enum Part {
        OPT_OUT_HOWTO,
        POSTAL_ADDRESS,
        SENDER_NAME,
        PRICE_IF_CHARGED
    }

    /** These parts at the end; of the means to refuse, at least so many must be there. */
    record Footer(List<Part> requires, List<OptOut.Means> means, int atLeast) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("requires", requires, "means", means, "atLeast", means.isEmpty() ? "" : atLeast);
        }
    }

    /** These parts at the beginning of a call. */
    record Opening(List<Part> requires) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("requires", requires);
        }
    }

    /** Headers of a mail. */
    enum Header {
        LIST_UNSUBSCRIBE_HTTPS,
        LIST_UNSUBSCRIBE_POST,
        LIST_ID
    }

    /** These headers. */
    record Headers(List<Header> requires) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("requires", requires);
        }
    }

    /** How far a refusal reaches that does not say so itself, from narrow to broad. */
    enum Reach {
        TOPIC,
        SENDER,
        CHANNEL,
        CONTROLLER
    }

    /** What becomes of a refusal. */
    record Refusal(
            Duration deadline,
            Reach reach,
            boolean everything,
            @Nullable Acknowledgement acknowledgement,
            @Nullable WorkingDays review)
            implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "deadline", deadline.isZero() ? "" : deadline,
                    "reach", reach,
                    "everything", everything ? "everything" : "",
                    "within", acknowledgement == null ? "" : acknowledgement.within(),
                    "review", review == null ? "" : review.number(),
                    "calendar", review == null ? "" : review.calendar());
        }
    }

    /** That a refusal is confirmed once. */
    record Acknowledgement(Duration within, boolean ignoresWindow) {}

    /** Not if the address is listed. */
    record Listing(String id, Duration maxAge, boolean consentOverrides, boolean deniesUnavailable) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("registry", id, "maxAge", maxAge, "overridden", consentOverrides ? "CONSENT_OVERRIDES" : "");
        }
    }

    /** Only as such a sender. */
    record From(List<Sender.Kind> kinds, List<Sender.Kind> forbidden, boolean registered, boolean validityChecked)
            implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("kinds", kinds, "forbidden", forbidden, "registered", registered ? "REGISTERED" : "");
        }
    }

    /** At most so many requests, ever or for each consent that waits to be confirmed; silence for so long counts as a no. */
    record Asking(int maxEver, boolean silenceBars, Duration after, boolean perPending) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "max", maxEver,
                    "ever", perPending ? "per.pending" : "per.address",
                    "after", silenceBars ? after : "");
        }
    }

    /** Below this age a guardian's consent; from {@code alsoChild} on the child's, too. */
    record Age(int min, int alsoChild, boolean unknownDenies) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "min", min == 0 ? "" : min,
                    "alsoChild", alsoChild == Integer.MAX_VALUE ? "" : alsoChild,
                    "unknown", unknownDenies ? "DENY" : "ALLOW");
        }
    }

    /** Recording opens and clicks needs a consent of its own. */
    record Tracking(String purpose) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("purpose", purpose);
        }
    }

    /** What the classes of a provider's templates are. */
    record Classes(Map<String, MessageClass> byName) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of(
                    "classes", byName.entrySet().stream().map(Object::toString).toList());
        }
    }

    /**
     * Within what time a person's request is acknowledged and done, from the day after it came.
     *
     * @param ack until when it is acknowledged; {@code null} if that is not said
     * @param complete until when it is done; {@code null} if that is not said
     * @param withProcessor the same where somebody else has to do it as well; {@code null} if it is the same
     * @param extension by how much that may be put off once; {@code null} if it may not
     */
    record Rights(
            @Nullable WorkingDays ack,
            @Nullable Period complete,
            @Nullable Period withProcessor,
            @Nullable Period extension)
            implements Clause {

        RequestTerms terms(Instant received, boolean processors, ZoneId zone) {
            LocalDate day = LocalDate.ofInstant(received, zone);
            Period span = processors && withProcessor != null ? withProcessor : complete;
            LocalDate last = span == null ? null : day.plus(span);
            LocalDate later = last == null || extension == null ? last : last.plus(extension);
            return new RequestTerms(ack == null ? null : ack.after(received, zone), end(last, zone), end(later, zone));
        }

        private static @Nullable Instant end(@Nullable LocalDate day, ZoneId zone) {
            return day == null ? null : day.plusDays(1).atStartOfDay(zone).toInstant();
        }

        @Override
        public Map<String, Object> told() {
            var told = new TreeMap<String, Object>();
            told.put("ack", ack == null ? "" : ack.number());
            told.put("complete", complete == null ? "" : complete);
            told.put("withProcessor", withProcessor == null ? "" : withProcessor);
            told.put("extension", extension == null ? "" : extension);
            return told;
        }
    }

    /** For how long these things are kept at least. */
    record Retained(List<String> what, Period min) implements Clause {
        @Override
        public Map<String, Object> told() {
            return Map.of("what", what, "min", min);
        }
    }
}
