// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says with what a function of the host is called, how often, and what to do if it fails. Not thread-safe; lives within the lambda it is given to. */
public final class CallBuilder {

    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
    private static final int MOST_ATTEMPTS = 10;
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);

    private final String where;
    private final String function;
    private final Function<Consumer<JourneyBuilder>, List<Step>> block;
    private final Map<String, @Nullable Object> constants = new TreeMap<>();
    private final Map<String, String> paths = new TreeMap<>();
    private String name;
    private int attempts = Step.Call.USUAL.attempts();
    private Duration backoff = Step.Call.USUAL.backoff();
    private Duration deadline = Step.Call.USUAL.deadline();
    private @Nullable List<Step> ifFails;

    CallBuilder(String campaign, String function, Function<Consumer<JourneyBuilder>, List<Step>> block) {
        this.where = "campaign '" + campaign + "', call of '" + Shown.of(function) + "': ";
        this.function = function;
        this.name = function.replace('-', '_');
        this.block = block;
        if (!FUNCTION.matcher(function).matches()) {
            throw new ThroughlineException(
                    where + "expected a name of letters, digits, - and _ that begins with a letter");
        }
    }

    /**
     * Gives the function a value.
     *
     * @param argument the argument's name
     * @param value text, number, flag, instant, date, list or map
     * @return this
     * @throws ThroughlineException if the name is taken, or the value is of an unusable type or too large
     */
    public CallBuilder with(String argument, Object value) {
        Given.required("call with", "argument", argument);
        free(argument);
        constants.put(
                argument,
                Touchpoint.canonical(Map.of(argument, value), where + "argument")
                        .get(argument));
        return this;
    }

    /**
     * Gives the function what is known when it is called. What is not known then is left out.
     *
     * @param argument the argument's name
     * @param path {@code event.} and a property of the event that started the journey, {@code customer.} and a trait, or {@code call.},
     *     the name of an earlier call and what it has answered
     * @return this
     * @throws ThroughlineException if the name is taken, or the path begins otherwise
     */
    public CallBuilder take(String argument, String path) {
        Given.required("call take", "argument", argument);
        Given.required("call take", "path", path);
        free(argument);
        try {
            paths.put(argument, ValuePath.parse(path).toString());
        } catch (ThroughlineException wrong) {
            throw new ThroughlineException(
                    where + "argument '" + Shown.of(argument) + "': " + wrong.getMessage(), wrong);
        }
        return this;
    }

    /**
     * Names the answer; without it the name is the function's, with {@code _} for each {@code -}. What is answered is found behind the step
     * as {@code {{ call.name.value }}} and by the condition {@code called("name.value")}.
     *
     * @param answer letters, digits and {@code _}
     * @return this
     * @throws ThroughlineException if it is of another form
     */
    public CallBuilder as(String answer) {
        Given.required("call", "as", answer);
        if (!NAME.matcher(answer).matches()) {
            throw new ThroughlineException(where + "as '" + Shown.of(answer)
                    + "', expected a name of letters, digits and _ that begins with a letter");
        }
        name = answer;
        return this;
    }

    /**
     * How often it is called at most; 4 times unless said otherwise. A call that throws, takes too long, answers what cannot be kept or is
     * lost with the process is a failed attempt.
     *
     * @param number 1 to 10
     * @return this
     * @throws ThroughlineException if it is another
     */
    public CallBuilder attempts(int number) {
        if (number < 1 || number > MOST_ATTEMPTS) {
            throw new ThroughlineException(where + number + " attempts, expected 1 to " + MOST_ATTEMPTS);
        }
        attempts = number;
        return this;
    }

    /**
     * How long to wait before the second attempt; a minute unless said otherwise. Before each further one it is four times as long, and
     * at most a day.
     *
     * @param time more than none, at most a day
     * @return this
     * @throws ThroughlineException if it is another
     */
    public CallBuilder backoff(Duration time) {
        Given.required("call", "backoff", time);
        backoff = within("backoff", time, LONGEST_BACKOFF);
        return this;
    }

    /**
     * How long the function may take each time; 10 seconds unless said otherwise. Then its thread is interrupted, and what it answers
     * later is not heard.
     *
     * @param time more than none, at most 10 minutes
     * @return this
     * @throws ThroughlineException if it is another
     */
    public CallBuilder deadline(Duration time) {
        Given.required("call", "deadline", time);
        deadline = within("deadline", time, LONGEST_DEADLINE);
        return this;
    }

    /**
     * What to do when the last attempt has failed, before the journey goes on behind the step. Without it the journey ends there, with the
     * reason CALL_FAILED.
     *
     * @param steps writes it down; without steps the journey just goes on
     * @return this
     * @throws ThroughlineException if it is said already
     */
    public CallBuilder ifFails(Consumer<JourneyBuilder> steps) {
        Given.required("call", "ifFails", steps);
        if (ifFails != null) {
            throw new ThroughlineException(where + "ifFails twice, expected it once");
        }
        ifFails = block.apply(steps);
        return this;
    }

    Step.Call build() {
        return new Step.Call(
                function,
                new Step.Arguments(constants, paths),
                name,
                new Step.Retry(attempts, backoff, deadline),
                ifFails);
    }

    private void free(String argument) {
        if (argument.isBlank() || constants.containsKey(argument) || paths.containsKey(argument)) {
            throw new ThroughlineException(
                    where + "argument '" + Shown.of(argument) + "', expected a name that is not taken");
        }
    }

    private Duration within(String what, Duration time, Duration longest) {
        if (time.isNegative() || time.isZero() || time.compareTo(longest) > 0) {
            throw new ThroughlineException(
                    where + what + " of " + time + ", expected more than none and at most " + longest);
        }
        return time;
    }
}
