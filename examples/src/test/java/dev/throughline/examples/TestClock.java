// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/** Business time that stands still until it is moved. */
final class TestClock implements InstantSource {

    private volatile Instant now;

    TestClock(String offsetDateTime) {
        now = at(offsetDateTime);
    }

    static Instant at(String offsetDateTime) {
        return OffsetDateTime.parse(offsetDateTime).toInstant();
    }

    @Override
    public Instant instant() {
        return now;
    }

    void moveTo(String offsetDateTime) {
        now = at(offsetDateTime);
    }
}
