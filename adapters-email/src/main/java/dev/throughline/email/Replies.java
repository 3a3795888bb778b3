// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.channel.FailureCause.AUTH;
import static dev.throughline.channel.FailureCause.BAD_ADDRESS;
import static dev.throughline.channel.FailureCause.BLOCKED_POLICY;
import static dev.throughline.channel.FailureCause.CONTENT_REFUSED;
import static dev.throughline.channel.FailureCause.MAILBOX_FULL;
import static dev.throughline.channel.FailureCause.NOT_CAPABLE;
import static dev.throughline.channel.FailureCause.QUOTA;
import static dev.throughline.channel.FailureCause.SENDER_NOT_ALLOWED;
import static dev.throughline.channel.FailureCause.THROTTLED;
import static dev.throughline.channel.FailureCause.TOO_LARGE;
import static dev.throughline.channel.FailureCause.UNCLASSIFIED;
import static dev.throughline.channel.FailureCause.UNREACHABLE;
import static dev.throughline.channel.FailureCause.VENDOR_INTERNAL;
import static dev.throughline.channel.Scope.ADDRESS;
import static dev.throughline.channel.Scope.CHANNEL;
import static dev.throughline.channel.Scope.MESSAGE;
import static dev.throughline.channel.Scope.SENDER;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server's answer means: first its enhanced status (RFC 3463, RFC 5248, RFC 7372), which is precise; then its code and the
 * stage (RFC 5321 section 4.2.3); last, where both are vague, its words.
 */
final class Replies {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GREYLISTING = Duration.ofMinutes(5); // the usual delay, RFC 6647 section 4.4
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private static final Pattern PAUSE = Pattern.compile(
            "\\b(?:in|after|for|wait|delayed|least)\\s+(\\d{1,6})\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\\b");
    private static final Pattern QUEUE_ID = Pattern.compile(
            "(?i)queued as ([\\w.-]+)|\\bid[= ]<?([\\w.@-]+)|^([\\w.-]+) Message accepted|^ok:? ([\\w.-]{12,})$");
    private static final Pattern GREY = Pattern.compile("gr[ea]y ?-?list");
    private static final Pattern FAST = Pattern.compile("too many|too much|too fast|rate|throttl|limit");
    private static final Pattern FULL = Pattern.compile("full|quota|over ?quota|exceeded storage");
    private static final Pattern POLICY =
            Pattern.compile("spam|block|policy|polic|reputation|blacklist|denylist|denied|relay|spf|dmarc");

    private Replies() {}

    /** The message was taken; under the server's name for it, if it said one. */
    static SendResult accepted(@Nullable Reply reply) {
        Matcher id = QUEUE_ID.matcher(reply == null ? "" : reply.text());
        if (!id.find()) {
            return new SendResult.Accepted(List.of(), null);
        }
        for (int group = 1; group <= id.groupCount(); group++) {
            if (id.group(group) != null) {
                return new SendResult.Accepted(List.of(id.group(group)), null);
            }
        }
        return new SendResult.Accepted(List.of(), null);
    }

    /** The server or its login turned us away before any message. */
    static SendResult unconnected(Reply reply) {
        Finding finding = isLogin(reply)
                ? new Finding(AUTH, CHANNEL, GREYLISTING)
                : reply.isTransient()
                        ? new Finding(reply.mentions(FAST) ? THROTTLED : VENDOR_INTERNAL, CHANNEL, MINUTE)
                        : new Finding(BLOCKED_POLICY, CHANNEL, HOUR);
        return finding.notSent(reply, reply.detail(""));
    }

    /** What a command of this stage was answered. */
    static SendResult classify(Stage stage, Reply reply, Mail mail) {
        String detail = reply.detail(mail.recipientLocal());
        if (!reply.isNegative()) {
            return accepted(reply);
        }
        if (isLogin(reply)) {
            return new Finding(AUTH, CHANNEL, GREYLISTING).notSent(reply, detail);
        }
        if (reply.status().equals("4.5")
                && !reply.isTransient()) { // how big mail hosts say that the day's quota is used up
            return new Finding(QUOTA, CHANNEL, HOUR).notSent(reply, detail);
        }
        return reply.isTransient()
                ? passing(stage, reply).notSent(reply, detail)
                : lasting(stage, reply).rejected(detail);
    }

    private static boolean isLogin(Reply reply) {
        return switch (reply.code()) {
            case 454, 530, 534, 535, 538 -> true; // RFC 4954 section 6, RFC 3207 section 4
            default -> List.of("7.8", "7.9", "7.11", "7.13", "7.14").contains(reply.status());
        };
    }

    private static Finding lasting(Stage stage, Reply reply) {
        return switch (reply.status()) {
            case "1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.4", "7.17", "7.18" ->
                new Finding(BAD_ADDRESS, ADDRESS);
            case "1.7", "1.8" -> new Finding(SENDER_NOT_ALLOWED, SENDER);
            case "2.2" -> new Finding(MAILBOX_FULL, ADDRESS);
            case "2.3", "3.4" -> new Finding(TOO_LARGE, MESSAGE);
            case "6.7" -> new Finding(NOT_CAPABLE, ADDRESS);
            case "7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27", "7.29" ->
                new Finding(BLOCKED_POLICY, SENDER);
            default -> lastingBySubject(stage, reply);
        };
    }

