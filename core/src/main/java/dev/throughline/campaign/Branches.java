// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down several ways, the first of which that is open is gone. Not thread-safe; lives within the lambda it is given to. */
public final class Branches {

    private final String campaign;
    private final Function<Consumer<JourneyBuilder>, List<Step>> block;
    private final List<Step.Option> options = new ArrayList<>();
    private @Nullable List<Step> otherwise;

    Branches(String campaign, Function<Consumer<JourneyBuilder>, List<Step>> block) {
        this.campaign = campaign;
        this.block = block;
    }

    /**
     * A way that is gone if its condition holds and none of those before does.
     *
     * @param condition when it is open
     * @param then its steps
     * @return this
     */
    public Branches when(Condition condition, Consumer<JourneyBuilder> then) {
        options.add(new Step.Option(condition, block.apply(then)));
        return this;
    }

    /**
     * The way that is gone if no condition holds. Without it the journey ends there, with the reason NO_BRANCH.
     *
     * @param steps its steps
     * @return this
     * @throws ThroughlineException if there is one already
     */
    public Branches otherwise(Consumer<JourneyBuilder> steps) {
        if (otherwise != null) {
            throw new ThroughlineException("campaign '" + campaign + "' says otherwise twice, expected it once");
        }
        otherwise = block.apply(steps);
        return this;
    }

    Step.Choice build() {
        if (options.isEmpty()) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': branch of no condition, expected one at least");
        }
        return new Step.Choice(List.copyOf(options), otherwise);
    }
}
