// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** How an event is stored; what is usual is left out. */
final class ConsentEventCodec implements Codec<ConsentEvent> {

    @Override
    public void write(ConsentEvent event, Writer out) {
        out.string(1, event.id());
        out.constant(2, event.type());
        out.string(3, text(event.holder()));
        out.nested(4, ConsentScope.CODEC, event.scope());
        out.constant(5, event.basis() == Basis.EXPRESS ? null : event.basis());
        out.constant(6, event.actor());
        out.instant(7, event.occurredAt());
        out.instant(8, event.recordedAt().equals(event.occurredAt()) ? null : event.recordedAt());
        out.instant(9, event.effectiveAt().equals(event.occurredAt()) ? null : event.effectiveAt());
        out.instant(10, event.validUntil());
        event.agreements().forEach(agreement -> out.constant(11, agreement));
        event.marks().forEach(mark -> out.constant(12, mark));
        out.nested(13, Evidence.CODEC, event.evidence().equals(Evidence.NONE) ? null : event.evidence());
        out.constant(14, event.suppression());
        out.string(15, text(event.absorbed()));
        out.nested(16, Wish.CODEC, event.wish());
    }

    @Override
    public ConsentEvent read(Reader in) {
        String id = "";
        ConsentEvent.Type type = ConsentEvent.Type.NOTICE_SHOWN;
        @Nullable CustomerId holder = null;
        ConsentScope scope = ConsentScope.EVERYTHING;
        Basis basis = Basis.EXPRESS;
        Actor actor = Actor.SYSTEM;
        Instant occurredAt = Instant.EPOCH;
        @Nullable Instant recordedAt = null;
        @Nullable Instant effectiveAt = null;
        @Nullable Instant validUntil = null;
        var agreements = EnumSet.noneOf(Agreement.class);
        var marks = EnumSet.noneOf(ConsentEvent.Mark.class);
        Evidence evidence = Evidence.NONE;
        @Nullable Suppression suppression = null;
        @Nullable CustomerId absorbed = null;
        @Nullable Wish wish = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 2 -> type = in.constant(ConsentEvent.Type.class);
                case 3 -> holder = CustomerId.parse(in.string());
                case 4 -> scope = in.nested(ConsentScope.CODEC);
                case 5 -> basis = in.constant(Basis.class);
                case 6 -> actor = in.constant(Actor.class);
                case 7 -> occurredAt = in.instant();
                case 8 -> recordedAt = in.instant();
                case 9 -> effectiveAt = in.instant();
                case 10 -> validUntil = in.instant();
                case 11 -> agreements.add(in.constant(Agreement.class));
                case 12 -> marks.add(in.constant(ConsentEvent.Mark.class));
                case 13 -> evidence = in.nested(Evidence.CODEC);
                case 14 -> suppression = in.constant(Suppression.class);
                case 15 -> absorbed = CustomerId.parse(in.string());
                case 16 -> wish = in.nested(Wish.CODEC);
                default -> {}
            }
        }
        return new ConsentEvent(
                id,
                type,
                holder,
                scope,
                basis,
                actor,
                occurredAt,
                recordedAt == null ? occurredAt : recordedAt,
                effectiveAt == null ? occurredAt : effectiveAt,
                validUntil,
                agreements,
                marks,
                evidence,
                suppression,
                absorbed,
                wish);
    }

    private static @Nullable String text(@Nullable CustomerId customer) {
        return customer == null ? null : customer.toString();
    }
}
