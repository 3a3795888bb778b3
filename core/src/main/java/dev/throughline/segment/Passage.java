// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.Map;
import java.util.stream.Stream;

/** Whether the event at hand is that of entering or leaving a segment. */
final class Passage extends Condition {

    private final Segment segment;

    Passage(Segment segment) {
        super("passing segment '" + segment.name() + "' (" + segment.condition() + ")");
        this.segment = segment;
    }

    @Override
    public boolean test(Facts facts) {
        return segment.name().equals(facts.event().get(SegmentsSlice.PROPERTY));
    }

    @Override
    public Stream<Window> windows() {
        return segment.condition().windows();
    }

    @Override
    public boolean usesCommerce() {
        return segment.condition().usesCommerce();
    }

    @Override
    public Stream<Segment> segments() {
        return Stream.of(segment);
    }

    @Override
    public Map<String, Object> data() {
        return Membership.data("passing", segment);
    }
}
