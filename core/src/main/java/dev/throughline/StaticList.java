// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.customer.Customer;
import dev.throughline.engine.Ack;
import dev.throughline.identity.Identity;
import dev.throughline.segment.Lists;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Customers whom the host has put together by name, such as those who came to a tea tasting. Being put on it and taken off it are
 * touchpoints {@link Lists#JOINED} and {@link Lists#LEFT} of the customer, to which journeys can listen; {@code onList} asks for it in
 * conditions. Two customers who turn out to be one are on it if one of them was. Thread-safe.
 */
public final class StaticList {

    private final Throughline throughline;
    private final String name;

    StaticList(Throughline throughline, String name) {
        this.throughline = throughline;
        this.name = Lists.checked(name);
    }

    /**
     * Puts somebody on it; who is on it already stays on it.
     *
     * @param who how she is known here; whoever is not known yet is a customer from now on
     * @return when it is applied
     */
    public Ack add(Identity who) {
        return throughline.track(who, Lists.JOINED, Map.of(Lists.PROPERTY, name));
    }

    /**
     * Puts many on it, some of them at once.
     *
     * @param all how they are known here; read to its end, and not closed
     * @return how many were put on it, once all of them are, and who was refused
     */
    public Intake add(Stream<Identity> all) {
        return throughline.listed(all, Lists.JOINED, name);
    }

    /**
     * Takes somebody off it; who is not on it stays off it.
     *
     * @param who how she is known here
     * @return when it is applied
     */
    public Ack remove(Identity who) {
        return throughline.track(who, Lists.LEFT, Map.of(Lists.PROPERTY, name));
    }

    /**
     * Who is on it at present.
     *
     * @return the customers, in the order of their ids, read page by page
     */
    public Stream<Customer> members() {
        return throughline.queries().listed(name);
    }
}
