// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Ids;
import dev.throughline.wire.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a journey, each at its path. */
final class Layout {

    private final Campaign campaign;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private Layout(Campaign campaign) {
        this.campaign = campaign;
    }

    /** A way that a step can go besides to the next one. */
    record Block(String name, List<Step> steps) {}

    /** All steps by their paths; the first one stands last. */
    static Map<String, Node> of(Campaign campaign, List<Step> steps) {
        var layout = new Layout(campaign);
        layout.lay(steps, "", null);
        return layout.nodes;
    }

    /** Gives each step its path, from the last to the first, so that each knows what follows it. */
    private @Nullable Node lay(List<Step> block, String prefix, @Nullable Node after) {
        Node next = after;
        for (int i = block.size() - 1; i >= 0; i--) {
            String path = prefix + i;
            var ways = new ArrayList<@Nullable Node>();
            for (Block way : blocks(block.get(i))) {
                ways.add(lay(way.steps, path + "." + way.name + ".", next));
            }
            next = new Node(campaign, path, block.get(i), next, Collections.unmodifiableList(ways));
            nodes.put(path, next);
        }
        return next;
    }

    /** Whether no customer goes on behind steps, whichever way she goes. */
    static boolean ends(List<Step> block) {
        for (int i = 0; i < block.size(); i++) {
            boolean skipped =
                    i > 0 && block.get(i - 1) instanceof Step.DateDelay delay && delay.ifPast() == IfPast.SKIP;
            if (!skipped && ends(block.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(Step step) {
        List<Block> blocks = blocks(step);
        boolean open = step instanceof Step.Choice || (!blocks.isEmpty() && !(step instanceof Step.Call));
        return step instanceof Step.End || (open && blocks.stream().allMatch(block -> ends(block.steps)));
    }

    /** The steps within a step. */
    static List<Block> blocks(Step step) {
        if (step instanceof Step.Branch branch) {
            return List.of(new Block("then", branch.then()), new Block("otherwise", branch.otherwise()));
        }
        if (step instanceof Step.Await await) {
            return List.of(new Block("happened", await.happened()), new Block("timeout", await.timeout()));
        }
        if (step instanceof Step.Until until) {
            return List.of(new Block("met", until.met()), new Block("timeout", until.timeout()));
        }
        if (step instanceof Step.Experiment experiment) {
            return blocks(experiment);
        }
        if (step instanceof Step.Call call) {
            return call.ifFails() == null ? List.of() : List.of(new Block("fails", call.ifFails()));
        }
        return step instanceof Step.Choice choice ? blocks(choice) : List.of();
    }

    private static List<Block> blocks(Step.Experiment experiment) {
        var blocks = new ArrayList<Block>();
        for (Step.Variant variant : experiment.variants()) {
            blocks.add(new Block("variant" + blocks.size(), variant.steps()));
        }
        return blocks;
    }

    private static List<Block> blocks(Step.Choice choice) {
        var blocks = new ArrayList<Block>();
        for (Step.Option option : choice.options()) {
            blocks.add(new Block("option" + blocks.size(), option.then()));
        }
        if (choice.otherwise() != null) {
            blocks.add(new Block("otherwise", choice.otherwise()));
        }
        return blocks;
    }

    /** The canonical text of steps: blocks are told by the paths of theirs, and the text of nothing else than data stands here. */
    static String outline(Map<String, Node> nodes) {
        var text = new StringBuilder();
        nodes.forEach((path, node) ->
                text.append(path).append('=').append(outline(node.step())).append('\n'));
        return text.toString();
    }

    private static String hash(@Nullable Object value) {
        var written = new Writer();
        written.value(1, value);
        return Ids.hash(HexFormat.of().formatHex(written.toByteArray()));
    }

    /** What a step says, without the steps within it. */
    static String outline(Step step) {
        if (step instanceof Step.Send send) {
            return "send " + send.message().hash() + " " + send.route();
        }
        if (step instanceof Step.Branch branch) {
            return "branch " + branch.condition();
        }
        if (step instanceof Step.Await await) {
            return "await " + await.rule() + " " + await.atMost();
        }
        if (step instanceof Step.Until until) {
            return "until " + until.condition() + " " + until.atMost();
        }
        if (step instanceof Step.SetTrait set) {
            return "set '" + set.name() + "' " + hash(set.value());
        }
        if (step instanceof Step.Call call) {
            return "call '" + call.function() + "' as '" + call.name() + "' "
                    + call.arguments().paths() + " " + hash(call.arguments().constants()) + " " + call.retry()
                    + (call.ifFails() == null ? "" : " or else");
        }
        if (step instanceof Step.Choice choice) {
            var conditions =
                    choice.options().stream().map(Step.Option::condition).toList();
            return "choice " + conditions + (choice.otherwise() == null ? "" : " or otherwise");
        }
        if (step instanceof Step.Experiment experiment) {
            return "experiment '" + experiment.name() + "' "
                    + experiment.variants().stream()
                            .map(variant -> "'" + variant.name() + "' " + variant.percent())
                            .toList();
        }
        return step.toString();
    }
}
