// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.consent.Agreement;
import dev.throughline.consent.Basis;
import dev.throughline.consent.Standing.Agreed;
import dev.throughline.consent.Standing.Ground;
import dev.throughline.consent.Standing.Wished;
import dev.throughline.identity.Sender;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** By what door, when and how often: registries, senders, hours, caps. */
final class Passage {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** By check, because nearly every message keeps some of them. */
    private static final Map<String, List<Finding>> NO_RULE = new ConcurrentHashMap<>();

    private static final Timing AT_ANY_HOUR = new Timing(noRule("window"), null, null);
    private static final Caps UNCAPPED = new Caps(List.of(), noRule("caps"));

    /** Begins the name of what is no rule but the person's own wish; the ledger's line follows. */
    private static final String WISH = "wish:";

    private Passage() {}

    static Finding registry(Rule rule, Clause.Listing wanted, @Nullable CheckResult answer, Facts facts) {
        if (answer == null || !answer.available()) {
            Outcome outcome = wanted.deniesUnavailable() ? Outcome.DENY : Outcome.NOTE;
            return Finding.of("registry", rule.id(), outcome, Reason.REGISTRY_UNAVAILABLE)
                    .with("registry", wanted.id());
        }
        String consent = grounds(facts).stream().map(Ground::event).collect(Collectors.joining(", "));
        if (answer.listed()) {
            boolean overridden = wanted.consentOverrides() && !consent.isEmpty();
            return Finding.of(
                            "registry",
                            rule.id(),
                            overridden ? Outcome.ALLOW : Outcome.DENY,
                            overridden ? Reason.REGISTRY_OVERRIDDEN : Reason.REGISTERED_DO_NOT_CALL)
                    .with("registry", wanted.id())
                    .with("asOf", answer.asOf())
                    .with("consent", consent);
        }
        boolean stale = answer.asOf().plus(wanted.maxAge()).isBefore(facts.now());
        return Finding.of(
                        "registry",
                        rule.id(),
                        !stale ? Outcome.ALLOW : wanted.deniesUnavailable() ? Outcome.DENY : Outcome.NOTE,
                        stale ? Reason.REGISTRY_STALE : Reason.NOT_LISTED)
                .with("registry", wanted.id())
                .with("asOf", answer.asOf())
                .with("maxAge", wanted.maxAge());
    }

    /** Clear consents in evidential form (PDPA Part 9). */
    private static List<Ground> grounds(Facts facts) {
        return facts.standing().inForce().stream()
                .filter(ground -> ground.basis() == Basis.EXPRESS || ground.basis() == Basis.EXPRESS_WRITTEN)
                .filter(ground -> ground.evidence().has("text"))
                .toList();
    }

    static Finding sender(Rule rule, Clause.From wanted, Facts facts) {
        Sender sender = facts.sender();
        if (sender == null) {
            return Finding.of("sender", rule.id(), Outcome.DENY, Reason.NO_SENDER)
                    .with("brand", facts.brand().name())
                    .with("channel", facts.channel());
        }
        Reason reason = fault(wanted, sender, facts.now());
        Finding finding = Finding.of(
                        "sender",
                        rule.id(),
                        reason == null ? Outcome.ALLOW : Outcome.DENY,
                        reason == null ? Reason.SENDER_OK : reason)
                .with("sender", sender.value())
                .with("kind", sender.kind());
        Instant until = sender.registeredUntil();
        finding = until == null ? finding : finding.with("until", until);
        return reason == Reason.SENDER_KIND ? finding.with("allowed", wanted.kinds()) : finding;
    }

    static @Nullable Reason fault(Clause.From wanted, Sender sender, Instant now) {
        boolean kind = wanted.kinds().isEmpty() || wanted.kinds().contains(sender.kind());
        if (!kind || wanted.forbidden().contains(sender.kind())) {
            return Reason.SENDER_KIND;
        }
        Instant until = sender.registeredUntil();
        if (until == null) {
            return wanted.registered() ? Reason.SENDER_UNREGISTERED : null;
        }
        return wanted.validityChecked() && !until.isAfter(now) ? Reason.SENDER_EXPIRED : null;
    }

