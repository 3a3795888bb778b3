// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes down the variants of an experiment, which lie side by side in their order: one that is widened at the cost of its neighbour
 * takes only those between them. Not thread-safe; lives within the lambda it is given to.
 */
public final class Variants {

    private final String where;
    private final Function<Consumer<JourneyBuilder>, List<Step>> block;
    private final List<Step.Variant> variants = new ArrayList<>();

    Variants(String campaign, String experiment, Function<Consumer<JourneyBuilder>, List<Step>> block) {
        this.where = "campaign '" + campaign + "', experiment '" + Shown.of(experiment) + "': ";
        this.block = block;
    }

    /**
     * A variant.
     *
     * @param name names it on timelines
     * @param percent how many of a hundred customers get it, 1 to 99
     * @param steps its steps; none for a control
     * @return this
     * @throws ThroughlineException if the name is taken, empty, longer than 100 characters or holds control characters, or the share is
     *     none
     */
    public Variants variant(String name, int percent, Consumer<JourneyBuilder> steps) {
        boolean taken = variants.stream().anyMatch(other -> other.name().equals(name));
        if (taken || name.length() > 100 || !Identity.isLine(name) || percent < 1 || percent > 99) {
            throw new ThroughlineException(where + "variant '" + Shown.of(name) + "' of " + percent
                    + " percent, expected a name of its own of 1 to 100 characters, and 1 to 99 percent");
        }
        variants.add(new Step.Variant(name, percent, block.apply(steps)));
        return this;
    }

    List<Step.Variant> build() {
        int sum = variants.stream().mapToInt(Step.Variant::percent).sum();
        if (sum != 100) {
            throw new ThroughlineException(where + "variants of " + sum + " percent together, expected 100");
        }
        return List.copyOf(variants);
    }
}
