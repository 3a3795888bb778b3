// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

/** Begins assertions about what customers got and did not get. To be imported statically, beside those of AssertJ. */
public final class ThroughlineAssertions {

    private ThroughlineAssertions() {}

    /**
     * About somebody.
     *
     * @param customer who
     * @return what can be said of her
     */
    public static CustomerAssert assertThat(TestCustomer customer) {
        return new CustomerAssert(customer);
    }
}