    static Timing window(List<Rule> rules, Facts facts) {
        var wished = wishedHours(facts);
        if (rules.isEmpty() && wished.isEmpty()) {
            return AT_ANY_HOUR;
        }
        var findings = new ArrayList<Finding>();
        var hours = new TreeMap<String, List<Windows.Hours>>(wished);
        for (Rule rule : rules) {
            Clause.Window wanted = (Clause.Window) rule.clause();
            Optional<Agreed> agreed = agreed(wanted.liftedBy(), facts);
            if (agreed.isPresent()) {
                findings.add(lifted("window", rule, Reason.TIME_AGREED, agreed.get()));
            } else {
                hours.put(rule.id(), hours(wanted, facts));
            }
        }
        if (hours.isEmpty()) {
            return new Timing(findings, null, null);
        }
        if (facts.zone() == null) {
            findings.add(presumed(facts));
        }
        return timed(hours, findings, facts.now());
    }

    /** What the person wants counts whatever she has agreed to: the agreement lifts the law's hours, not her own. */
    private static Map<String, List<Windows.Hours>> wishedHours(Facts facts) {
        var hours = new TreeMap<String, List<Windows.Hours>>();
        for (Wished wished : facts.standing().wishes()) {
            if (wished.wish().hasHours()) {
                var allow = List.of(new LocalHours(
                        EnumSet.allOf(DayOfWeek.class),
                        wished.wish().from(),
                        wished.wish().to()));
                hours.put(
                        WISH + wished.event(),
                        facts.zones().stream()
                                .map(zone -> new Windows.Hours(allow, zone, Duration.ZERO))
                                .toList());
            }
        }
        return hours;
    }

    /** In each zone where the recipient may be. */
    private static List<Windows.Hours> hours(Clause.Window wanted, Facts facts) {
        return zones(wanted.zone(), facts).stream()
                .map(zone -> new Windows.Hours(wanted.allow(), zone, wanted.guard(), wanted.closed()))
                .toList();
    }

    private static Finding presumed(Facts facts) {
        Set<ZoneId> zones = facts.zones();
        return facts.presumedZones().isEmpty()
                ? Finding.of("window", "", Outcome.NOTE, Reason.ZONE_ASSUMED).with("zone", facts.zoneOrBrands())
                : Finding.of("window", "", Outcome.NOTE, Reason.ZONE_PRESUMED)
                        .with("zones", zones.stream().map(ZoneId::getId).collect(Collectors.joining(", ")));
    }

    private static Timing timed(Map<String, List<Windows.Hours>> hours, List<Finding> findings, Instant now) {
        Optional<Windows.Span> span =
                Windows.next(hours.values().stream().flatMap(List::stream).toList(), now);
        if (span.isEmpty()) {
            findings.add(Finding.of("window", String.join(", ", hours.keySet()), Outcome.DENY, Reason.NO_HOURS));
            return new Timing(findings, null, null);
        }
        Instant start = span.get().start();
        hours.forEach((rule, all) -> findings.add(finding(rule, decisive(all, now), start, now)));
        return start.equals(now) ? new Timing(findings, null, span.get().end()) : new Timing(findings, start, null);
    }

    /** Of the zones where the recipient may be, one in which it is too early or too late, if there is one. */
    private static Windows.Hours decisive(List<Windows.Hours> all, Instant now) {
        return all.stream().filter(hours -> !isOpen(hours, now)).findFirst().orElse(all.get(0));
    }

    private static Finding finding(String rule, Windows.Hours hours, Instant until, Instant now) {
        boolean open = isOpen(hours, now);
        Reason reason = open ? Reason.IN_HOURS : closed(hours, now);
        Finding finding = Finding.of("window", rule, open ? Outcome.ALLOW : Outcome.DEFER, reason)
                .with("local", MINUTE.format(now.atZone(hours.zone())))
                .with("zone", hours.zone());
        return open
                ? finding
                : finding.with("until", until).with("untilLocal", MINUTE.format(until.atZone(hours.zone())));
    }

