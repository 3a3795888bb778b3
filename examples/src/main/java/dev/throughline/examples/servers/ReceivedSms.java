// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One message as its reader would see it: all its parts have arrived, and stand here in the order of the text. */
public record ReceivedSms(List<Submission> parts) {

    /** Copies {@code parts}. */
    public ReceivedSms {
        parts = List.copyOf(parts);
    }

    /** The stamp of the part that arrived first. */
    public Instant at() {
        return parts.stream().map(Submission::at).min(Instant::compareTo).orElseThrow();
    }

    /** The stamp of the part that arrived last. */
    public Instant completedAt() {
        return parts.stream().map(Submission::at).max(Instant::compareTo).orElseThrow();
    }

    /** The sender's own message id, if its parts carry one. */
    public Optional<String> messageId() {
        return parts.get(0).messageId();
    }

    /** The address it came from, as submitted. */
    public String source() {
        return parts.get(0).source();
    }

    /** The number it went to, as submitted. */
    public String destination() {
        return parts.get(0).destination();
    }

    /** The joined text. */
    public String text() {
        return parts.stream().map(Submission::text).collect(Collectors.joining());
    }
}
