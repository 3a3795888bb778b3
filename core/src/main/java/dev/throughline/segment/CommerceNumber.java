// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.Given;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A number of a basket or of orders, that conditions are made about. */
public final class CommerceNumber {

    private final String name;
    private final Map<String, Object> data;
    private final Function<Condition.Facts, BigDecimal> read;

    /** A number by its name in texts and in JSON, where its operator follows. */
    CommerceNumber(String name, Map<String, Object> data, Function<Condition.Facts, BigDecimal> read) {
        this.name = name;
        this.data = data;
        this.read = read;
    }

    /**
     * True if it is not less.
     *
     * @param bound the bound
     * @return the condition
     */
    public Condition atLeast(Number bound) {
        return compared(Operator.AT_LEAST, bound);
    }

    /**
     * True if it is less.
     *
     * @param bound the bound
     * @return the condition
     */
    public Condition below(Number bound) {
        return compared(Operator.BELOW, bound);
    }

    /**
     * True if it is this.
     *
     * @param bound the bound
     * @return the condition
     */
    public Condition exactly(Number bound) {
        return compared(Operator.EXACTLY, bound);
    }

    private Condition compared(Operator operator, Number bound) {
        var limit = new BigDecimal(Given.required("condition", "bound", bound).toString());
        var whole = new LinkedHashMap<>(data);
        whole.put(operator.word(), limit);
        return new CommerceTest(
                name + " " + operator.sign() + " " + limit.toPlainString(),
                whole,
                facts -> operator.accepts(read.apply(facts).compareTo(limit)),
                facts -> read.apply(facts).toPlainString());
    }
}
