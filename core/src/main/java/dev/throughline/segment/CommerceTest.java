// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** A condition about basket or orders. */
final class CommerceTest extends Condition {

    private final Map<String, Object> data;
    private final Predicate<Facts> test;
    private final Function<Facts, String> found;

    CommerceTest(String text, Map<String, Object> data, Predicate<Facts> test, Function<Facts, String> found) {
        super(text);
        this.data = data;
        this.test = test;
        this.found = found;
    }

    @Override
    public boolean test(Facts facts) {
        return test.test(facts);
    }

    @Override
    String found(Facts facts) {
        return found.apply(facts);
    }

    @Override
    public boolean usesCommerce() {
        return true;
    }

    @Override
    public Map<String, Object> data() {
        return data;
    }
}