    private static Finding lastingBySubject(Stage stage, Reply reply) {
        return switch (reply.subject()) {
            case "1" -> new Finding(BAD_ADDRESS, ADDRESS);
            case "2", "4" -> new Finding(UNREACHABLE, ADDRESS);
            case "3" -> new Finding(VENDOR_INTERNAL, MESSAGE);
            case "6" -> new Finding(CONTENT_REFUSED, MESSAGE);
            case "7" -> new Finding(BLOCKED_POLICY, stage == Stage.MAIL ? SENDER : MESSAGE);
            default -> lastingByCode(stage, reply);
        };
    }

    private static Finding lastingByCode(Stage stage, Reply reply) {
        return switch (stage) {
            case RCPT -> refusedRecipient(reply);
            case MAIL ->
                reply.code() == 552
                        ? new Finding(TOO_LARGE, MESSAGE)
                        : isSyntax(reply)
                                ? new Finding(UNCLASSIFIED, MESSAGE)
                                : new Finding(SENDER_NOT_ALLOWED, SENDER);
            default -> refusedMessage(reply);
        };
    }

    private static Finding refusedRecipient(Reply reply) {
        return switch (reply.code()) {
            case 552 -> new Finding(MAILBOX_FULL, ADDRESS);
            case 501, 550, 551, 553, 556 ->
                reply.mentions(POLICY) ? new Finding(BLOCKED_POLICY, MESSAGE) : new Finding(BAD_ADDRESS, ADDRESS);
            case 554 -> new Finding(BLOCKED_POLICY, MESSAGE);
            default -> new Finding(UNCLASSIFIED, MESSAGE);
        };
    }

    private static Finding refusedMessage(Reply reply) {
        return switch (reply.code()) {
            case 552 -> new Finding(TOO_LARGE, MESSAGE);
            case 550 -> new Finding(BLOCKED_POLICY, MESSAGE);
            case 554 -> new Finding(reply.mentions(POLICY) ? BLOCKED_POLICY : CONTENT_REFUSED, MESSAGE);
            default -> new Finding(UNCLASSIFIED, MESSAGE);
        };
    }

    private static boolean isSyntax(Reply reply) {
        return reply.code() == 500
                || reply.code() == 502
                || reply.code() == 503
                || reply.code() == 504
                || reply.code() == 555;
    }

    private static Finding passing(Stage stage, Reply reply) {
        if (reply.code() == 421) {
            return new Finding(reply.mentions(FAST) ? THROTTLED : VENDOR_INTERNAL, CHANNEL, MINUTE);
        }
        if (reply.mentions(GREY)) {
            return new Finding(THROTTLED, ADDRESS, GREYLISTING);
        }
        return switch (reply.status()) {
            case "1.7", "1.8" -> new Finding(SENDER_NOT_ALLOWED, SENDER, HOUR);
            case "2.2" -> new Finding(MAILBOX_FULL, ADDRESS, HOUR);
            case "4.5", "7.28" -> new Finding(THROTTLED, CHANNEL, GREYLISTING);
            case "5.3" -> new Finding(THROTTLED, MESSAGE, MINUTE);
            default -> passingBySubject(stage, reply);
        };
    }

    private static Finding passingBySubject(Stage stage, Reply reply) {
        return switch (reply.subject()) {
            case "1", "2", "4" -> new Finding(UNREACHABLE, ADDRESS, GREYLISTING);
            case "3" -> new Finding(VENDOR_INTERNAL, CHANNEL, GREYLISTING);
            case "7" -> new Finding(THROTTLED, stage == Stage.MAIL ? SENDER : ADDRESS, GREYLISTING);
            default -> passingByCode(stage, reply);
        };
    }

    private static Finding passingByCode(Stage stage, Reply reply) {
        boolean recipient = stage == Stage.RCPT;
        return switch (reply.code()) {
            case 450 ->
                new Finding(recipient ? UNREACHABLE : VENDOR_INTERNAL, recipient ? ADDRESS : MESSAGE, GREYLISTING);
            case 452 ->
                recipient && reply.mentions(FULL)
                        ? new Finding(MAILBOX_FULL, ADDRESS, HOUR)
                        : new Finding(VENDOR_INTERNAL, CHANNEL, GREYLISTING);
            default -> new Finding(reply.mentions(FAST) ? THROTTLED : VENDOR_INTERNAL, MESSAGE, GREYLISTING);
        };
    }

    /** A cause and its reach; the pause is for answers that name none. */
    private record Finding(FailureCause cause, Scope scope, Duration pause) {

        Finding(FailureCause cause, Scope scope) {
            this(cause, scope, Duration.ZERO);
        }

        SendResult rejected(String detail) {
            return new SendResult.Rejected(cause, scope, detail);
        }

        SendResult notSent(Reply reply, String detail) {
            return new SendResult.NotSent(cause, scope, said(reply, pause), detail);
        }

        private static Duration said(Reply reply, Duration otherwise) {
            Matcher said = PAUSE.matcher(reply.text().toLowerCase(Locale.ROOT));
            if (!said.find()) {
                return otherwise;
            }
            long amount = Long.parseLong(said.group(1));
            Duration pause =
                    switch (said.group(2).charAt(0)) {
                        case 'h' -> Duration.ofHours(amount);
                        case 'm' -> Duration.ofMinutes(amount);
                        default -> Duration.ofSeconds(amount);
                    };
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }
}
