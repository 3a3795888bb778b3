// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.MigrationOrder.Signature;
import dev.throughline.campaign.MigrationReport.Fate;
import dev.throughline.campaign.MigrationReport.Line;
import dev.throughline.customer.CustomerState;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A migration beside the versions that it is about: what is wrong with it, and what it would do. Immutable. */
public final class MigrationPlan {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** In the order of versions and paths, 10 behind 9. */
    private static final Comparator<Line> ORDER = Comparator.comparing(Line::version)
            .thenComparing(line -> NUMBER.matcher(line.path())
                    .replaceAll(
                            number -> "0".repeat(Math.max(0, 4 - number.group().length())) + number.group()))
            .thenComparing(Line::fate);

    private final String campaign;
    private final Migration migration;
    private final Map<String, Campaign> others = new TreeMap<>();
    private final Map<String, Crossing> crossings = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final @Nullable Campaign target;

    /**
     * A plan.
     *
     * @param campaign the campaign's name
     * @param migration what is to be done
     * @param known all campaigns that the host or its store knows, of any name
     */
    public MigrationPlan(String campaign, Migration migration, Collection<Campaign> known) {
        this.campaign = campaign;
        this.migration = migration;
        var versions = new TreeMap<String, Campaign>();
        known.stream().filter(one -> one.name().equals(campaign)).forEach(one -> versions.put(one.version(), one));
        Campaign given = migration.target();
        this.target = given == null ? versions.get(migration.to()) : given;
        versions.forEach((version, one) -> {
            boolean meant = migration.from().isEmpty() || migration.from().equals(version);
            if (meant && !version.equals(migration.to())) {
                others.put(version, one);
            }
        });
        check(versions, known);
    }

    private void check(Map<String, Campaign> versions, Collection<Campaign> known) {
        if (target == null) {
            faults.add("version '" + Shown.of(migration.to()) + "' to move to: " + Shown.oneOf(versions.keySet()));
            return;
        }
        if (!target.name().equals(campaign)) {
            faults.add("version " + target.version() + " to move to is of campaign '" + target.name()
                    + "', expected one of campaign '" + campaign + "'");
            return;
        }
        if (target.usesCommerce() && known.stream().noneMatch(Campaign::usesCommerce)) {
            faults.add(
                    "version " + target.version()
                            + " looks at baskets or orders, which no campaign does that is known: expected a host that is opened with it");
        }
        if (!target.segments().isEmpty()
                && known.stream().allMatch(one -> one.segments().isEmpty())) {
            faults.add(
                    "version " + target.version()
                            + " looks at segments, which no campaign does that is known: expected a host that is opened with it");
        }
        if (others.isEmpty()) {
            faults.add(
                    migration.from().isEmpty()
                            ? "no other version is known than the one to move to, expected one to move from"
                            : "version '" + Shown.of(migration.from()) + "' to move from: expected another one of "
                                    + versions.keySet());
        }
        if (!migration.steps().isEmpty() && others.size() > 1) {
            faults.add("steps are said for the versions " + others.keySet() + ": expected from(..) with one of them");
        }
        others.values().forEach(old -> check(old, target));
    }

    private void check(Campaign old, Campaign now) {
        if (!old.terms().key().equals(now.terms().key())) {
            faults.add("version " + Crossing.shown(old) + " is keyed by '"
                    + old.terms().key() + "', version " + Crossing.shown(now) + " by '"
                    + now.terms().key() + "': expected the same key");
        }
        int before = faults.size();
        migration.steps().forEach((path, other) -> {
            require(old, path);
            require(now, other);
        });
        if (faults.size() == before) {
            var order = MigrationOrder.next(campaign, migration, 0, new Signature("", "", Instant.EPOCH));
            var crossing = Crossing.of(order, old, now);
            crossings.put(old.version(), crossing);
            migration.steps().forEach((path, other) -> repeated(crossing, path, other));
        }
    }

    private void require(Campaign version, String path) {
        if (version.node(path) == null) {
            var paths = new ArrayList<String>();
            version.nodes().forEach(node -> paths.add(0, node.path()));
            faults.add("step '" + Shown.of(path) + "': version " + Crossing.shown(version) + " has the steps " + paths);
        }
    }

    /** Steps that somebody may do again who has them behind her, each as an old one and the new one that is the same. */
    private static Map<Node, Node> repeated(Crossing crossing, Node old, Node now) {
        Set<String> ahead = ahead(now);
        var repeated = new LinkedHashMap<Node, Node>();
        for (Node done : crossing.from().nodes()) {
            boolean here = done.path().equals(old.path());
            boolean passed = here && done.step().getClass() == now.step().getClass();
            if (isAction(done) && (here || ahead(done).contains(old.path()))) {
                crossing.to().nodes().stream()
                        .filter(next -> ahead.contains(next.path())
                                || (!passed && next.path().equals(now.path())))
                        .filter(next -> isSame(crossing, done, next))
                        .forEach(next -> repeated.put(done, next));
            }
        }
        return repeated;
    }

    private static boolean isAction(Node node) {
        return StepText.shape(node.step()) == Drawing.Shape.ACTION;
    }

    /** The counterpart, or one of the same name that is nobody's counterpart because the order is another. */
    private static boolean isSame(Crossing crossing, Node done, Node next) {
        String counterpart = crossing.counterparts().get(done.path());
        return isAction(next)
                && (next.path().equals(counterpart)
                        || (!crossing.counterparts().containsValue(next.path())
                                && Counterparts.subject(next.step()).equals(Counterparts.subject(done.step()))));
    }

