// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Fields;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a customer is stored. Slices are kept by name, so that a slice which is no longer registered is not lost. */
final class CustomerCodec implements Codec<CustomerState> {

    private static final int HIGHEST = 7;
    private final List<Slice<Object>> slices;
    private final Codec<Merging> merging;

    CustomerCodec(List<Slice<Object>> slices, Codec<Payload> payloads) {
        this.slices = slices;
        this.merging = Merging.codec(payloads);
    }

    @Override
    public void write(CustomerState state, Writer out) {
        out.string(1, state.id().toString());
        out.each(2, Name.CODEC, state.names());
        out.value(3, state.customer().profile().traits());
        for (int i = 0; i < slices.size(); i++) {
            var slice = slices.get(i);
            byte[] bytes = slice.codec().encode(state.slices().get(i));
            if (bytes.length > 0) {
                out.nested(4, PART, new Part(slice.name(), bytes));
            }
        }
        state.customer().profile().writeStamps(5, 6, out);
        if (!state.merging().equals(Merging.NONE)) {
            out.nested(7, merging, state.merging());
        }
        out.raw(state.unknown());
    }

    @Override
    public CustomerState read(Reader in) {
        return read(new Fields(in));
    }

    @SuppressWarnings("unchecked") // field 3 is written as a map
    private CustomerState read(Fields in) {
        var names = in.each(2, Name.CODEC);
        var traits = (@Nullable Map<String, @Nullable Object>) in.value(3);
        var parts = in.each(4, PART);
        var profile = Profile.of(traits == null ? Map.of() : traits, in.numbers(5), in.each(6, Profile.REMOVAL));
        var met = in.nestedOrNull(7, merging);
        var values = new ArrayList<Object>(slices.size());
        slices.forEach(slice -> values.add(part(slice, parts)));
        var customer = CustomerState.named(
                Customer.under(new Key(Key.Kind.CUSTOMER, in.string(1))).with(profile), names);
        return new CustomerState(customer, names, values, met == null ? Merging.NONE : met, unknown(in, parts));
    }

    private static Object part(Slice<Object> slice, List<Part> parts) {
        for (Part part : parts) {
            if (part.name.equals(slice.name())) {
                return slice.codec().decode(part.bytes);
            }
        }
        return slice.initial();
    }

    private byte[] unknown(Fields in, List<Part> parts) {
        var out = new Writer();
        for (Part part : parts) {
            if (slices.stream().noneMatch(slice -> slice.name().equals(part.name))) {
                out.nested(4, PART, part);
            }
        }
        out.raw(in.above(HIGHEST));
        return out.toByteArray();
    }

    private static final Codec<Part> PART = Codec.of(
            (part, out) -> {
                out.string(1, part.name);
                out.bytes(2, part.bytes);
            },
            in -> new Part(in.string(1), in.bytes(2)));

    private record Part(String name, byte[] bytes) {}
}
