// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether somebody is in a segment at present, or whether the event at hand is that of entering or leaving it. */
final class InSegment extends Condition {

    private final Segment segment;
    private final boolean passing;

    private InSegment(Segment segment, boolean passing) {
        super((passing ? "passing" : "in") + " segment '" + segment.name() + "' (" + segment.condition() + ")");
        this.segment = segment;
        this.passing = passing;
    }

    static InSegment in(Segment segment) {
        return new InSegment(segment, false);
    }

    static InSegment passing(Segment segment) {
        return new InSegment(segment, true);
    }

    @Override
    public boolean test(Facts facts) {
        return passing
                ? segment.name().equals(facts.event().get(SegmentsSlice.PROPERTY))
                : segment.condition().test(facts);
    }

    @Override
    public Reason reason(Facts facts) {
        return passing
                ? super.reason(facts)
                : new Reason(
                        "in segment '" + segment.name() + "'",
                        test(facts),
                        "",
                        List.of(segment.condition().reason(facts)));
    }

    @Override
    String found(Facts facts) {
        Object passed = facts.event().get(SegmentsSlice.PROPERTY);
        return passed == null ? "nothing" : passed.toString();
    }

    @Override
    public Stream<Window> windows() {
        return segment.condition().windows();
    }

    @Override
    public Stream<String> lists() {
        return segment.condition().lists();
    }

    @Override
    public boolean isMembership() {
        return !passing;
    }

    @Override
    public boolean usesCommerce() {
        return segment.condition().usesCommerce();
    }

    @Override
    public Stream<Segment> segments() {
        return Stream.of(segment);
    }

    /** The whole segment, so that a document stands for itself. */
    @Override
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put(passing ? "passing" : "in", segment.name());
        data.put("where", segment.condition().data());
        if (!segment.description().isEmpty()) {
            data.put("description", segment.description());
        }
        return data;
    }
}
