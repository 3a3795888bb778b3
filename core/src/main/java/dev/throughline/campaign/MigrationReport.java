// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.List;
import java.util.Locale;

/**
 * What a migration would do at this moment; nothing has been done.
 *
 * @param campaign the campaign's name
 * @param to the version that customers would be moved to
 * @param lines the steps of the old versions, in the order of versions and paths, and who stands there; empty if there are faults
 * @param faults why it cannot be done; empty if it can
 * @param remarks what may go wrong for those who are moved
 */
public record MigrationReport(String campaign, String to, List<Line> lines, List<String> faults, List<String> remarks) {

    /** Copies the lists. */
    public MigrationReport {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        remarks = List.copyOf(remarks);
    }

    /** What becomes of whoever stands at a step. */
    public enum Fate {
        /** She is moved at once. */
        MOVES,
        /** She waits for an answer of a channel or of the host's code; when it has come, she goes on in the new version. */
        LATER,
        /** She leaves. */
        LEAVES,
        /** She stays in her version. */
        STAYS
    }

    /**
     * A step of an old version.
     *
     * @param version the version
     * @param path the step's path in it
     * @param step what it does, in English
     * @param fate what becomes of whoever stands there
     * @param to the path of the step in the new version that she goes to; empty if there is none
     * @param instances how many stand there
     * @param overdue how many of these have waited long enough for the new version, and go on at once
     */
    public record Line(String version, String path, String step, Fate fate, String to, int instances, int overdue) {}

    /**
     * How many journeys have a fate.
     *
     * @param fate which
     * @return how many
     */
    public int count(Fate fate) {
        return lines.stream()
                .filter(line -> line.fate == fate)
                .mapToInt(Line::instances)
                .sum();
    }

    /** A table for people. */
    @Override
    public String toString() {
        var text = new StringBuilder("campaign '" + campaign + "' to version " + to + "\n");
        faults.forEach(fault -> text.append("✗ ").append(fault).append('\n'));
        remarks.forEach(remark -> text.append("! ").append(remark).append('\n'));
        String version = "";
        for (Line line : lines) {
            if (!line.version.equals(version)) {
                version = line.version;
                text.append("from version ").append(version).append('\n');
            }
            text.append(String.format(Locale.ROOT, "%6d  %s", line.instances, told(line)));
        }
        return text.toString();
    }

    private static String told(Line line) {
        String there = line.to.isEmpty() ? "" : " -> " + line.to;
        String overdue = line.overdue == 0 ? "" : ", " + line.overdue + " of them overdue";
        return line.fate.name().toLowerCase(Locale.ROOT) + "  " + line.path + there + "  (" + line.step + ")" + overdue
                + "\n";
    }
}
