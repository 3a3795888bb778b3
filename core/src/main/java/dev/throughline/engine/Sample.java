// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Product;
import dev.throughline.customer.Profile;
import dev.throughline.identity.Given;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a preview fills in that no customer has: what starts the journey, what functions of the host would answer in it, the product that it
 * is about, and traits of somebody made up. Immutable.
 *
 * @param event properties of the event that would start the journey
 * @param answers values by the names of the calls
 * @param product values of the product by name; none where no product is known
 * @param traits hers, before those that are known of her
 */
public record Sample(
        Map<String, ?> event, Map<String, Map<String, ?>> answers, Map<String, ?> product, Map<String, ?> traits) {

    /** Copies the maps. */
    public Sample {
        event = copied(event);
        answers = copied(answers);
        product = copied(product);
        traits = copied(traits);
    }

    private static <V> Map<String, V> copied(Map<String, V> values) {
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * An event, without answers, product and traits.
     *
     * @param properties its properties
     * @return the sample
     */
    public static Sample event(Map<String, ?> properties) {
        Given.required("sample", "event", properties);
        return new Sample(properties, Map.of(), Map.of(), Map.of());
    }

    /**
     * With what a function would answer, {@code {{ call.NAME.VALUE }}}.
     *
     * @param call the name of the call: that of the function, unless the journey gives it another
     * @param values its answer
     * @return the changed sample
     */
    public Sample answer(String call, Map<String, ?> values) {
        Given.required("sample answer", "call", call);
        Given.required("sample answer", "values", values);
        var more = new TreeMap<>(answers);
        more.put(call, values);
        return new Sample(event, more, product, traits);
    }

    /**
     * With the product that the event is about, {@code {{ product.name }}}; no catalogue is asked.
     *
     * @param id as the event names it
     * @param known what a catalogue would say of it
     * @return the changed sample
     */
    public Sample product(String id, Product known) {
        Given.required("sample product", "id", id);
        Given.required("sample product", "known", known);
        return new Sample(event, answers, known.model(id), traits);
    }

    /**
     * With a trait of somebody made up, or another one than is known of a customer: {@code {{ customer.firstName }}}; {@code language},
     * {@code timezone} and the like count as hers.
     *
     * @param name the trait
     * @param value its value
     * @return the changed sample
     */
    public Sample trait(String name, Object value) {
        Given.required("sample trait", "name", name);
        var more = new TreeMap<String, Object>(traits);
        more.put(name, value);
        return new Sample(event, answers, product, more);
    }

    /** What is known of her, with these traits instead of others. */
    Profile of(Profile known) {
        if (traits.isEmpty()) {
            return known;
        }
        var more = new TreeMap<String, @Nullable Object>(known.traits());
        more.putAll(traits);
        return new Profile(more);
    }

    /** What is filled in besides the customer and what she has bought. */
    Map<String, Object> model() {
        var model = new TreeMap<String, Object>();
        model.put("event", event);
        model.put("call", answers);
        model.put("product", product);
        return model;
    }
}
