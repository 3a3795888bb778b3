// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Holds what a window shows against a number. */
final class Recollection extends Condition {

    private final Window window;
    private final Operator operator;
    private final BigDecimal operand;
    private final long limit;

    Recollection(Window window, Operator operator, BigDecimal operand) {
        super(window + " " + operator.sign() + " " + operand.toPlainString());
        this.window = window;
        this.operator = operator;
        this.operand = operand;
        this.limit = Numbers.micros(window.sums() ? operand : operand.movePointLeft(6));
    }

    @Override
    public boolean test(Facts facts) {
        return operator.accepts(Long.compare(facts.behaviour().value(window, facts.now()), limit));
    }

    @Override
    String found(Facts facts) {
        long value = facts.behaviour().value(window, facts.now());
        return window.sums() ? Numbers.ofMicros(value) : String.valueOf(value);
    }

    @Override
    public Stream<Window> windows() {
        return Stream.of(window);
    }

    @Override
    public Map<String, Object> data() {
        var data = new LinkedHashMap<>(window.data());
        data.put(operator.word(), operand);
        return data;
    }
}