    private static Reason closed(Windows.Hours hours, Instant now) {
        if (hours.closed().contains(LocalDate.ofInstant(now, hours.zone()))) {
            return Reason.HOLIDAY;
        }
        return isOpen(hours.unguarded(), now) ? Reason.WINDOW_GUARD : Reason.OUTSIDE_HOURS;
    }

    private static boolean isOpen(Windows.Hours hours, Instant now) {
        return Windows.next(hours, now).filter(span -> span.contains(now)).isPresent();
    }

    private static Set<ZoneId> zones(String name, Facts facts) {
        return switch (name) {
            case "RECIPIENT" -> facts.zones();
            case "BRAND" -> Set.of(facts.brand().zone());
            default -> Set.of(ZoneId.of(name));
        };
    }

    static Caps caps(List<Rule> rules, Facts facts) {
        var caps = wishedCaps(facts);
        if (rules.isEmpty() && caps.isEmpty()) {
            return UNCAPPED;
        }
        var findings = new ArrayList<Finding>();
        for (Rule rule : rules) {
            Clause.Limit wanted = (Clause.Limit) rule.clause();
            Optional<Agreed> agreed = agreed(wanted.liftedBy(), facts);
            if (agreed.isPresent()) {
                findings.add(lifted("caps", rule, Reason.FREQUENCY_AGREED, agreed.get()));
            } else {
                caps.add(new Cap(rule.id(), key(wanted, facts), wanted.max(), span(wanted, facts)));
            }
        }
        return new Caps(caps, findings);
    }

    private static Cap.Span span(Clause.Limit wanted, Facts facts) {
        return wanted.unit() == null
                ? new Cap.Sliding(wanted.sliding())
                : new Cap.Calendar(wanted.unit(), zones(wanted.zone(), facts));
    }

    /** Counted with what the law counts per controller and channel, so that what was sent before she said so counts, too. */
    private static List<Cap> wishedCaps(Facts facts) {
        var caps = new ArrayList<Cap>();
        for (Wished wished : facts.standing().wishes()) {
            if (wished.wish().limits()) {
                String topic = wished.scope().topic();
                String key = "channel=" + facts.channel() + ";controller="
                        + facts.brand().controller() + (topic.isEmpty() ? "" : ";topic=" + topic);
                caps.add(new Cap(
                        WISH + wished.event(),
                        key,
                        wished.wish().most(),
                        new Cap.Sliding(wished.wish().within())));
            }
        }
        return caps;
    }

    private static String key(Clause.Limit wanted, Facts facts) {
        var parts = new ArrayList<String>();
        for (String part : wanted.per()) {
            switch (part) {
                case "controller" -> parts.add("controller=" + facts.brand().controller());
                case "brand" -> parts.add("brand=" + facts.brand().name());
                case "channel" -> parts.add("channel=" + facts.channel());
                case "class" -> parts.add("class=" + facts.messageClass());
                case "topic" -> parts.add("topic=" + facts.standing().question().topic());
                default -> {}
            }
        }
        if (wanted.sameSubject() && !wanted.per().contains("topic")) {
            parts.add("topic=" + facts.standing().question().topic());
        }
        return parts.stream().sorted().collect(Collectors.joining(";"));
    }

    private static Optional<Agreed> agreed(@Nullable Agreement liftedBy, Facts facts) {
        return liftedBy == null ? Optional.empty() : facts.standing().agreed(liftedBy);
    }

    private static Finding lifted(String check, Rule rule, Reason reason, Agreed agreed) {
        return Finding.of(check, rule.id(), Outcome.ALLOW, reason)
                .with("event", agreed.event())
                .with("since", agreed.since());
    }

    static List<Finding> noRule(String check) {
        return NO_RULE.computeIfAbsent(check, Passage::unruled);
    }

    private static List<Finding> unruled(String check) {
        return List.of(Finding.of(check, "", Outcome.ALLOW, Reason.NO_RULE));
    }
}
