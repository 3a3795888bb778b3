// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a journey down, step by step. Not thread-safe; lives within the lambda it is given to. */
public final class JourneyBuilder {

    private static final int MOST_GOALS = 31;

    private final String campaign;
    private final boolean nested;
    private final List<Step> steps = new ArrayList<>();
    private final List<EventRule> exits = new ArrayList<>();
    private final List<EventRule> goals = new ArrayList<>();
    private @Nullable EntryRule entry;
    private Reentry reentry = Reentry.FREE;
    private int holdout;
    private String key = "";
    private @Nullable ZoneId zone;

    JourneyBuilder(String campaign, boolean nested) {
        this.campaign = campaign;
        this.nested = nested;
    }

    /**
     * Starts the journey when something happens. A customer is in a journey once at a time, or once for each key.
     *
     * @param rule what
     * @return this
     */
    public JourneyBuilder startOn(EventRule rule) {
        Given.required("journey", "startOn", rule);
        return startedBy(rule);
    }

    /**
     * Starts the journey on a date of the customer, once. Known from the identify call on that tells the date or her time zone; the
     * property {@code date} of the starting event is the day.
     *
     * @param date which date, in a trait; give it a time of day, because a day begins at midnight
     * @return this
     */
    public JourneyBuilder startOn(DateRule date) {
        Given.required("journey", "startOn", date);
        return startedBy(new DateEntry(date, false));
    }

    /**
     * Starts the journey every year on a date of the customer, such as her birthday. Known from the identify call on that tells the
     * date or her time zone; the property {@code date} of the starting event is the day.
     *
     * @param date which date, in a trait; give it a time of day, because a day begins at midnight
     * @return this
     */
    public JourneyBuilder startYearlyOn(DateRule date) {
        Given.required("journey", "startYearlyOn", date);
        return startedBy(new DateEntry(date, true));
    }

    /**
     * Starts the journey for the members of a segment or a list at a time, on the clock of each of them: her {@code timezone}, else {@link
     * #zone}, else that of the brand. Who has come or gone meanwhile counts as she is then; a time that the clock leaves out in spring is
     * as much later, one that comes twice in autumn is the first. On that day or not at all. The property {@code date} of the starting
     * event is the day.
     *
     * @param schedule when, such as {@code Schedule.weekly(MONDAY, LocalTime.of(9, 0))}
     * @param members who: {@code in(segment)} or {@code onList(name)}
     * @return this
     * @throws ThroughlineException if it is another condition
     */
    public JourneyBuilder startOn(Schedule schedule, Condition members) {
        Given.required("journey startOn", "schedule", schedule);
        Given.required("journey startOn", "members", members);
        return startedBy(new ScheduleEntry(schedule, members));
    }

