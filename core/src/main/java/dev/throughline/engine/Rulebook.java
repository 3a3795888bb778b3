// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Contents;
import dev.throughline.campaign.Statuses;
import dev.throughline.decision.Approvals;
import dev.throughline.store.Store;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine that a store asks for; made anew only when it says something else of campaigns or messages. Used by one thread after it is
 * made.
 */
final class Rulebook {

    private final Rules rules;
    private final Store store;
    private Map<String, String> settings;
    private Directives directives;
    private Machine machine;

    Rulebook(Rules rules, Store store) {
        this.rules = rules;
        this.store = store;
        this.settings = store.settings();
        this.directives = directives(
                settings, Publication.read(store, Map.of()), Publication.contents(store, settings, Contents.NONE));
        this.machine = rules.machine(directives);
    }

    /**
     * For a unit whose settings these are, read after it has taken its inputs: what a change of status tells is stepped under it.
     *
     * @return {@code null} if more has been published: the unit is to be given up, for it cannot read that, and begun again after {@link #learn}
     */
    @Nullable
    Machine machine(Map<String, String> now) {
        if (now.equals(settings)) {
            return machine;
        }
        if (!number(now).equals(number(settings))) {
            return null;
        }
        follow(now, directives.published(), directives.contents());
        return machine;
    }

    /** The same for as long as it is used. */
    Generation generation() {
        return machine.generation();
    }

    /** Reads what has been published. */
    void learn() {
        var now = store.settings();
        follow(
                now,
                Publication.read(store, directives.published()),
                Publication.contents(store, now, directives.contents()));
    }

    private void follow(Map<String, String> now, Map<String, Campaign> published, Contents contents) {
        var says = directives(now, published, contents);
        if (!says.statuses().equals(directives.statuses())
                || !says.approvals().equals(directives.approvals())
                || !says.contents().equals(directives.contents())
                || !says.published().keySet().equals(directives.published().keySet())) {
            machine = rules.machine(says);
        }
        settings = now;
        directives = says;
    }

    private static Directives directives(
            Map<String, String> settings, Map<String, Campaign> published, Contents contents) {
        return new Directives(Statuses.of(settings), Approvals.of(settings), published, contents);
    }

    private static String number(Map<String, String> settings) {
        return settings.getOrDefault(Publication.SETTING, "");
    }
}
