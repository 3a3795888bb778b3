// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Whether somebody is in a segment at present, or whether the event at hand is that of entering or leaving it. */
final class Membership extends Condition {

    private final Segment segment;
    private final boolean passing;

    private Membership(Segment segment, boolean passing) {
        super((passing ? "passing" : "in") + " segment '" + segment.name() + "' (" + segment.condition() + ")");
        this.segment = segment;
        this.passing = passing;
    }

    static Membership in(Segment segment) {
        return new Membership(segment, false);
    }

    static Membership passing(Segment segment) {
        return new Membership(segment, true);
    }

    @Override
    public boolean test(Facts facts) {
        return passing
                ? segment.name().equals(facts.event().get(SegmentsSlice.PROPERTY))
                : segment.condition().test(facts);
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
