// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.CampaignStatus;
import dev.throughline.campaign.JourneyNote;
import dev.throughline.channel.MessageId;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.DeliveryNote;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Pending;
import dev.throughline.identity.Channel;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Reasons;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Redrive;
import dev.throughline.touchpoint.Source;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a customer in a campaign, and why; in English or Vietnamese.
 *
 * @param campaign the campaign's name
 * @param lines what happened, in the order in which it happened; empty if no campaign of this name has touched her
 * @param zone the zone in which instants are told
 */
public record Explanation(String campaign, List<Line> lines, ZoneId zone) {

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
     * @return one line for each thing that happened, and under it what the checks said, each with its name in front
     */
    public String in(Locale locale) {
        boolean vietnamese = locale.getLanguage().equals("vi");
        if (lines.isEmpty()) {
            return vietnamese
                    ? "Chưa có chiến dịch nào tên '" + campaign + "' tác động đến khách hàng này.\n"
                    : "No campaign named '" + campaign + "' has touched this customer.\n";
        }
        var time = time().withZone(zone);
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
                        .append(Reasons.line(finding, locale, zone))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** In English. */
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }

    /** With what is on its way at present. */
    Explanation and(List<Pending> messages, Instant now) {
        var more = new ArrayList<>(lines);
        messages.stream()
                .filter(message -> message.origin().campaign().equals(campaign))
                .map(message -> pending(message, now))
                .forEach(more::add);
        return new Explanation(campaign, more, zone);
    }

    private Line pending(Pending message, Instant now) {
        String what = named(message.origin(), message.channel());
        String until = message.deferred().map(time().withZone(zone)::format).orElse("");
        return until.isEmpty()
                ? new Line(now, what + "on its way", what + "đang trên đường gửi", List.of())
                : new Line(now, what + "DEFERRED until " + until, what + "HOÃN ĐẾN " + until, message.findings());
    }

    private static DateTimeFormatter time() {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    }

