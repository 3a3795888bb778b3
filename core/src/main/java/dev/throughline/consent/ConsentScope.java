// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;

/**
 * How far a consent act reaches at one address. An empty field means all there are.
 *
 * @param controller the legal person; empty for every one, also those that only other hosts of the store know
 * @param brand one brand of the controller
 * @param channel the name of one channel of the address's kind
 * @param purpose the name of one purpose
 * @param topic one subject within the purpose
 */
public record ConsentScope(String controller, String brand, String channel, String purpose, String topic) {

    /** Reaches everything. */
    public static final ConsentScope EVERYTHING = new ConsentScope("", "", "", "", "");

    /** How a scope is stored. */
    public static final Codec<ConsentScope> CODEC = new ScopeCodec();

    /**
     * Everything that one controller does.
     *
     * @param controller the legal person
     * @return the scope
     */
    public static ConsentScope of(String controller) {
        return new ConsentScope(controller, "", "", "", "");
    }

    /**
     * Whether this reaches at least as far as another in every respect.
     *
     * @param other the other
     * @return whether
     */
    public boolean covers(ConsentScope other) {
        return covers(controller, other.controller)
                && covers(brand, other.brand)
                && covers(channel, other.channel)
                && covers(purpose, other.purpose)
                && covers(topic, other.topic);
    }

    /** The part that concerns one controller: what was said to all of them is taken back from each on its own. */
    ConsentScope towards(String one) {
        return controller.isEmpty() ? new ConsentScope(one, brand, channel, purpose, topic) : this;
    }

    @Override
    public String toString() {
        return controller + "/" + brand + "/" + channel + "/" + purpose + "/" + topic;
    }

    private static boolean covers(String broad, String narrow) {
        return broad.isEmpty() || broad.equals(narrow);
    }

    private static final class ScopeCodec implements Codec<ConsentScope> {
        @Override
        public void write(ConsentScope value, Writer out) {
            field(out, 1, value.controller);
            field(out, 2, value.brand);
            field(out, 3, value.channel);
            field(out, 4, value.purpose);
            field(out, 5, value.topic);
        }

        private static void field(Writer out, int number, String value) {
            out.string(number, value.isEmpty() ? null : value);
        }

        @Override
        public ConsentScope read(Reader in) {
            String controller = "";
            String brand = "";
            String channel = "";
            String purpose = "";
            String topic = "";
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> controller = in.string();
                    case 2 -> brand = in.string();
                    case 3 -> channel = in.string();
                    case 4 -> purpose = in.string();
                    case 5 -> topic = in.string();
                    default -> {}
                }
            }
            return new ConsentScope(controller, brand, channel, purpose, topic);
        }
    }
}
