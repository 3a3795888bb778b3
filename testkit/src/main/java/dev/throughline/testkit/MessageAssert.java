// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Channel;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** What can be said of a message to somebody: each word leaves those that it fits, and fails if it fits none. */
public final class MessageAssert extends AbstractAssert<MessageAssert, List<Decision>> {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private final TestCustomer customer;
    private final String claim;

    MessageAssert(TestCustomer customer, String claim, List<Decision> found) {
        super(found, MessageAssert.class);
        this.customer = customer;
        this.claim = claim;
        if (found.isEmpty()) {
            failWithMessage("%s", told(customer, claim, "there is none"));
        }
    }

    /**
     * Over a channel.
     *
     * @param channel which
     * @return this, for what was over it
     */
    public MessageAssert via(Channel channel) {
        return narrowed("via " + channel, decision -> decision.channel().equals(channel), decision -> decision.channel()
                .toString());
    }

    /**
     * At a time, to the minute, in the host's zone.
     *
     * @param time hours and minutes, such as {@code 10:00}
     * @return this, for what was then
     */
    public MessageAssert at(String time) {
        LocalTime wanted = TestHost.time(time);
        return narrowed("at " + time, decision -> minute(decision).equals(wanted), this::shown);
    }

    /**
     * On a day, in the host's zone.
     *
     * @param day an ISO date, such as {@code 2026-11-24}
     * @return this, for what was then
     */
    public MessageAssert on(String day) {
        return narrowed(
                "on " + day, decision -> when(decision).toLocalDate().toString().equals(day), this::shown);
    }

    /**
     * Because its leg was taken for a reason.
     *
     * @param cause why the leg was taken
     * @return this, for what was sent for it
     */
    public MessageAssert because(Cause cause) {
        return narrowed("because " + cause, decision -> cause(decision) == cause, decision -> cause(decision)
                .name());
    }

    /**
     * With a verdict's reason.
     *
     * @param reason a code such as {@code NO_CONSENT} or {@code JOURNEY_EXITED}
     * @return this, for what had it
     */
    public MessageAssert because(String reason) {
        return narrowed(
                "because " + reason,
                decision -> decision.verdict().reason().equals(reason),
                decision -> decision.verdict().toString());
    }

    /**
     * Saying something.
     *
     * @param text what its text contains: of a mail subject, HTML and plain text
     * @return this, for what said it
     */
    public MessageAssert saying(String text) {
        return narrowed("saying '" + text + "'", decision -> text(decision).contains(text), this::text);
    }

    /**
     * So many times.
     *
     * @param number how many that fit what was said so far
     * @return this
     */
    public MessageAssert times(int number) {
        if (actual.size() != number) {
            failWithMessage("%s", told(customer, claim + " " + number + " times", "it is " + actual.size() + " times"));
        }
        return this;
    }

    private MessageAssert narrowed(String word, Predicate<Decision> fits, Function<Decision, String> found) {
        var left = actual.stream().filter(fits).toList();
        if (left.isEmpty()) {
            var instead = actual.stream().map(found).distinct().toList();
            failWithMessage("%s", told(customer, claim + " " + word, "it is " + String.join(", ", instead)));
        }
        return new MessageAssert(customer, claim + " " + word, left);
    }

    private ZonedDateTime when(Decision decision) {
        return decision.at().atZone(customer.host().zone());
    }

    private LocalTime minute(Decision decision) {
        return when(decision).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    }

    private String shown(Decision decision) {
        return DAY.format(when(decision));
    }

    private String text(Decision decision) {
        return customer.host()
                .content(decision)
                .map(content -> {
                    if (content instanceof EmailContent mail) {
                        return String.join("\n", mail.subject(), mail.html(), mail.text());
                    }
                    return content instanceof TextContent text ? text.text() : content.headline();
                })
                .orElse("");
    }

    /** The leg before says it. */
    private Cause cause(Decision decision) {
        var origin = decision.origin();
        if (origin.leg() == 0) {
            return Cause.FIRST;
        }
        boolean arrived = customer.decisions().stream()
                .filter(other -> other.origin().instance().equals(origin.instance())
                        && other.origin().step().equals(origin.step())
                        && other.origin().leg() < origin.leg())
                .reduce((one, other) -> other)
                .map(other -> other.verdict().mayHaveArrived())
                .orElse(false);
        return arrived ? Cause.NO_RESPONSE : Cause.UNDELIVERABLE;
    }

    static String told(TestCustomer customer, String claim, String instead) {
        return "expected that " + customer + " " + claim + ", but " + instead + ":\n\n"
                + customer.host().report();
    }
}
