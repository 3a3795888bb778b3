// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Drawing.Box;
import dev.throughline.campaign.Drawing.Link;
import java.util.stream.Collectors;

/** A drawing as the text of a Mermaid flowchart. */
final class Mermaid {

    private Mermaid() {}

    static String of(Drawing drawing) {
        var text = new StringBuilder("flowchart TD\n");
        drawing.boxes().forEach(box -> text.append("  ").append(of(box)).append('\n'));
        drawing.links().forEach(link -> text.append("  ").append(of(link)).append('\n'));
        return text.toString();
    }

    private static String of(Box box) {
        String label = '"' + box.lines().stream().map(Mermaid::escaped).collect(Collectors.joining("<br/>")) + '"';
        return box.id()
                + switch (box.shape()) {
                    case EVENT -> "([" + label + "])";
                    case WAIT -> "[/" + label + "/]";
                    case CHOICE -> "{{" + label + "}}";
                    case ACTION -> "[" + label + "]";
                    case END -> "((" + label + "))";
                    case PASSAGE -> "((\" \"))";
                };
    }

    private static String of(Link link) {
        String label = link.label().isEmpty() ? "" : "|\"" + escaped(link.label()) + "\"|";
        return link.from().id() + " -->" + label + " " + link.to().id();
    }

    /** What means something in a label, as entity codes. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> {
            boolean plain = c > '\u007f' || Character.isLetterOrDigit(c) || " .,:;?!()'=+-_/%".indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf((char) c) : "#" + c + ";");
        });
        return escaped.toString();
    }
}
