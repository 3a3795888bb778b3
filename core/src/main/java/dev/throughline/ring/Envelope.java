// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.WireException;
import dev.throughline.wire.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An input on its way to a key. Immutable. */
public final class Envelope {

    /**
     * In which order one key applies what it receives in a round: by the payload's rank, then source, then place, then id, because timers
     * and reports of one instant all have the first place.
     */
    public static final Comparator<Envelope> ORDER = Envelope::order;

    private final Key to;
    private final Input input;

    /** A text, or the key whose text it is: few envelopes are ever compared or stored. */
    private final Object source;

    private final long order;

    private Envelope(Key to, Input input, long order, Object source) {
        this.to = to;
        this.input = input;
        this.source = source;
        this.order = order;
    }

    /**
     * An envelope.
     *
     * @param to who receives it
     * @param input what
     * @param source who sent it; with {@code order} it fixes the order of application within a round
     * @param order its place among what the source sent
     */
    public Envelope(Key to, Input input, String source, long order) {
        this(to, input, order, source);
    }

    /**
     * An envelope from another key, whose text is the source.
     *
     * @param source who sent it
     * @param to who receives it
     * @param input what
     * @param order its place among what the source sent
     * @return the envelope
     */
    public static Envelope from(Key source, Key to, Input input, long order) {
        return new Envelope(to, input, order, source);
    }

    /**
     * Who receives it.
     *
     * @return the key
     */
    public Key to() {
        return to;
    }

    /**
     * What is received.
     *
     * @return the input
     */
    public Input input() {
        return input;
    }

    /**
     * Who sent it.
     *
     * @return a text, which may be empty
     */
    public String source() {
        return source.toString();
    }

    /**
     * Its place among what the source sent.
     *
     * @return the place
     */
    public long order() {
        return order;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope envelope
                && order == envelope.order
                && to.equals(envelope.to)
                && source().equals(envelope.source())
                && input.equals(envelope.input);
    }

    @Override
    public int hashCode() {
        return Objects.hash(to, input.id());
    }

    @Override
    public String toString() {
        return "Envelope[to=" + to + ", input=" + input + ", source=" + source + ", order=" + order + "]";
    }

    private static int order(Envelope one, Envelope other) {
        int byRank = rank(one.input).compareTo(rank(other.input));
        if (byRank != 0) {
            return byRank;
        }
        int bySource = bySource(one.source, other.source);
        if (bySource != 0) {
            return bySource;
        }
        int byPlace = Long.compare(one.order, other.order);
        return byPlace != 0 ? byPlace : one.input.id().compareTo(other.input.id());
    }

    /** By text; of keys the text is made only if the kinds differ. */
    private static int bySource(Object one, Object other) {
        if (one == other) {
            return 0;
        }
        if (one instanceof Key key && other instanceof Key another && key.kind() == another.kind()) {
            return key.id().compareTo(another.id());
        }
        return one.toString().compareTo(other.toString());
    }

    /**
     * How envelopes are stored.
     *
     * @param payloads the known payload types
     * @return the codec
     */
    public static Codec<Envelope> codec(Payloads payloads) {
        return new EnvelopeCodec(payloads);
    }

    private static String rank(Input input) {
        return input instanceof Input.Told told ? told.payload().rank() : "";
    }

    private record EnvelopeCodec(Payloads payloads) implements Codec<Envelope> {
        @Override
        public void write(Envelope envelope, Writer out) {
            out.string(1, envelope.to.toString());
            out.string(2, envelope.source());
            out.number(3, envelope.order);
            out.string(4, envelope.input.id());
            if (envelope.input instanceof Input.Happened happened) {
                out.nested(5, Touchpoint.CODEC, happened.touchpoint());
            } else if (envelope.input instanceof Input.Due due) {
                out.string(6, due.timer());
                out.instant(7, due.due());
            } else if (envelope.input instanceof Input.Told told) {
                out.string(8, told.from().toString());
                out.nested(9, payloads, told.payload());
            } else if (envelope.input instanceof Input.Answered answered) {
                out.nested(10, payloads, answered.payload());
            } else if (envelope.input instanceof Input.Received received) {
                out.nested(11, payloads, received.payload());
            } else if (envelope.input instanceof Input.Rebuild rebuild) {
                out.number(12, rebuild.generation()); // what is needed is found anew
            }
        }

        @Override
        public Envelope read(Reader in) {
            String to = "";
            String source = "";
            long order = 0;
            String id = "";
            String timer = "";
            String from = "";
            @Nullable Input input = null;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> to = in.string();
                    case 2 -> source = in.string();
                    case 3 -> order = in.number();
                    case 4 -> id = in.string();
                    case 5 -> input = new Input.Happened(in.nested(Touchpoint.CODEC));
                    case 6 -> timer = in.string();
                    case 7 -> input = new Input.Due(id, timer, in.instant());
                    case 8 -> from = in.string();
                    case 9 -> input = new Input.Told(id, Key.parse(from), in.nested(payloads));
                    case 10 -> input = new Input.Answered(id, in.nested(payloads));
                    case 11 -> input = new Input.Received(id, in.nested(payloads));
                    case 12 -> input = new Input.Rebuild(id, in.number(), Set.of(), List.of());
                    default -> {}
                }
            }
            if (input == null) {
                throw new WireException("an envelope to '" + to + "' holds no input that this version knows");
            }
            return new Envelope(Key.parse(to), input, source, order);
        }
    }
}
