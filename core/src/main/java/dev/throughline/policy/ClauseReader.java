// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Agreement;
import dev.throughline.consent.Basis;
import dev.throughline.identity.OptOut;
import dev.throughline.identity.Sender;
import dev.throughline.json.Node;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a rule demands. A word that is read and not carried out would be a lie, so unknown ones are faults. */
final class ClauseReader {

    static final List<String> KINDS = List.of(
            "age",
            "cap",
            "classMap",
            "consent",
            "consentRequest",
            "footer",
            "headers",
            "label",
            "opening",
            "optOut",
            "registry",
            "retain",
            "rights",
            "sender",
            "tracking",
            "window");

    private static final int MOST_WORKING_DAYS = 366;

    private ClauseReader() {}

    static Clause read(String kind, Node node) {
        return switch (kind) {
            case "age" -> age(node);
            case "cap" -> cap(node);
            case "classMap" -> classes(node);
            case "consent" -> consent(node);
            case "consentRequest" -> asking(node);
            case "footer" -> footer(node);
            case "headers" -> headers(node);
            case "label" -> label(node);
            case "opening" -> new Clause.Opening(node.constants("requires", Clause.Part.class));
            case "optOut" -> refusal(node);
            case "registry" -> registry(node);
            case "retain" -> retained(node);
            case "sender" -> sender(node);
            case "tracking" -> tracking(node);
            case "window" -> window(node);
            default -> rights(node);
        };
    }

    private static Clause consent(Node node) {
        List<Clause.Accepted> accepted =
                node.parts("anyOf").stream().map(ClauseReader::accepted).toList();
        if (accepted.isEmpty()) {
            node.fault("anyOf", "nothing", "at least one basis", "");
        }
        return new Clause.Consent(accepted);
    }

    private static Clause.Accepted accepted(Node node) {
        Node reconfirm = node.part("reconfirm");
        var accepted = new Clause.Accepted(
                node.constant("basis", Basis.class, Basis.EXPRESS),
                node.texts("evidence"),
                node.texts("mustState"),
                oneOf(node, "doi", "optional", "required").equals("required"),
                node.period("maxAge"),
                reconfirm.period("every"),
                oneOf(reconfirm, "onSilence", "keep", "expire").equals("expire"),
                node.text("from", ""),
                node.flag("sameCategory", false),
                oneOf(node, "evidenceChannel", "any", "same").equals("same"),
                node.text("endedBy", ""));
        reconfirm.finish();
        node.finish();
        return accepted;
    }

    private static Clause window(Node node) {
        oneOf(node, "onMiss", "DEFER");
        String zone = zone(node);
        List<LocalHours> allow = hours(node);
        return new Clause.Window(
                allow, zone, node.constant("liftedBy", Agreement.class), guard(node, allow), holidays(node));
    }

    private static String zone(Node node) {
        String zone = node.text("zone", "RECIPIENT");
        return zone.equals("RECIPIENT") || zone.equals("BRAND") || isZone(zone)
                ? zone
                : node.fault("zone", zone, "RECIPIENT, BRAND or a name of the tz database", "RECIPIENT");
    }

    /** Days of a calendar that comes with this room, and others. */
    private static Set<LocalDate> holidays(Node node) {
        Node holidays = node.part("holidays");
        if (holidays.flag("allow", false)) {
            holidays.fault("allow", true, "false", "");
        }
        var closed = new TreeSet<LocalDate>();
        String calendar = holidays.text("calendar", "");
        if (!calendar.isEmpty()) {
            Calendar.find(calendar)
                    .ifPresentOrElse(
                            found -> closed.addAll(found.days()),
                            () -> holidays.fault("calendar", calendar, "one of " + Calendar.NAMES, ""));
        }
        for (String day : holidays.texts("days")) {
            try {
                closed.add(LocalDate.parse(day));
            } catch (DateTimeException noDate) {
                holidays.fault("days", day, "dates such as 2026-12-24", "");
            }
        }
        holidays.finish();
        return Collections.unmodifiableSet(closed);
    }

