// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.MessageClass;
import dev.throughline.engine.Model;
import dev.throughline.engine.Publication;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Definition;
import dev.throughline.store.Exclusion;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this host can stop: a name that is mistyped would stop nothing. */
record Stoppable(Map<Exclusion.By, Set<String>> names) {

    /** Also campaigns that the host does not have any more: somebody may be inside. */
    static Stoppable of(Model model, List<Definition> published) {
        var names = new EnumMap<Exclusion.By, Set<String>>(Exclusion.By.class);
        names.put(
                Exclusion.By.CLASS, sorted(Arrays.stream(MessageClass.values()).map(MessageClass::name)));
        names.put(Exclusion.By.CHANNEL, sorted(model.adapters().stream().map(adapter -> adapter.channel()
                .name())));
        names.put(
                Exclusion.By.SENDER,
                sorted(model.brands().values().stream()
                        .map(brand -> brand.senders().values())
                        .flatMap(Collection::stream)
                        .map(sender -> sender.value())));
        names.put(
                Exclusion.By.CAMPAIGN,
                sorted(Stream.concat(
                        model.campaigns().stream().map(Campaign::name),
                        published.stream()
                                .filter(one -> one.kind().equals(Publication.CAMPAIGN))
                                .map(Definition::name))));
        return new Stoppable(names);
    }

    void require(Exclusion exclusion) {
        Set<String> known = names.get(exclusion.by());
        if (known != null && !known.contains(exclusion.value())) {
            throw new ThroughlineException("kill switch for "
                    + exclusion.by().name().toLowerCase(Locale.ROOT) + " '" + Shown.of(exclusion.value())
                    + "': it would stop nothing, " + Shown.oneOf(known));
        }
    }

    void requireCampaign(String name) {
        Set<String> known = names.getOrDefault(Exclusion.By.CAMPAIGN, Set.of());
        if (!known.contains(name)) {
            throw new ThroughlineException("campaign '" + Shown.of(name) + "': " + Shown.oneOf(known));
        }
    }

    private static Set<String> sorted(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }
}
