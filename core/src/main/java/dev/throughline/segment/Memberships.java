// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a customer is in. Immutable.
 *
 * @param names their names, sorted
 * @param next when something that they look at falls out of a window; {@code null} if nothing does
 * @param unknown fields of a newer version
 */
public record Memberships(List<String> names, @Nullable Instant next, byte[] unknown) {

    static final Memberships NONE = new Memberships(List.of(), null, new byte[0]);

    static final Codec<Memberships> CODEC = Codec.of(
            (memberships, out) -> {
                memberships.names.forEach(name -> out.string(1, name));
                if (memberships.next != null) {
                    out.instant(2, memberships.next);
                }
                out.raw(memberships.unknown);
            },
            in -> new Memberships(in.strings(1), in.instantOrNull(2), in.above(2)));

    /** Copies the list. */
    public Memberships {
        names = List.copyOf(names);
    }

    boolean has(Segment segment) {
        return names.contains(segment.name());
    }

    Memberships with(Segment segment, boolean inside) {
        var more = new TreeSet<>(names);
        if (inside) {
            more.add(segment.name());
        } else {
            more.remove(segment.name());
        }
        return new Memberships(List.copyOf(more), next, unknown);
    }

    Memberships with(Memberships other) {
        var more = new TreeSet<>(names);
        more.addAll(other.names);
        return new Memberships(List.copyOf(more), next, unknown);
    }

    Memberships until(@Nullable Instant instant) {
        return new Memberships(names, instant, unknown);
    }
}
