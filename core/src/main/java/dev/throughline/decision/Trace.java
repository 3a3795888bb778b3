// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a message has left with others, by which they may come back to it.
 *
 * @param references the provider's ids
 * @param spent holds that it has used up
 * @param pools those in which it has used them up, if its outcome is unknown
 * @param doubtful attempts whose outcome is unknown, from 1, if its own is
 */
record Trace(List<String> references, List<String> spent, List<String> pools, List<Integer> doubtful) {

    static final Trace NONE = new Trace(List.of(), List.of(), List.of(), List.of());

    Trace {
        references = List.copyOf(references);
        spent = List.copyOf(spent);
        pools = List.copyOf(pools);
        doubtful = List.copyOf(doubtful);
    }

    static Trace of(List<String> references, List<String> spent, List<String> pools, List<Integer> doubtful) {
        boolean none = references.isEmpty() && spent.isEmpty() && pools.isEmpty() && doubtful.isEmpty();
        return none ? NONE : new Trace(references, spent, pools, doubtful);
    }

    /** With more of the provider's ids. */
    Trace referring(List<String> more) {
        var known = new LinkedHashSet<>(references);
        known.addAll(more);
        return of(List.copyOf(known), spent, pools, doubtful);
    }

    /** Of a message whose outcome is known by now. */
    Trace certain() {
        return of(references, spent, List.of(), List.of());
    }

    /** Without one attempt that is known by now not to have been sent; after the last of them nothing is used up. */
    Trace disproved(int attempt) {
        var left = doubtful.stream().filter(one -> one != attempt).toList();
        return left.isEmpty() ? of(references, List.of(), List.of(), left) : of(references, spent, pools, left);
    }
}
