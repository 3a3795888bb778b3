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

    private Counterparts() {}

    /** For paths of the old version those of the new one. */
    static Map<String, String> of(Campaign old, Campaign now) {
        return blocks(new Block("", old.steps()), new Block("", now.steps())).paths;
    }

    /** Steps behind one another, and what their paths begin with. */
    private record Block(String prefix, List<Step> steps) {
        int size() {
            return steps.size();
        }
    }

    /** What was found, and how much of it. */
    private record Found(int weight, Map<String, String> paths) {}

    private static Found blocks(Block old, Block now) {
        var pairs = new Found[old.size() + 1][now.size() + 1];
        int[][] best = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                int apart = Math.max(best[i + 1][j], best[i][j + 1]);
                Found pair = steps(old, i, now, j);
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

    private static Found steps(Block old, int i, Block now, int j) {
        Step one = old.steps.get(i);
        Step other = now.steps.get(j);
        var paths = new TreeMap<String, String>();
        if (!subject(one).equals(subject(other))) {
            return new Found(0, paths);
        }
        String path = old.prefix + i;
        String place = now.prefix + j;
        paths.put(path, place);
        int weight = weight(one) + (Layout.outline(one).equals(Layout.outline(other)) ? EQUAL : ALIKE);
        Map<String, Block> others = ways(other, place);
        for (var way : ways(one, path).entrySet()) {
            Block counterpart = others.get(way.getKey());
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
    private static Map<String, Block> ways(Step step, String path) {
        var labels = new ArrayList<String>();
        if (step instanceof Step.Experiment experiment) {
            experiment.variants().forEach(variant -> labels.add(variant.name()));
        } else if (step instanceof Step.Choice choice) {
            choice.options().forEach(option -> labels.add(option.condition().toString()));
        }
        var ways = new TreeMap<String, Block>();
        List<Layout.Block> blocks = Layout.blocks(step);
        for (int i = 0; i < blocks.size(); i++) {
            Layout.Block block = blocks.get(i);
            String label = i < labels.size() ? "'" + labels.get(i) + "'" : block.name();
            ways.putIfAbsent(label, new Block(path + "." + block.name() + ".", block.steps()));
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