    private JourneyBuilder startedBy(EntryRule rule) {
        top("startOn");
        if (entry != null) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' starts on " + entry + " already, not also on " + rule);
        }
        entry = rule;
        return this;
    }

    /**
     * Starts the journey when the host says so, with {@code Throughline.start}. The properties that it gives are those of the starting
     * event.
     *
     * @return this
     */
    public JourneyBuilder startOnCall() {
        return startOn(new EventRule(Campaign.callOf(campaign), null));
    }

    /**
     * Lets a customer enter once in her life, whatever the key. A later entry is refused, which her timeline tells.
     *
     * @return this
     */
    public JourneyBuilder once() {
        return limited("once", Reentry.ONCE);
    }

    /**
     * Lets a customer enter again some time after her last entry, however long she stayed. An earlier entry is refused, which her
     * timeline tells.
     *
     * @param time how long after she entered
     * @return this
     */
    public JourneyBuilder reenterAfter(Duration time) {
        Given.required("journey", "reenterAfter", time);
        requirePositive("reenterAfter", time);
        return limited("reenterAfter", Reentry.after(time));
    }

    private JourneyBuilder limited(String what, Reentry limit) {
        top(what);
        if (reentry.isLimited()) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': " + what + " besides another limit of entries, expected one at most");
        }
        reentry = limit;
        return this;
    }

    /**
     * Leaves out some customers, to measure what the campaign changes: they are noted as held out when they would have entered, and get
     * nothing. Who they are is drawn by hash, once; if more are held out later, those who are stay so.
     *
     * @param percent how many of a hundred, 1 to 99
     * @return this
     */
    public JourneyBuilder holdout(int percent) {
        top("holdout");
        if (percent < 1 || percent > 99) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': holdout of " + percent + " percent, expected 1 to 99");
        }
        holdout = percent;
        return this;
    }

    /**
     * Runs one instance for each value of a property of the starting event, such as each order. An event without it starts nothing,
     * which the timeline tells.
     *
     * @param property the property
     * @return this
     */
    public JourneyBuilder keyedBy(String property) {
        Given.required("journey", "keyedBy", property);
        top("keyedBy");
        key = property;
        return this;
    }

    /**
     * Says by whose clock calendar delays count where the customer's own {@code timezone} is unknown. Without it the zone of the brand
     * whose messages it sends counts.
     *
     * @param id a name of the tz database, such as {@code Asia/Ho_Chi_Minh}
     * @return this
     * @throws ThroughlineException if there is no such zone
     */
    public JourneyBuilder zone(String id) {
        Given.required("journey", "zone", id);
        top("zone");
        try {
            zone = ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': zone '" + Shown.of(id)
                            + "', expected a name of the tz database such as Asia/Ho_Chi_Minh",
                    unknown);
        }
        return this;
    }

    /**
     * Ends the journey, wherever it stands, when something happens; a message that waits is cancelled.
     *
     * @param rule what
     * @return this
     */
    public JourneyBuilder exitOn(EventRule rule) {
        Given.required("journey", "exitOn", rule);
        top("exitOn");
        exits.add(rule);
        return this;
    }

    /**
     * Names what the journey is for. Reached inside, it is noted on the timeline, once for an instance, and the journey goes on; one
     * that is to end it, too, is said to {@link #exitOn}. At most 31.
     *
     * @param rule what
     * @return this
     */
    public JourneyBuilder goal(EventRule rule) {
        Given.required("journey", "goal", rule);
        top("goal");
        if (goals.contains(rule) || goals.size() == MOST_GOALS) {
            throw new ThroughlineException("campaign '" + campaign + "': goal " + rule + " after " + goals.size()
                    + " others, expected each once and at most " + MOST_GOALS);
        }
        goals.add(rule);
        return this;
    }

    /**
     * Waits for a duration: 24 hours are 24 hours, whatever the calendar says.
     *
     * @param time how long
     * @return this
     */
    public JourneyBuilder delay(Duration time) {
        Given.required("journey", "delay", time);
        requirePositive("delay", time);
        steps.add(new Step.Delay(time));
        return this;
    }

    /**
     * Waits for some calendar days: until her clock shows the same time some days later, be that 23 or 25 hours a day.
     *
     * @param days how many
     * @return this
     * @throws ThroughlineException if it is none, or more than 36,500
     */
    public JourneyBuilder delayDays(int days) {
        requireDays(days);
        steps.add(new Step.CalendarDelay(days, null, null));
        return this;
    }

    /**
     * Waits for some calendar days and the rest of the last: one day until 09:00 is tomorrow at 09:00, be that 9 or 33 hours away.
     *
     * @param days how many; tomorrow is 1
     * @param at until which time on her clock
     * @return this
     * @throws ThroughlineException if it is none, or more than 36,500
     */
    public JourneyBuilder delayDays(int days, LocalTime at) {
        Given.required("journey delayDays", "at", at);
        requireDays(days);
        steps.add(new Step.CalendarDelay(days, null, at));
        return this;
    }

    /**
     * Waits until her clock shows a time: today if that is still to come, else tomorrow.
     *
     * @param at the time
     * @return this
     */
    public JourneyBuilder delayUntil(LocalTime at) {
        Given.required("journey", "delayUntil", at);
        steps.add(new Step.CalendarDelay(0, null, at));
        return this;
    }

    /**
     * Waits until a day of the week at a time on her clock, the next one that is still to come.
     *
     * @param weekday the day
     * @param at the time
     * @return this
     */
    public JourneyBuilder delayUntil(DayOfWeek weekday, LocalTime at) {
        Given.required("journey delayUntil", "at", at);
        Given.required("journey delayUntil", "weekday", weekday);
        Given.required("journey delayUntil", "at", at);
        steps.add(new Step.CalendarDelay(0, weekday, at));
        return this;
    }

    /**
     * Waits until a date that is known of her.
     *
     * @param date which
     * @param ifPast what to do if it has passed already, or is not known; there is no default, because each is right somewhere.
     *     {@link IfPast#SKIP} needs a step behind this one
     * @return this
     */
    public JourneyBuilder delayUntil(DateRule date, IfPast ifPast) {
        Given.required("journey delayUntil", "date", date);
        Given.required("journey delayUntil", "ifPast", ifPast);
        steps.add(new Step.DateDelay(date, ifPast));
        return this;
    }

    /**
     * Waits until something happens, and goes on after it.
     *
     * @param rule what
     * @param atMost how long
     * @param happened what to do then
     * @param timeout what to do when it did not happen in time
     * @return this
     */
    public JourneyBuilder waitUntil(
            EventRule rule, Duration atMost, Consumer<JourneyBuilder> happened, Consumer<JourneyBuilder> timeout) {
        Given.required("journey waitUntil", "rule", rule);
        Given.required("journey waitUntil", "atMost", atMost);
        Given.required("journey waitUntil", "happened", happened);
        Given.required("journey waitUntil", "timeout", timeout);
        requirePositive("waitUntil", atMost);
        steps.add(new Step.Await(rule, atMost, block(happened), block(timeout)));
        return this;
    }

    /**
     * Waits until a condition holds, and goes on after it. It is tested at once, because it may hold already; then with every touchpoint
     * of hers, and when something that she did falls out of a time that it looks back.
     *
     * @param condition which; about her and what she did, not about an event at hand
     * @param atMost how long
     * @param met what to do when it holds
     * @param timeout what to do when it did not hold in time
     * @return this
     * @throws ThroughlineException if the condition looks at properties of an event, of which there is none to look at
     */
    public JourneyBuilder waitUntil(
            Condition condition, Duration atMost, Consumer<JourneyBuilder> met, Consumer<JourneyBuilder> timeout) {
        Given.required("journey waitUntil", "condition", condition);
        Given.required("journey waitUntil", "atMost", atMost);
        Given.required("journey waitUntil", "met", met);
        Given.required("journey waitUntil", "timeout", timeout);
        requirePositive("waitUntil", atMost);
        if (condition.properties().findAny().isPresent()) {
            throw new ThroughlineException("campaign '" + campaign + "': waitUntil " + condition
                    + " looks at an event, expected a condition about the customer, or an event with a condition");
        }
        steps.add(new Step.Until(condition, atMost, block(met), block(timeout)));
        return this;
    }

    /**
     * Says something of the customer, as if she had been identified with it: it stands on her timeline, is kept in her profile, holds for
     * the steps behind it and wakes whoever waits for it, but starts no journey.
     *
     * @param name the trait; not {@code email} or {@code phone}
     * @param value its value; {@code null} removes it
     * @return this
     * @throws ThroughlineException if the trait has a form that the value is not in, or the value is of an unusable type
     */
    public JourneyBuilder setTrait(String name, @Nullable Object value) {
        Given.required("journey setTrait", "name", name);
        steps.add(TraitSet.step(campaign, name, value));
        return this;
    }

    /**
     * Goes one of two ways, and on after it.
     *
     * @param condition which way
     * @param then what to do where it holds
     * @param otherwise what to do where it does not
     * @return this
     */
    public JourneyBuilder branch(
            Condition condition, Consumer<JourneyBuilder> then, Consumer<JourneyBuilder> otherwise) {
        Given.required("journey branch", "condition", condition);
        Given.required("journey branch", "then", then);
        Given.required("journey branch", "otherwise", otherwise);
        steps.add(new Step.Branch(condition, block(then), block(otherwise)));
        return this;
    }

    /**
     * Goes the first of several ways that is open, and on after it. Where none is and nothing is said for that, the journey ends.
     *
     * @param ways writes them down, with their conditions
     * @return this
     */
    public JourneyBuilder branch(Consumer<Branches> ways) {
        Given.required("journey", "branch", ways);
        var branches = new Branches(campaign, this::block);
        ways.accept(branches);
        steps.add(branches.build());
        return this;
    }

    /**
     * Goes the way that is drawn for the customer: by hash, once, from the smallest of the names that she has then, and kept for ever. No
     * machine, replay or repetition draws anew.
     *
     * @param name names the draw; experiments of one name share it, also in other campaigns
     * @param ways writes the variants down, 100 percent together
     * @return this
     */
    public JourneyBuilder experiment(String name, Consumer<Variants> ways) {
        Given.required("journey experiment", "name", name);
        Given.required("journey experiment", "ways", ways);
        if (name.length() > 100 || !Identity.isLine(name)) {
            throw new ThroughlineException("campaign '" + campaign + "': experiment '" + Shown.of(name)
                    + "', expected a name of 1 to 100 characters, without line breaks or other control characters");
        }
        var variants = new Variants(campaign, name, this::block);
        ways.accept(variants);
        steps.add(new Step.Experiment(name, variants.build()));
        return this;
    }

    /**
     * Tells a message.
     *
     * @param message what
     * @param route over which channels; the message must have a wording for each
     * @return this
     */
    public JourneyBuilder send(Message message, Route route) {
        Given.required("journey send", "message", message);
        Given.required("journey send", "route", route);
        for (Route.Leg leg : route.legs()) {
            if (!message.channels().contains(leg.channel())) {
                throw new ThroughlineException(
                        "campaign '" + campaign + "' sends message '" + message.name() + "' over " + leg.channel()
                                + ", for which it has no wording: " + Shown.oneOf(message.channels()));
            }
        }
        steps.add(new Step.Send(message, route));
        return this;
    }

    /**
     * Ends the journey here.
     *
     * @return this
     */
    public JourneyBuilder end() {
        return end("");
    }

    /**
     * Ends the journey here, for a reason that its timeline tells.
     *
     * @param reason why, such as {@code TOO_SMALL}
     * @return this
     * @throws ThroughlineException if it is longer than 100 characters or holds control characters
     */
    public JourneyBuilder end(String reason) {
        Given.required("journey", "end", reason);
        if (!reason.isEmpty() && (reason.length() > 100 || !Identity.isLine(reason))) {
            throw new ThroughlineException("campaign '" + campaign + "': end with reason '" + Shown.of(reason)
                    + "', expected at most 100 characters, without line breaks or other control characters");
        }
        steps.add(new Step.End(reason));
        return this;
    }

    /**
     * Calls a function of the host with nothing but the customer, and goes on when it has answered.
     *
     * @param function the function's name, as the host registers it
     * @return this
     * @throws ThroughlineException if the name is of another form than letters, digits, - and _
     */
    public JourneyBuilder call(String function) {
        Given.required("journey", "call", function);
        return call(function, plainly -> {});
    }

    /**
     * Calls a function of the host, and goes on when it has answered. What the function does it may be asked to do again under the same
     * key; see {@link HostFunction}.
     *
     * @param function the function's name, as the host registers it
     * @param how says with what, how often, and what to do if it fails for good
     * @return this
     * @throws ThroughlineException if the name is of another form than letters, digits, - and _
     */
    public JourneyBuilder call(String function, Consumer<CallBuilder> how) {
        Given.required("journey call", "function", function);
        Given.required("journey call", "how", how);
        var call = new CallBuilder(campaign, function, this::block);
        how.accept(call);
        steps.add(call.build());
        return this;
    }

    /** What has been written down so far. */
    List<Step> steps() {
        return steps;
    }

    Campaign build() {
        if (entry == null) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' has no startOn: expected the event that starts it");
        }
        if (!(entry instanceof EventRule) && !key.isEmpty()) {
            throw new ThroughlineException("campaign '" + campaign + "' starts on a date, which has no property '" + key
                    + "': expected no keyedBy");
        }
        if (steps.isEmpty()) {
            throw new ThroughlineException("campaign '" + campaign + "' has no step: expected one at least");
        }
        return new Campaign(campaign, new Terms(entry, reentry, key, exits, goals, holdout, zone), closed());
    }

    private List<Step> block(Consumer<JourneyBuilder> writer) {
        var inner = new JourneyBuilder(campaign, true);
        writer.accept(inner);
        return inner.closed();
    }

    /** The steps of a block that is complete. */
    private List<Step> closed() {
        if (!steps.isEmpty()
                && steps.get(steps.size() - 1) instanceof Step.DateDelay last
                && last.ifPast() == IfPast.SKIP) {
            throw new ThroughlineException("campaign '" + campaign + "': delayUntil the date of '"
                    + last.date().name()
                    + "' is the last step of its block, expected one behind it that can be skipped");
        }
        return List.copyOf(steps);
    }

    private void top(String what) {
        if (nested) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': " + what + " within a branch, expected at the journey's top");
        }
    }

    private void requireDays(int days) {
        if (days < 1 || days > Message.LONGEST.toDays()) {
            throw new ThroughlineException("campaign '" + campaign + "': delay of " + days
                    + " calendar days, expected 1 to " + Message.LONGEST.toDays());
        }
    }

    private void requirePositive(String what, Duration time) {
        if (!Message.isTime(time)) {
            throw new ThroughlineException("campaign '" + campaign + "': " + what + " of " + time
                    + ", expected more than none and at most " + Message.LONGEST);
        }
    }
}
