// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.Map;
import java.util.function.Predicate;

/** A condition about basket or orders. */
final class CommerceTest extends Condition {

    private final Map<String, Object> data;
    private final Predicate<Facts> test;

    CommerceTest(String text, Map<String, Object> data, Predicate<Facts> test) {
        super(text);
        this.data = data;
        this.test = test;
    }

    @Override
    public boolean test(Facts facts) {
        return test.test(facts);
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
