// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import dev.throughline.examples.servers.Submission.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins the parts of long messages, in whatever order they arrive. A part that arrives again before its message is whole
 * takes the place of the earlier one. Not safe for several threads.
 */
final class Reassembly {

    private final Map<Key, SortedMap<Integer, Submission>> incomplete = new HashMap<>();

    /** The whole message if this was the part that it lacked. */
    Optional<ReceivedSms> add(Submission submission) {
        if (submission.part().total() == 1) {
            return Optional.of(new ReceivedSms(List.of(submission)));
        }
        var key = Key.of(submission);
        var parts = incomplete.computeIfAbsent(key, first -> new TreeMap<>());
        parts.put(submission.part().number(), submission);
        if (parts.size() < submission.part().total()) {
            return Optional.empty();
        }
        incomplete.remove(key);
        return Optional.of(new ReceivedSms(List.copyOf(parts.values())));
    }

    /** How many messages lack parts. */
    int incomplete() {
        return incomplete.size();
    }

    private record Key(String source, String destination, Optional<String> messageId, int reference, int total) {

        static Key of(Submission submission) {
            Part part = submission.part();
            return new Key(
                    submission.source(),
                    submission.destination(),
                    submission.messageId(),
                    part.reference(),
                    part.total());
        }
    }
}
