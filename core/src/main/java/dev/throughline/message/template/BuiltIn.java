// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A filter of the dialect.
 *
 * @param parameters in their order
 * @param required how many of the parameters have to be given
 * @param literal checks the first argument when the template is compiled, which then has to be a quoted text
 */
record BuiltIn(String name, List<String> parameters, int required, Literal literal, Body body) implements Filter {
    /** What a format costs, in units of a simple expression. */
    static final int COST = 50;

    BuiltIn(String name, Body body, String... parameters) {
        this(name, List.of(parameters), parameters.length, Literal.NONE, body);
    }

    @Override
    public List<String> getArgumentNames() {
        return parameters;
    }

    @Override
    public Object apply(
            Object input, Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line)
            throws PebbleException {
        var call = new Call(name, arguments, (Rendering) context, line);
        call.rendering().work(COST + (input instanceof String text ? text.length() : 0), line);
        return body.apply(input, call);
    }

    interface Body {
        Object apply(Object input, Call call);
    }

    interface Literal {
        Literal NONE = (value, type, line) -> {};

        void check(String value, ContentType type, int line);
    }

    /** One use of a filter. */
    record Call(String filter, Map<String, Object> arguments, Rendering rendering, int line) {
        String text(Object value) {
            return Values.text(value, line);
        }

        String argument(String parameter) {
            return text(given(parameter));
        }

        int whole(String parameter, int least, int most) {
            int value = Values.whole(given(parameter), line);
            if (value < least || value > most) {
                throw refusal(parameter + " is out of range, expected " + least + " to " + most);
            }
            return value;
        }

        private Object given(String parameter) {
            return Objects.requireNonNull(arguments.get(parameter));
        }

        boolean has(String parameter) {
            return arguments.get(parameter) != null;
        }

        Refusal refusal(String reason) {
            return new Refusal(line, "filter " + filter + ": " + reason);
        }
    }
}