    private static Duration guard(Node node, List<LocalHours> allow) {
        Duration guard = node.duration("guard", Duration.ZERO);
        int shortest = allow.stream()
                .mapToInt(hours -> hours.to() - hours.from())
                .min()
                .orElse(0);
        return guard.isNegative() || (shortest > 0 && guard.toMinutes() >= shortest)
                ? node.fault("guard", guard, "less than the shortest of the hours", Duration.ZERO)
                : guard;
    }

    private static List<LocalHours> hours(Node node) {
        var allow = new ArrayList<LocalHours>();
        for (Node part : node.parts("allow")) {
            var hours = new LocalHours(days(part), part.minutes("from"), part.minutes("to"));
            part.finish();
            if (hours.from() >= hours.to()) {
                part.fault("to", part.text("to", ""), "a time after from, 24:00 at the latest", "");
            } else if (allow.stream().anyMatch(other -> overlap(other, hours))) {
                part.fault("from", part.text("from", ""), "hours that do not overlap the others", "");
            }
            allow.add(hours);
        }
        return allow.isEmpty() ? node.fault("allow", "nothing", "at least one entry", allow) : allow;
    }

    private static boolean overlap(LocalHours one, LocalHours other) {
        return !Collections.disjoint(one.days(), other.days()) && one.from() < other.to() && other.from() < one.to();
    }

