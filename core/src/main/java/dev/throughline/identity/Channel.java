// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

/**
 * A way to reach people. Channels that share an address kind share the addresses: a text and a call go to the same phone.
 *
 * @param name how conditions, policies and reports call it, in lower case
 * @param addressKind the kind of its addresses, such as {@code email} or {@code phone}
 */
public record Channel(String name, String addressKind) implements Comparable<Channel> {

    /** Electronic mail. */
    public static final Channel EMAIL = new Channel("email", "email");

    /** Text messages. */
    public static final Channel SMS = new Channel("sms", "phone");

    /** Voice calls. */
    public static final Channel CALL = new Channel("call", "phone");

    /** Zalo notification service, addressed by phone number. */
    public static final Channel ZALO = new Channel("zalo", "phone");

    /** Push notifications of an app. */
    public static final Channel PUSH = new Channel("push", "push");

    /**
     * Checks the names.
     *
     * @throws ThroughlineException if a name is not made of lower-case letters, digits and hyphens
     */
    public Channel {
        check(name);
        check(addressKind);
    }

    /**
     * One of the constants, or a channel of the host's own whose addresses are of a kind of the same name.
     *
     * @param name the channel's name
     * @return the channel
     */
    public static Channel named(String name) {
        Given.required("channel", "name", name);
        return switch (name) {
            case "email" -> EMAIL;
            case "sms" -> SMS;
            case "call" -> CALL;
            case "zalo" -> ZALO;
            case "push" -> PUSH;
            default -> new Channel(name, name);
        };
    }

    /**
     * A channel as {@link #written} writes it.
     *
     * @param text its name, such as {@code sms}, or name and kind of address, such as {@code viber:phone}
     * @return the channel
     * @throws ThroughlineException if a name is not made of lower-case letters, digits and hyphens
     */
    public static Channel parse(String text) {
        Given.required("channel", "text", text);
        int colon = text.indexOf(':');
        return colon < 0 ? named(text) : new Channel(text.substring(0, colon), text.substring(colon + 1));
    }

    /**
     * The channel for documents.
     *
     * @return its name, with the kind of its addresses where that does not follow from it
     */
    public String written() {
        return named(name).equals(this) ? name : name + ":" + addressKind;
    }

    @Override
    public int compareTo(Channel other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }

    private static void check(String word) {
        if (!word.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new ThroughlineException("channel '" + word + "': expected lower-case letters, digits and hyphens");
        }
    }
}
