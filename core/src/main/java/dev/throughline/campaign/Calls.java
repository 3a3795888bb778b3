// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Condition;
import dev.throughline.wire.CompactMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which functions of the host a campaign calls, and what it uses of their answers.
 *
 * @param functions the functions' names
 * @param used by the names of the calls, the values that are looked at; nothing stands for all
 */
record Calls(Set<String> functions, Map<String, Set<String>> used) {

    /**
     * Those of a campaign.
     *
     * @throws ThroughlineException if an answer is looked at that no step asks for, or where there is no journey
     */
    static Calls of(Campaign campaign) {
        var functions = new TreeSet<String>();
        var used = new TreeMap<String, Set<String>>();
        for (Node node : campaign.nodes()) {
            if (node.step() instanceof Step.Call call) {
                functions.add(call.function());
                used.put(call.name(), new TreeSet<>());
            }
        }
        requireNone(campaign);
        looks(campaign).forEach(path -> use(path, used, campaign));
        return new Calls(functions, used);
    }

    /** What is said before a journey, or outside of its steps, knows no answer. */
    private static void requireNone(Campaign campaign) {
        campaign.rules()
                .map(EventRule::condition)
                .flatMap(Stream::ofNullable)
                .flatMap(Condition::answers)
                .findFirst()
                .ifPresent(path -> {
                    throw new ThroughlineException("campaign '" + campaign.name() + "' looks at call." + path
                            + " in a condition about an event, expected it in a branch or a wait for a condition");
                });
    }

    private static void use(List<String> path, Map<String, Set<String>> used, Campaign campaign) {
        Set<String> values = used.get(path.get(0));
        if (values == null) {
            throw new ThroughlineException("campaign '" + campaign.name() + "' looks at call." + String.join(".", path)
                    + ", expected the name of a call of its journey, one of " + used.keySet());
        }
        values.add(path.size() == 1 ? "" : path.get(1));
    }

    /** Paths behind {@code call}. */
    private static Stream<List<String>> looks(Campaign campaign) {
        var filledIn = campaign.messages().stream()
                .flatMap(message -> message.variables().stream())
                .map(variable -> List.of(variable.split("[.\\[]", -1)))
                .filter(path -> path.get(0).equals("call"))
                .map(path -> path.subList(1, path.size()));
        var tested = campaign.nodes().stream()
                .flatMap(node -> Campaign.tested(node.step()))
                .flatMap(Condition::answers)
                .map(path -> List.of(path.split("\\.", -1)));
        var given = campaign.nodes().stream()
                .flatMap(node -> paths(node.step()))
                .filter(path -> path.isOf("call"))
                .map(path -> path.steps().subList(1, path.steps().size()));
        return Stream.of(filledIn, tested, given).flatMap(paths -> paths);
    }

    /** Where a step that calls a function finds what it gives. */
    static Stream<ValuePath> paths(Step step) {
        return step instanceof Step.Call call
                ? call.arguments().paths().values().stream().map(ValuePath::parse)
                : Stream.empty();
    }

    Map<String, @Nullable Object> kept(String call, Map<String, @Nullable Object> answer) {
        Set<String> values = used.getOrDefault(call, Set.of());
        return values.contains("") ? answer : CompactMap.of(answer, new ArrayList<>(values));
    }
}