    /** {@code MON-SUN}, {@code SAT}; none means all. */
    private static Set<DayOfWeek> days(Node node) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : node.texts("days")) {
            String[] ends = word.split("-", -1);
            DayOfWeek first = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            if (first == null || last == null || ends.length > 2 || first.compareTo(last) > 0) {
                node.fault("days", word, "days such as MON or MON-FRI", "");
            } else {
                days.addAll(EnumSet.range(first, last));
            }
        }
        return node.texts("days").isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static @Nullable DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equals(word.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        return null;
    }

    private static Clause cap(Node node) {
        oneOf(node, "count", "ATTEMPT");
        Node window = node.part("window");
        Duration sliding = window.duration("sliding", Duration.ZERO);
        Cap.Unit unit = window.constant("calendar", Cap.Unit.class);
        String zone = zone(window);
        window.finish();
        if (unit == null ? sliding.isZero() || sliding.isNegative() : window.has("sliding")) {
            node.fault(
                    "window",
                    window.members(),
                    "{\"sliding\": \"PT24H\"} or {\"calendar\": \"DAY\", \"zone\": \"RECIPIENT\"}, or the like",
                    "");
        }
        List<String> per = node.texts("per");
        if (!per.contains("address")
                || !Set.of("controller", "brand", "address", "channel", "class", "topic")
                        .containsAll(per)) {
            node.fault("per", per, "address and any of controller, brand, channel, class, topic", "");
        }
        boolean same = oneOf(node, "subject", "any", "same").equals("same");
        int max = node.has("max") ? node.number("max", 0) : node.fault("max", "nothing", "a whole number", 0);
        return new Clause.Limit(
                max, List.copyOf(per), sliding, unit, zone, same, node.constant("liftedBy", Agreement.class));
    }

    private static Clause label(Node node) {
        node.flag("exact", true);
        List<String> anyOf = node.texts("anyOf");
        String standard = node.text("default", anyOf.isEmpty() ? "" : anyOf.get(0));
        if (!anyOf.contains(standard)) {
            node.fault("default", standard, "one of " + anyOf, "");
        }
        var words = anyOf.stream().map(Pattern::quote).toList();
        // also in small letters, which the law does not take for a label and a reader for a second one
        var anywhere = Pattern.compile(
                "\\s*(?:" + String.join("|", words) + ")\\s*", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        var place = node.constant("at", Clause.Place.class, Clause.Place.BODY_START);
        return new Clause.Label(List.copyOf(anyOf), place, standard, anywhere);
    }

    private static Clause footer(Node node) {
        oneOf(node, "at", "END");
        List<OptOut.Means> means = node.constants("optOutMeans", OptOut.Means.class);
        int atLeast = node.number("atLeast", means.size());
        if (atLeast > means.size()) {
            node.fault("atLeast", atLeast, "at most the number of optOutMeans", "");
        }
        return new Clause.Footer(node.constants("requires", Clause.Part.class), means, atLeast);
    }

    private static Clause headers(Node node) {
        node.flag("dkimCovers", true);
        return new Clause.Headers(node.constants("requires", Clause.Header.class));
    }

    private static Clause refusal(Node node) {
        Node ack = node.part("ack");
        oneOf(ack, "send", "ONCE");
        ack.texts("content");
        ack.flag("noAds", true);
        var acknowledgement = new Clause.Acknowledgement(
                ack.duration("within", Duration.ofMinutes(5)), ack.flag("ignoresWindow", true));
        ack.finish();
        return new Clause.Refusal(
                node.duration("deadline", Duration.ZERO),
                node.constant("defaultScope", Clause.Reach.class, Clause.Reach.CHANNEL),
                node.flag("everything", false),
                node.has("ack") ? acknowledgement : null,
                workingDays(node, "review"));
    }

    private static @Nullable WorkingDays workingDays(Node node, String name) {
        if (!node.has(name)) {
            return null;
        }
        Node said = node.part(name);
        var days = new WorkingDays(said.number("workingDays", 0), said.text("calendar", ""));
        if (days.number() < 1 || days.number() > MOST_WORKING_DAYS) {
            said.fault("workingDays", days.number(), "a whole number from 1 to " + MOST_WORKING_DAYS, 0);
        }
        if (!days.calendar().isEmpty() && Calendar.find(days.calendar()).isEmpty()) {
            said.fault("calendar", days.calendar(), "one of " + Calendar.NAMES, "");
        }
        said.finish();
        return days;
    }

    private static Clause registry(Node node) {
        node.flag("perChannel", true);
        oneOf(node, "onHit", "DENY");
        return new Clause.Listing(
                node.text("id"),
                node.duration("maxAge", Duration.ofDays(1)),
                node.flag("consentOverrides", false),
                oneOf(node, "onUnavailable", "DENY", "ALLOW").equals("DENY"));
    }

    private static Clause sender(Node node) {
        oneOf(node, "template", "none");
        return new Clause.From(
                node.constants("kind", Sender.Kind.class),
                node.constants("forbid", Sender.Kind.class),
                node.flag("registered", false),
                node.flag("validUntilChecked", true));
    }

    private static Clause asking(Node node) {
        oneOf(node, "countsAs", "CONSENT_REQUEST", "MARKETING");
        return new Clause.Asking(
                node.number("maxEver", 1),
                oneOf(node, "onSilence", "BAR", "KEEP").equals("BAR"),
                node.duration("after", Duration.ofDays(7)),
                oneOf(node, "per", "address", "pending").equals("pending"));
    }

    private static Clause age(Node node) {
        Node below = node.part("below");
        oneOf(below, "consentBy", "GUARDIAN");
        int alsoChild = below.number("alsoChild", Integer.MAX_VALUE);
        below.finish();
        return new Clause.Age(
                node.number("min", 0),
                alsoChild,
                oneOf(node, "unknown", "ALLOW", "DENY").equals("DENY"));
    }

    private static Clause tracking(Node node) {
        node.flag("sensitive", false);
        return new Clause.Tracking(node.text("purpose"));
    }

    private static Clause classes(Node node) {
        var classes = new TreeMap<String, MessageClass>();
        for (String name : node.members().keySet()) {
            MessageClass messageClass = node.constant(name, MessageClass.class);
            if (messageClass != null) {
                classes.put(name, messageClass);
            }
        }
        return new Clause.Classes(Collections.unmodifiableMap(classes));
    }

    private static Clause retained(Node node) {
        List<String> what = node.texts("what");
        Period min = node.period("min");
        node.text("from", "");
        return new Clause.Retained(what, min == null ? Period.ZERO : min);
    }

    private static Clause rights(Node node) {
        return new Clause.Rights(
                workingDays(node, "ack"), node.period("withdraw"), node.period("withProcessor"), node.period("extend"));
    }

    /** The first is what is meant where nothing is said. */
    private static String oneOf(Node node, String name, String... words) {
        String word = node.text(name, words[0]);
        return List.of(words).contains(word) ? word : node.fault(name, word, "one of " + List.of(words), words[0]);
    }

    private static boolean isZone(String name) {
        try {
            return !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