    /**
     * With what somebody has said of the campaign: what holds now, and what held while something happened to her, with its end.
     *
     * @param said the oldest first
     */
    Explanation with(List<CampaignStatus> said) {
        if (lines.isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(lines);
        boolean told = false;
        for (int i = 0; i < said.size(); i++) {
            CampaignStatus status = said.get(i);
            if (status.mode() != CampaignStatus.Mode.RUNNING) {
                told = i == said.size() - 1
                        || isFelt(status.at(), said.get(i + 1).at());
            }
            if (told) {
                int place = (int) more.stream()
                        .takeWhile(line -> !line.at().isAfter(status.at()))
                        .count();
                more.add(place, said(status));
            }
        }
        return new Explanation(campaign, more, zone);
    }

    private boolean isFelt(Instant from, Instant until) {
        return until.isAfter(lines.get(0).at())
                && !from.isAfter(lines.get(lines.size() - 1).at());
    }

    private static Line said(CampaignStatus status) {
        String by = " (" + status.who() + ": " + status.why() + ")";
        String english =
                switch (status.mode()) {
                    case RUNNING -> "campaign goes on";
                    case HELD -> "campaign paused, who comes to an action waits";
                    case DROPPING -> "campaign paused, who comes to an action leaves";
                    case CLOSED -> "campaign closed, nobody enters";
                    case STOPPED -> "campaign stopped, nobody is inside";
                };
        String vietnamese =
                switch (status.mode()) {
                    case RUNNING -> "chiến dịch chạy tiếp";
                    case HELD -> "chiến dịch tạm dừng, ai đến một hành động thì chờ";
                    case DROPPING -> "chiến dịch tạm dừng, ai đến một hành động thì rời đi";
                    case CLOSED -> "chiến dịch đã đóng, không ai vào nữa";
                    case STOPPED -> "chiến dịch đã dừng hẳn, không còn ai ở trong";
                };
        return new Line(status.at(), english + by, vietnamese + by, List.of());
    }

    static Explanation of(List<Entry> timeline, List<Entry> decisions, String campaign, ZoneId zone) {
        var messages = new HashMap<MessageId, Decision>();
        for (Entry entry : decisions) {
            if (entry.body() instanceof Decision decision
                    && decision.origin().campaign().equals(campaign)) {
                messages.put(decision.message(), decision);
            }
        }
        boolean entered = timeline.stream()
                .anyMatch(entry -> entry.body() instanceof JourneyNote note
                        && note.campaign().equals(campaign));
        if (!entered && messages.isEmpty()) {
            return new Explanation(campaign, List.of(), zone);
        }
        var all = new ArrayList<>(timeline);
        all.addAll(decisions);
        var lines = new ArrayList<Line>();
        Chronicle.ofOne(all).forEach(entry -> line(entry, campaign, messages).ifPresent(lines::add));
        return new Explanation(campaign, lines, zone);
    }

    private static Optional<Line> line(Entry entry, String campaign, Map<MessageId, Decision> messages) {
        if (entry.body() instanceof Observed observed) {
            return Optional.of(happened(observed.touchpoint()));
        }
        if (entry.body() instanceof JourneyNote note && note.campaign().equals(campaign)) {
            return Optional.of(journey(entry.at(), note));
        }
        if (entry.body() instanceof MergeNote note) {
            return merged(entry.at(), note);
        }
        if (entry.body() instanceof Redrive redrive) {
            String by = " (" + redrive.who() + ": " + redrive.why() + ")";
            return Optional.of(new Line(entry.at(), "redriven" + by, "chạy lại" + by, List.of()));
        }
        if (entry.body() instanceof Decision decision && messages.containsKey(decision.message())) {
            return Optional.of(decided(decision));
        }
        return entry.body() instanceof DeliveryNote news
                ? Optional.ofNullable(messages.get(news.message()))
                        .map(decision -> reported(entry.at(), decision, news))
                : Optional.empty();
    }

    private static Line happened(Touchpoint touchpoint) {
        var details = touchpoint.details();
        String name = touchpoint.name();
        String english = name;
        String vietnamese = name;
        if (touchpoint.source().equals(Source.TILL)) {
            english += said(details, "till", "till", "store", "store", "clerk", "clerk");
            vietnamese += said(details, "till", "quầy", "store", "cửa hàng", "clerk", "thu ngân");
        } else if (touchpoint.source().equals(Source.CALL)) {
            english += said(details, "id", "call", "agent", "agent");
            vietnamese += said(details, "id", "cuộc gọi", "agent", "tổng đài viên");
        }
        return new Line(touchpoint.occurredAt(), english, vietnamese, List.of());
    }

    /** What is known of a source, in brackets: the names of details, each followed by its word. */
    private static String said(Map<String, @Nullable Object> details, String... words) {
        var said = new ArrayList<String>();
        for (int i = 0; i < words.length; i += 2) {
            if (details.get(words[i]) instanceof String value) {
                said.add(words[i + 1] + " " + value);
            }
        }
        return said.isEmpty() ? "" : " (" + String.join(", ", said) + ")";
    }

    /** Of two who became one both timelines say it; it is told once. */
    private static Optional<Line> merged(Instant at, MergeNote note) {
        String other = note.other().toString();
        String by = note.who().isEmpty() ? "" : " (" + note.who() + ": " + note.why() + ")";
        return switch (note.change()) {
            case ABSORBED ->
                Optional.of(new Line(
                        at, "became one customer with " + other, "hợp nhất với khách hàng " + other, List.of()));
            case MERGED -> Optional.empty();
            case SPLIT ->
                Optional.of(new Line(
                        at,
                        "two customers again, split from " + other + by,
                        "tách khỏi khách hàng " + other + by,
                        List.of()));
            case REFUSED ->
                Optional.of(new Line(
                        at, "kept apart from customer " + other, "không hợp nhất với khách hàng " + other, List.of()));
        };
    }

    private static Line reported(Instant at, Decision decision, DeliveryNote news) {
        String vietnamese =
                switch (news.status()) {
                    case ACCEPTED -> "nhà cung cấp đã nhận";
                    case DELAYED -> "đến chậm";
                    case DELIVERED -> "đã đến nơi";
                    case BOUNCED -> "bị trả lại";
                    case SOFT_BOUNCED -> "tạm thời bị trả lại";
                    case CLICKED -> "đã bấm vào liên kết";
                    case COMPLAINED -> "bị khiếu nại";
                    case UNSUBSCRIBED -> "đã hủy nhận";
                };
        return new Line(at, named(decision) + news.status(), named(decision) + vietnamese, List.of());
    }

    private static String named(Decision decision) {
        return named(decision.origin(), decision.channel());
    }

    private static String named(MessageOrigin origin, Channel channel) {
        return origin.message() + " (" + channel + "): ";
    }

    private static Line decided(Decision decision) {
        String what = named(decision);
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
        String because = because(note);
        return switch (note.change()) {
            case STARTED -> new Line(at, "journey started" + because, "hành trình bắt đầu" + because, List.of());
            case REFUSED -> new Line(at, "journey not entered" + because, "không vào hành trình" + because, List.of());
            case EXITED -> new Line(at, "journey left" + because, "rời hành trình" + because, List.of());
            case MERGED ->
                new Line(
                        at,
                        "journey left, she is in it under another name as well",
                        "rời hành trình, khách đã ở trong hành trình này dưới tên khác",
                        List.of());
            case HELD_OUT ->
                new Line(at, "held out of the journey" + because, "thuộc nhóm đối chứng" + because, List.of());
            case ASSIGNED -> new Line(at, "variant drawn" + because, "chọn phương án" + because, List.of());
            case REACHED -> new Line(at, "goal reached" + because, "đạt mục tiêu" + because, List.of());
            case PARKED -> new Line(at, "journey waits" + because, "hành trình tạm chờ" + because, List.of());
            case MIGRATED ->
                new Line(
                        at,
                        "journey moved to another version" + because,
                        "chuyển sang phiên bản khác" + because,
                        List.of());
            case PINNED ->
                new Line(at, "journey stays in its version" + because, "giữ nguyên phiên bản" + because, List.of());
            case RESUMED -> new Line(at, "journey goes on", "hành trình tiếp tục", List.of());
            case CALLED -> new Line(at, "function called" + because, "gọi hàm của hệ thống" + because, List.of());
            case RESPONDED ->
                new Line(at, "customer responded" + because, "khách hàng đã phản hồi" + because, List.of());
            case ENDED -> new Line(at, "journey ended" + because, "hành trình kết thúc" + because, List.of());
        };
    }

    private static String because(JourneyNote note) {
        return Stream.of(note.because(), note.detail())
                .filter(part -> !part.isEmpty())
                .reduce((cause, detail) -> cause + ": " + detail)
                .map(text -> " (" + text + ")")
                .orElse("");
    }
}
