// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds which step of one version is which of another: block by block those that do the same, as many as possible without changing their
 * order. So nobody who is moved from a step to its counterpart comes again to what she has behind her.
 */
final class Counterparts {

    /** What only waits is found between what acts, and never instead of it. */
    private static final int ACTS = 10_000;

    private static final int FORKS = 500;
    private static final int ALIKE = 4;
    private static final int EQUAL = 8;

    private static final Found NONE = new Found(0, Map.of());

    private Counterparts() {}

    /** For paths of the old version those of the new one. */
    static Map<String, String> of(Campaign old, Campaign now) {
        return blocks(drawn(old.steps(), ""), drawn(now.steps(), "")).paths;
    }

    /**
     * A step as far as it is compared.
     *
     * @param subject what it is about
     * @param outline what it says, without the steps within it
     * @param ways the steps within it, by what is said of each way
     */
    private record Drawn(String path, String subject, String outline, int weight, Map<String, List<Drawn>> ways) {}

    private static List<Drawn> drawn(List<Step> steps, String prefix) {
        var drawn = new ArrayList<Drawn>();
        for (Step step : steps) {
            String path = prefix + drawn.size();
            drawn.add(new Drawn(path, subject(step), Layout.outline(step), weight(step), ways(step, path)));
        }
        return drawn;
    }

    /** What was found, and how much of it. */
    private record Found(int weight, Map<String, String> paths) {}

    private static Found blocks(List<Drawn> old, List<Drawn> now) {
        var pairs = new Found[old.size() + 1][now.size() + 1];
        int[][] best = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                int apart = Math.max(best[i + 1][j], best[i][j + 1]);
                Found pair = steps(old.get(i), now.get(j));
                int together = pair.weight == 0 ? -1 : pair.weight + best[i + 1][j + 1] + neighbours(pairs, i, j);
                pairs[i][j] = together >= apart ? pair : null;
                best[i][j] = Math.max(apart, together);
            }
        }
        return new Found(best[0][0], paths(pairs, best));
    }

    /** Of steps that are alike rather those whose neighbours, or whose blocks' ends, are counterparts, too. */
    private static int neighbours(Found[][] pairs, int i, int j) {
        boolean last = i == pairs.length - 2 && j == pairs[0].length - 2;
        return last || pairs[i + 1][j + 1] != null ? 1 : 0;
    }

    private static Map<String, String> paths(Found[][] pairs, int[][] best) {
        var paths = new TreeMap<String, String>();
        int i = 0;
        int j = 0;
        while (i < pairs.length - 1 && j < pairs[0].length - 1) {
            Found pair = pairs[i][j];
            if (pair != null) {
                paths.putAll(pair.paths);
                i++;
                j++;
            } else if (best[i + 1][j] >= best[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return paths;
    }

    private static Found steps(Drawn old, Drawn now) {
        if (!old.subject.equals(now.subject)) {
            return NONE;
        }
        var paths = new TreeMap<String, String>();
        paths.put(old.path, now.path);
        int weight = old.weight + (old.outline.equals(now.outline) ? EQUAL : ALIKE);
        for (var way : old.ways.entrySet()) {
            List<Drawn> counterpart = now.ways.get(way.getKey());
            if (counterpart != null) {
                Found within = blocks(way.getValue(), counterpart);
                weight += within.weight;
                paths.putAll(within.paths);
            }
        }
        return new Found(weight, paths);
    }

    private static int weight(Step step) {
        return switch (StepText.shape(step)) {
            case ACTION -> ACTS;
            case CHOICE -> FORKS;
            default -> 0;
        };
    }

    /** Under what is said of them: a variant by its name, one of several ways by its condition. */
    private static Map<String, List<Drawn>> ways(Step step, String path) {
        var labels = new ArrayList<String>();
        if (step instanceof Step.Experiment experiment) {
            experiment.variants().forEach(variant -> labels.add(variant.name()));
        } else if (step instanceof Step.Choice choice) {
            choice.options().forEach(option -> labels.add(option.condition().toString()));
        }
        var ways = new TreeMap<String, List<Drawn>>();
        List<Layout.Block> blocks = Layout.blocks(step);
        for (int i = 0; i < blocks.size(); i++) {
            Layout.Block block = blocks.get(i);
            String label = i < labels.size() ? "'" + labels.get(i) + "'" : block.name();
            ways.putIfAbsent(label, drawn(block.steps(), path + "." + block.name() + "."));
        }
        return ways;
    }

    /** What a step is about, whatever else it says of it. */
    static String subject(Step step) {
        if (step instanceof Step.Send send) {
            return "send " + send.message().name();
        }
        if (step instanceof Step.Call call) {
            return "call " + call.function() + " as " + call.name();
        }
        if (step instanceof Step.SetTrait set) {
            return "set " + set.name();
        }
        if (step instanceof Step.Await await) {
            return "await " + await.rule().event();
        }
        if (step instanceof Step.Experiment experiment) {
            return "experiment " + experiment.name();
        }
        boolean delay = step instanceof Step.CalendarDelay || step instanceof Step.DateDelay;
        return (delay ? Step.Delay.class : step.getClass()).getSimpleName();
    }
}
