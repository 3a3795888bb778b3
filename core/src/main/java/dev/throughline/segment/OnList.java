// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.Map;
import java.util.stream.Stream;

/** Whether somebody is on a static list. */
final class OnList extends Condition {

    private final String list;

    OnList(String list) {
        super("on list '" + Lists.checked(list) + "'");
        this.list = list;
    }

    @Override
    public boolean test(Facts facts) {
        return facts.lists().has(list);
    }

    @Override
    String found(Facts facts) {
        return facts.lists().since(list).map(since -> "since " + since).orElse("not on it");
    }

    @Override
    public Stream<String> lists() {
        return Stream.of(list);
    }

    @Override
    public boolean isMembership() {
        return true;
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("onList", list);
    }
}
