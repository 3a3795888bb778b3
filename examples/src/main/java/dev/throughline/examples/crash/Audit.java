// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import dev.throughline.channel.MessageClass;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict.Outcome;
import dev.throughline.examples.servers.ReceivedMail;
import dev.throughline.ring.Entry;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what hosts have acknowledged and what a mail server has taken against what their store has kept.
 *
 * <p>A touchpoint that was acknowledged must be on a timeline, and each one there must have come to one verdict. A mail whose verdict is
 * SENT must have arrived. None may have arrived twice but one with a code, which is sent anew if nobody knows whether it has arrived.
 * Nobody may be sent more advertisements than the cap, nor fewer where there was enough to send.
 */
final class Audit {

    private final Set<String> kept = new HashSet<>();

    /** Less the verdicts that it has come to, by customer and campaign. */
    private final Map<String, Integer> happened = new TreeMap<>();

    private final Map<String, Decision> decisions = new HashMap<>();
    private final Map<String, Integer> arrivals = new HashMap<>();

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> caps = new ArrayList<>();
    private int unknown;
    private int resent;

    private Audit() {}

    /**
     * What came out.
     *
     * @param lost what was acknowledged, begun or sent and is not there, a line for each
     * @param doubled what arrived twice and may not, a line for each
     * @param caps which caps were passed, or not reached, a line for each
     * @param unknown how many messages have a verdict that nobody knows
     * @param resent how often a code was sent anew
     * @param verdicts how many messages have a verdict
     */
    record Result(List<String> lost, List<String> doubled, List<String> caps, int unknown, int resent, int verdicts) {

        /** All of them. */
        List<String> faults() {
            return Stream.of(lost, doubled, caps).flatMap(List::stream).toList();
        }
    }

    /** Audits a store that is open, and that no host works on. */
    static Result of(Store store, Collection<String> acknowledged, List<ReceivedMail> mails) {
        var audit = new Audit();
        store.scan(Entry.Log.TIMELINE, audit::read);
        store.scan(Entry.Log.DECISIONS, audit::read);
        mails.forEach(mail -> audit.arrivals.merge(id(mail), 1, Integer::sum));
        audit.requireKept(acknowledged);
        audit.requireVerdicts();
        audit.requireArrivals();
        audit.requireCaps();
        return new Result(audit.lost, audit.doubled, audit.caps, audit.unknown, audit.resent, audit.decisions.size());
    }

    private void read(Entry line) {
        if (line.body() instanceof Observed observed
                && CrashShop.CAMPAIGNS.containsKey(observed.touchpoint().name())) {
            Touchpoint touchpoint = observed.touchpoint();
            kept.add(String.valueOf(touchpoint.property(CrashShop.ID)));
            happened.merge(line.subject() + " " + CrashShop.CAMPAIGNS.get(touchpoint.name()), 1, Integer::sum);
        } else if (line.body() instanceof Decision decision) {
            decisions.put(decision.message().value(), decision);
        }
    }

    private void requireKept(Collection<String> acknowledged) {
        for (String id : acknowledged) {
            if (!kept.contains(id)) {
                lost.add(id + " was acknowledged and is on no timeline");
            }
        }
    }

    /** Each touchpoint starts a journey of its own, whose timer fires, and which comes to one verdict. */
    private void requireVerdicts() {
        for (Decision decision : decisions.values()) {
            happened.merge(decision.customer().id() + " " + decision.origin().campaign(), -1, Integer::sum);
        }
        happened.forEach((journeys, open) -> {
            for (int i = 0; i < open; i++) {
                lost.add(journeys + ": a journey has come to no verdict");
            }
            for (int i = open; i < 0; i++) {
                doubled.add(journeys + ": a journey has come to two verdicts");
            }
        });
    }

    private void requireArrivals() {
        for (Decision decision : decisions.values()) {
            Outcome outcome = decision.verdict().outcome();
            Integer arrived = arrivals.remove(decision.message().value());
            int times = arrived == null ? 0 : arrived;
            String line = decision.message() + " of " + decision.origin().campaign() + ", " + decision.verdict();
            if (times == 0 && outcome == Outcome.SENT) {
                lost.add(line + ", has never arrived");
            }
            if (times > 0 && !decision.verdict().mayHaveArrived()) {
                doubled.add(line + ", has arrived");
            }
            if (decision.messageClass() == MessageClass.ONE_TIME_CODE) {
                resent += Math.max(0, times - 1);
            } else if (times > 1) {
                doubled.add(line + ", has arrived " + times + " times");
            }
            unknown += outcome == Outcome.UNKNOWN ? 1 : 0;
        }
        arrivals.keySet().forEach(message -> lost.add(message + " has arrived and has no verdict"));
    }

    private void requireCaps() {
        Map<String, Map<Boolean, Long>> planned = decisions.values().stream()
                .filter(decision -> decision.messageClass() == MessageClass.MARKETING)
                .collect(Collectors.groupingBy(
                        decision -> decision.customer().id(),
                        Collectors.partitioningBy(
                                decision -> decision.verdict().mayHaveArrived(), Collectors.counting())));
        planned.forEach((customer, advertisements) -> {
            long sent = Objects.requireNonNull(advertisements.get(true));
            long kept = Objects.requireNonNull(advertisements.get(false));
            if (sent > CrashShop.MOST_ADS || (sent < CrashShop.MOST_ADS && kept > 0)) {
                caps.add(customer + " may have got " + sent + " advertisements, and " + kept + " were held back");
            }
        });
    }

    /** Between the bracket and the domain. */
    private static String id(ReceivedMail mail) {
        String header = mail.messageId();
        return header.substring(1, header.indexOf('@'));
    }
}
