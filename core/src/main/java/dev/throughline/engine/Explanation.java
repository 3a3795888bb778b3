// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.JourneyNote;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Reasons;
import dev.throughline.ring.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What happened to a customer in a campaign, and why; in English or Vietnamese.
 *
 * @param lines what happened, oldest first
 * @param zone the zone in which instants are told
 */
public record Explanation(List<Line> lines, ZoneId zone) {

    /** Copies the list. */
    public Explanation {
        lines = List.copyOf(lines);
    }

    /**
     * One thing that happened.
     *
     * @param at when
     * @param english what, in English
     * @param vietnamese what, in Vietnamese
     * @param findings what the checks said
     */
    public record Line(Instant at, String english, String vietnamese, List<Finding> findings) {}

    /**
     * In words.
     *
     * @param locale Vietnamese for {@code vi}, English for every other language
     * @return one line for each thing that happened, and under it what the checks said
     */
    public String in(Locale locale) {
        boolean vietnamese = locale.getLanguage().equals("vi");
        var time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
        var text = new StringBuilder();
        for (Line line : lines) {
            text.append(time.format(line.at))
                    .append("  ")
                    .append(vietnamese ? line.vietnamese : line.english)
                    .append('\n');
            for (Finding finding : line.findings) {
                String mark = finding.outcome() == Outcome.DENY || finding.outcome() == Outcome.DEFER ? "✗ " : "· ";
                text.append(" ".repeat(20))
                        .append(mark)
                        .append(Reasons.text(finding, locale))
                        .append('\n');
            }
        }
        return text.isEmpty() ? (vietnamese ? "Không có gì xảy ra.\n" : "Nothing happened.\n") : text.toString();
    }

    /** In English. */
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }

    static Explanation of(List<Entry> timeline, List<Entry> decisions, String campaign, ZoneId zone) {
        var lines = new ArrayList<Line>();
        for (Entry entry : timeline) {
            if (entry.body() instanceof JourneyNote note && note.campaign().equals(campaign)) {
                lines.add(journey(entry.at(), note));
            } else if (entry.body() instanceof Observed observed) {
                String name = observed.touchpoint().name();
                lines.add(new Line(observed.touchpoint().occurredAt(), name, name, List.of()));
            }
        }
        for (Entry entry : decisions) {
            if (entry.body() instanceof Decision decision
                    && decision.origin().campaign().equals(campaign)) {
                lines.add(decided(decision));
            } else if (entry.body() instanceof DeliveryNote news) {
                String words = "message " + news.message() + ": " + news.status();
                lines.add(new Line(entry.at(), words, words, List.of()));
            }
        }
        lines.sort(Comparator.comparing(Line::at));
        return new Explanation(lines, zone);
    }

    private static Line decided(Decision decision) {
        String what = decision.origin().message() + " (" + decision.channel() + "): ";
        String english = what + decision.verdict() + (decision.correction() ? ", corrected" : "");
        String vietnamese = what + vietnamese(decision) + (decision.correction() ? ", đã đính chính" : "");
        return new Line(decision.at(), english, vietnamese, decision.findings());
    }

    private static String vietnamese(Decision decision) {
        String outcome =
                switch (decision.verdict().outcome()) {
                    case SENT -> "ĐÃ GỬI";
                    case SKIPPED -> "BỎ QUA";
                    case FAILED -> "THẤT BẠI";
                    case UNKNOWN -> "KHÔNG RÕ KẾT QUẢ";
                    case CANCELLED -> "ĐÃ HỦY";
                };
        return decision.verdict().reason().isEmpty()
                ? outcome
                : outcome + "(" + decision.verdict().reason() + ")";
    }

    private static Line journey(Instant at, JourneyNote note) {
        String because = note.because().isEmpty() ? "" : " (" + note.because() + ")";
        return switch (note.change()) {
            case STARTED -> new Line(at, "journey started" + because, "hành trình bắt đầu" + because, List.of());
            case REFUSED ->
                new Line(at, "journey not entered again" + because, "không vào lại hành trình" + because, List.of());
            case EXITED -> new Line(at, "journey left" + because, "rời hành trình" + because, List.of());
            case RESPONDED ->
                new Line(at, "customer responded" + because, "khách hàng đã phản hồi" + because, List.of());
            case ENDED -> new Line(at, "journey ended", "hành trình kết thúc", List.of());
        };
    }
}
