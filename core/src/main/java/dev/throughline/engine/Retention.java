// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * For how long a store keeps what has happened: {@code Retention.everything().timeline(Period.ofYears(3)).decisions(Period.ofYears(2))}.
 * What is older is removed in the background, in small batches, within two days of its time. Immutable.
 *
 * <p>What customers are, have and wait for is no log and stays. Neither is it touched what still has a use: of the timeline consents,
 * static lists, and merges that can be undone; of the ledger everything but proofs of consents that are over.
 */
public final class Retention {

    /** How long merges can be undone. */
    static final Duration UNDOABLE = Duration.ofDays(90);

    /** How long an address remembers a message that it has got, so that receipts, and news of what is in doubt, find it. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final Retention EVERYTHING = new Retention(Map.of());

    private final Map<Entry.Log, Period> kept;

    private Retention(Map<Entry.Log, Period> kept) {
        this.kept = kept;
    }

    /**
     * Everything, for good.
     *
     * @return the default
     */
    public static Retention everything() {
        return EVERYTHING;
    }

    /**
     * Removes touchpoints and notes of journeys from the timelines, when they were received longer ago. At least as long as the longest
     * window of a campaign or segment and a day, and at least 8 days: repeated touchpoints are recognised by it.
     *
     * @param time for how long they are kept
     * @return the changed retention
     * @throws ThroughlineException if it is not positive
     */
    public Retention timeline(Period time) {
        return with(Entry.Log.TIMELINE, time);
    }

    /**
     * Removes verdicts with their findings, and news of deliveries. At least for the longest validity of a message and 7 days: so long
     * receipts are taken.
     *
     * @param time for how long they are kept
     * @return the changed retention
     * @throws ThroughlineException if it is not positive
     */
    public Retention decisions(Period time) {
        return with(Entry.Log.DECISIONS, time);
    }

    /**
     * Removes proofs of consents that have ended longer ago: taken back, run out, replaced, or erased. A digest of each stays, so that the
     * ledger can be {@linkplain LedgerAudit verified}. A consent that is in force keeps
     * its proof, however old; refusals, suppressions, confirmations and whatever ends a consent stay for good. At least for as long as
     * the policy's rules of kind {@code retain} say.
     *
     * @param afterEnd for how long after the consent's end they are kept
     * @return the changed retention
     * @throws ThroughlineException if it is not positive
     */
    public Retention ledger(Period afterEnd) {
        return with(Entry.Log.LEDGER, afterEnd);
    }

    private Retention with(Entry.Log log, Period time) {
        if (time.isNegative() || time.isZero()) {
            throw new ThroughlineException(
                    "retention of the " + name(log) + ": " + time + ", expected a time such as P2Y");
        }
        var more = new EnumMap<Entry.Log, Period>(Entry.Log.class);
        more.putAll(kept);
        more.put(log, time);
        return new Retention(Map.copyOf(more));
    }

    /** Lines of a log from before this instant may go; empty if it keeps them all. */
    Optional<Instant> end(Entry.Log log, Instant now) {
        return Optional.ofNullable(kept.get(log)).map(time -> before(now, time));
    }

    private static Instant before(Instant now, Period time) {
        return now.atZone(ZoneOffset.UTC).minus(time).toInstant();
    }

    /**
     * What would be gone before its time.
     *
     * @param model what the host has said
     * @param now the instant from which is counted back
     * @return one line for each fault, which names what needs it
     */
    public List<String> faults(Model model, Instant now) {
        var faults = new ArrayList<String>();
        fault(Entry.Log.TIMELINE, now, Turn.DEDUPE.plusDays(1), "repeated touchpoints are recognised by it", faults);
        windows(model)
                .max(Comparator.comparing(needed -> needed.window.within()))
                .ifPresent(needed -> fault(
                        Entry.Log.TIMELINE,
                        now,
                        needed.window.within().plusDays(1),
                        needed.by + " looks back on '" + needed.window.event() + "' so far",
                        faults));
        model.campaigns().stream()
                .flatMap(campaign -> campaign.messages().stream())
                .max(Comparator.comparing(Message::validity))
                .ifPresent(message -> fault(
                        Entry.Log.DECISIONS,
                        now,
                        message.validity().plus(REMEMBERED),
                        "message '" + message.name() + "' is valid for " + message.validity()
                                + " and receipts are taken for " + REMEMBERED + " more",
                        faults));
        proof(model.policy(), now, faults);
        return faults;
    }

    private void proof(Policy policy, Instant now, List<String> faults) {
        policy.proofs()
                .filter(law -> kept.containsKey(Entry.Log.LEDGER))
                .filter(law -> end(Entry.Log.LEDGER, now).orElseThrow().isAfter(before(now, law.span())))
                .ifPresent(law -> faults.add("retention of the ledger: at least " + law.span() + ", because of "
                        + law.rule().id() + " (" + law.rule().ref().law() + " "
                        + law.rule().ref().article() + "); it is " + kept.get(Entry.Log.LEDGER)));
    }

    private void fault(Entry.Log log, Instant now, Duration least, String because, List<String> faults) {
        end(log, now)
                .filter(end -> end.isAfter(now.minus(least)))
                .ifPresent(end -> faults.add("retention of the " + name(log) + ": at least " + days(least)
                        + ", because " + because + "; it is " + kept.get(log)));
    }

    private record Needed(String by, Window window) {}

    private static Stream<Needed> windows(Model model) {
        return Stream.concat(
                model.watched().stream().flatMap(segment -> segment.condition()
                        .windows()
                        .map(window -> new Needed("segment '" + segment.name() + "'", window))),
                model.campaigns().stream().flatMap(campaign -> windows(campaign)));
    }

    private static Stream<Needed> windows(Campaign campaign) {
        return campaign.windows().stream().map(window -> new Needed("campaign '" + campaign.name() + "'", window));
    }

    private static String days(Duration time) {
        long days = time.toDays();
        return (time.equals(Duration.ofDays(days)) ? days : days + 1) + " days";
    }

    private static String name(Entry.Log log) {
        return switch (log) {
            case TIMELINE -> "timeline";
            case DECISIONS -> "decisions";
            case LEDGER -> "ledger";
        };
    }
}
