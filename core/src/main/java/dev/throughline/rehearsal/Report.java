// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import dev.throughline.campaign.JourneyNote;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Chronicle;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Reasons;
import dev.throughline.ring.Entry;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What happened in a rehearsal, when and why; its text is for people. */
public final class Report {

    private static final Locale WORDS = Locale.ENGLISH;

    private final Rehearsal rehearsal;
    private final Instant start;
    private final Instant end;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Entry> lines = new ArrayList<>();
    private final Map<String, String> names = new TreeMap<>();
    private final Map<MessageId, String> headlines = new TreeMap<>();

    Report(Rehearsal rehearsal, Store store, Instant start, Instant end) {
        this.rehearsal = rehearsal;
        this.start = start;
        this.end = end;
        var found = new ArrayList<Entry>();
        store.scan(Entry.Log.TIMELINE, entry -> remember(entry, found));
        store.scan(Entry.Log.DECISIONS, entry -> remember(entry, found));
        rehearsal.recordings().forEach(recording -> recording
                .recorded()
                .forEach(sent -> headlines.put(
                        sent.message().id(), sent.message().content().headline())));
        for (Entry entry : Chronicle.inOrder(found)) {
            lines.add(entry);
            if (entry.body() instanceof Decision decision) {
                decisions.add(decision);
            }
        }
    }

    /**
     * What became of each message.
     *
     * @return the decisions, oldest first; those of one instant leg by leg
     */
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** What happened, when and why. */
    @Override
    public String toString() {
        ZoneId zone = rehearsal.zone();
        var day = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", WORDS).withZone(zone);
        var text = new StringBuilder();
        text.append("Rehearsal of ")
                .append(String.join(
                        ", ",
                        rehearsal.campaigns().stream()
                                .map(campaign -> campaign.name())
                                .toList()))
                .append(" under ")
                .append(rehearsal.policy().name())
                .append(", ")
                .append(day.format(start))
                .append(" to ")
                .append(day.format(end))
                .append(" (")
                .append(zone)
                .append(")\nAssumed: ")
                .append(String.join(", ", rehearsal.assumptions()))
                .append('\n');
        String present = "";
        for (Entry line : lines) {
            String when = day.format(
                    line.body() instanceof Observed observed
                            ? observed.touchpoint().occurredAt()
                            : line.at());
            text.append('\n')
                    .append(when.equals(present) ? " ".repeat(when.length()) : when)
                    .append("  ");
            present = when;
            text.append(names.getOrDefault(line.subject(), line.subject())).append(": ");
            tell(line, text);
        }
        return text.append('\n').toString();
    }

    private void remember(Entry entry, List<Entry> found) {
        if (entry.body() instanceof Decision) {
            found.add(entry);
        } else if (entry.body() instanceof JourneyNote) {
            found.add(entry);
        } else if (entry.body() instanceof Observed observed) {
            names.putIfAbsent(entry.subject(), observed.touchpoint().identity().value());
            if (observed.touchpoint().call() == Touchpoint.Call.TRACK) {
                found.add(entry);
            }
        }
    }

    private void tell(Entry line, StringBuilder text) {
        if (line.body() instanceof Observed observed) {
            text.append(observed.touchpoint().name());
        } else if (line.body() instanceof JourneyNote note) {
            text.append("journey ")
                    .append(note.campaign())
                    .append(' ')
                    .append(note.change().name().toLowerCase(Locale.ROOT))
                    .append(note.detail().isEmpty() ? "" : " (" + said(note) + ")");
        } else if (line.body() instanceof Decision decision) {
            tell(decision, text);
        }
    }

    private static String said(JourneyNote note) {
        return note.change() == JourneyNote.Change.CALLED ? note.because() + ": " + note.detail() : note.detail();
    }

    private void tell(Decision decision, StringBuilder text) {
        text.append(decision.origin().message())
                .append(" by ")
                .append(decision.channel())
                .append(": ")
                .append(decision.verdict());
        String headline = headlines.get(decision.message());
        if (headline != null) {
            text.append("  \"").append(headline.replace("\n", " ↵ ")).append('"');
        }
        for (Finding finding : decision.findings()) {
            text.append("\n        ").append(Reasons.line(finding, WORDS, rehearsal.zone()));
        }
    }
}