    private void repeated(Crossing crossing, String path, String other) {
        Node old = Objects.requireNonNull(crossing.from().node(path));
        Node now = Objects.requireNonNull(crossing.to().node(other));
        repeated(crossing, old, now)
                .forEach(
                        (done, next) -> faults.add("step '" + path + "' becomes '" + other + "', which leads again to '"
                                + next.path() + "': expected a step behind it, for it is step '" + done.path() + "'"));
    }

    /** What may be reached from a step. */
    private static Set<String> ahead(Node node) {
        var ahead = new TreeSet<String>();
        collect(node.next(), ahead);
        node.ways().forEach(way -> collect(way, ahead));
        return ahead;
    }

    private static void collect(@Nullable Node node, Set<String> ahead) {
        if (node != null && ahead.add(node.path())) {
            collect(node.next(), ahead);
            node.ways().forEach(way -> collect(way, ahead));
        }
    }

    /**
     * What is wrong with it.
     *
     * @return all faults; empty if it can be done
     */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * The version that customers are moved to.
     *
     * @return the campaign
     * @throws ThroughlineException telling all faults, if there are any
     */
    public Campaign target() {
        if (!faults.isEmpty() || target == null) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' cannot be migrated: " + String.join("; ", faults));
        }
        return target;
    }

    /**
     * The order to carry it out.
     *
     * @param settings the settings of the store
     * @param signature whose order it is
     * @return the order, behind all earlier ones
     * @throws ThroughlineException if who or why are not one line each
     */
    public MigrationOrder order(Map<String, String> settings, Signature signature) {
        signature.require(campaign);
        return MigrationOrder.next(campaign, migration, Statuses.of(settings).migrated(campaign), signature);
    }

    /**
     * What it would do.
     *
     * @param customers the states of all customers; read once
     * @param now the present
     * @return the report
     */
    public MigrationReport report(Stream<CustomerState> customers, Instant now) {
        var lines = new TreeMap<Line, int[]>(ORDER);
        if (faults.isEmpty()) {
            customers.forEach(customer -> count(customer, now, lines));
            var inside = new TreeSet<String>();
            lines.keySet().forEach(line -> inside.add(line.version()));
            crossings.forEach((version, crossing) -> {
                if (inside.contains(version) || crossings.size() == 1) {
                    crossing.from()
                            .nodes()
                            .forEach(node -> lines.computeIfAbsent(line(crossing, node, false), line -> new int[2]));
                }
            });
        }
        var counted = new ArrayList<Line>();
        lines.forEach((line, counts) -> counted.add(
                new Line(line.version(), line.path(), line.step(), line.fate(), line.to(), counts[0], counts[1])));
        return new MigrationReport(campaign, migration.to(), counted, faults, remarks());
    }

    private void count(CustomerState customer, Instant now, Map<Line, int[]> lines) {
        for (Instance instance : JourneysSlice.inside(customer, campaign)) {
            Crossing crossing = crossings.get(instance.version());
            Node node = crossing == null ? null : crossing.from().node(instance.path());
            if (crossing != null && node != null) {
                int[] counts =
                        lines.computeIfAbsent(line(crossing, node, Relocation.isAmid(instance)), line -> new int[2]);
                counts[0]++;
                counts[1] += isOverdue(instance, crossing, node, new Waits(customer.customer(), now)) ? 1 : 0;
            }
        }
    }

    private static boolean isOverdue(Instance instance, Crossing crossing, Node old, Waits waits) {
        Node there = crossing.counterpart(old);
        if (there == null || !Waits.isWait(old) || !Waits.isWait(there)) {
            return false;
        }
        Instant due = waits.due(instance, there, waits.since(instance, old));
        return due != null && !due.isAfter(waits.now());
    }

    private static Line line(Crossing crossing, Node node, boolean amid) {
        Node counterpart = crossing.counterpart(node);
        Node there = counterpart == null ? crossing.instead(node) : counterpart;
        Fate moved = amid ? Fate.LATER : Fate.MOVES;
        Fate fate = there != null ? moved : crossing.holds() ? Fate.STAYS : Fate.LEAVES;
        return new Line(
                crossing.from().version(),
                node.path(),
                String.join(" ", StepText.of(node.step())),
                fate,
                there == null ? "" : there.path(),
                0,
                0);
    }

    /** What stands behind a step that it stood before. */
    private static Set<String> reordered(Crossing crossing) {
        var remarks = new LinkedHashSet<String>();
        for (Node old : crossing.from().nodes()) {
            Node now = crossing.counterpart(old);
            if (now != null) {
                repeated(crossing, old, now)
                        .forEach((done, next) -> remarks.add("step '" + done.path() + "' of version "
                                + Crossing.shown(crossing.from()) + " (" + String.join(" ", StepText.of(done.step()))
                                + ") is '" + next.path() + "' in version " + Crossing.shown(crossing.to())
                                + ", where it comes again for some who have it behind them"));
            }
        }
        return remarks;
    }

    /** Properties of the starting event that only the new version uses have not been kept for those who are inside. */
    private List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (faults.isEmpty() && target != null) {
            var used = new TreeSet<>(target.properties().toList());
            crossings.values().forEach(crossing -> {
                remarks.addAll(reordered(crossing));
                var lacking = new TreeSet<>(used);
                lacking.removeAll(crossing.from().properties().toList());
                if (!lacking.isEmpty()) {
                    remarks.add("version " + Crossing.shown(crossing.from()) + " has kept nothing of " + lacking
                            + " of the starting event, which version " + Crossing.shown(target) + " looks at");
                }
            });
        }
        return remarks;
    }
}
