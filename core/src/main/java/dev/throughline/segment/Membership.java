// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Whether somebody is in a segment at present. */
final class Membership extends Condition {

    private final Segment segment;

    Membership(Segment segment) {
        super("in segment '" + segment.name() + "' (" + segment.condition() + ")");
        this.segment = segment;
    }

    @Override
    public boolean test(Facts facts) {
        return segment.condition().test(facts);
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
        return data("in", segment);
    }

    /** A condition about a segment tells the whole segment, so that a document stands for itself. */
    static Map<String, Object> data(String member, Segment segment) {
        var data = new LinkedHashMap<String, Object>();
        data.put(member, segment.name());
        data.put("where", segment.condition().data());
        if (!segment.description().isEmpty()) {
            data.put("description", segment.description());
        }
        return data;
    }
}
