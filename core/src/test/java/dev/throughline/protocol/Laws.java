// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold in every run; watches the commits and throws {@link LawBroken} at the first that breaks a law. */
final class Laws {
    private record Accepted(Spec spec, long at) {}

    private final Rules rules;
    private final boolean lossy;
    private final Map<String, Spec> planned = new TreeMap<>();
    private final Map<String, List<Verdict>> verdicts = new TreeMap<>();
    private final Map<String, Verdict> learned = new HashMap<>();
    private final Map<String, Integer> confirmed = new HashMap<>();
    private final Map<String, Long> confirmedAt = new HashMap<>();
    private final Set<String> left = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    private final List<Accepted> accepted = new ArrayList<>();

    Laws(Rules rules, boolean lossy) {
        this.rules = rules;
        this.lossy = lossy;
    }

    List<Verdict> verdicts(String message) {
        return verdicts.getOrDefault(message, List.of());
    }

    boolean isPlanned(String message) {
        return planned.containsKey(message);
    }

    Spec spec(String message) {
        return planned.get(message);
    }

    // What the run reports.

    void told(Input input, long now) {
        if (input instanceof Input.Plan plan) {
            planned.putIfAbsent(plan.spec().message(), plan.spec());
        } else if (input instanceof Input.Confirm confirm
                && confirm.round() > confirmed.getOrDefault(confirm.message(), 0)) {
            confirmed.put(confirm.message(), confirm.round());
            confirmedAt.put(confirm.message(), now);
        }
    }

    /** An order is in the inbox, whether or not anybody has stepped it. */
    void leftCommitted(String message) {
        left.add(message);
    }

    /** A step that cannot fail is about to commit. */
    void stepping(Input input, Aggregate before) {
        if (input instanceof Input.Cancel cancel) {
            cancelled.add(cancel.message());
        } else if (input instanceof Input.Reported report && ((ContactPoint) before).knows(report.message())) {
            reported.add(report.message());
        }
    }

    void recorded(String message, Verdict verdict) {
        List<Verdict> all = verdicts.computeIfAbsent(message, unseen -> new ArrayList<>());
        all.add(verdict);
        boolean first = all.size() == 1;
        boolean correction = all.size() == 2
                && all.get(0) == Verdict.UNKNOWN
                && (verdict == Verdict.SENT || verdict == Verdict.FAILED);
        require(first || correction, "one verdict per message", message + " has " + all);
    }

    void enqueued(Outbox.Row row) {
        boolean fresh = row.renderedAt() >= confirmedAt.getOrDefault(row.message(), 0L);
        require(fresh, "a deferred message is rendered again", row);
    }

    void sending(Outbox.Row row, ContactPoint contactPoint, KillSwitch killSwitch) {
        require(!contactPoint.denies(row.spec()), "no SENDING after a STOP was acknowledged", row);
        require(!cancelled.contains(row.message()), "no SENDING after the cancel has committed", row);
        require(lossy || !left.contains(row.message()), "no SENDING after the order is in the inbox", row);
        require(killSwitch == KillSwitch.OFF, "no SENDING under a kill switch", row);
    }

    void accepted(Spec spec, long at) {
        boolean again = accepted.stream().anyMatch(call -> call.spec().message().equals(spec.message()));
        require(!again || spec.type().resends, "never accepted twice", spec);
        require(
                !spec.type().limited || isAllowedAt(at % Rules.DAY),
                "hours, by the provider's clock",
                spec + " at " + at);
        require(at <= spec.validUntil() + Rules.LEASE, "nothing leaves after its validity", spec + " at " + at);
        accepted.add(new Accepted(spec, at));
        require(!spec.type().limited || capHolds(spec, at), "cap, by the provider's clock", spec + " at " + at);
    }

    private static boolean isAllowedAt(long timeOfDay) {
        return timeOfDay >= Rules.WINDOW_START && timeOfDay < Rules.WINDOW_END;
    }

    /** Calls are accepted out of order by less than a lease, so the window is looked at from both sides. */
    private boolean capHolds(Spec spec, long at) {
        return countIn(spec.contactPoint(), at - Rules.DAY, at) <= rules.cap()
                && countIn(spec.contactPoint(), at - 1, at + Rules.DAY - 1) <= rules.cap();
    }

    private long countIn(Key contactPoint, long after, long until) {
        return accepted.stream()
                .filter(call ->
                        call.spec().type().limited && call.spec().contactPoint().equals(contactPoint))
                .filter(call -> call.at() > after && call.at() <= until)
                .map(call -> call.spec().message())
                .distinct()
                .count();
    }

    void committed(Key key, Aggregate state, Set<Simulator.TimerId> armed) {
        if (state instanceof Pool pool) {
            boolean within = pool.spent() >= 0 && pool.spent() + pool.held() <= pool.capacity();
            require(within, "a pool is never over-committed", key + " " + pool.spent() + "+" + pool.held());
        } else if (state instanceof ContactPoint contactPoint) {
            contactPoint.entries().forEach(entry -> requireTimer(key, entry.message, armed));
        } else if (state instanceof Customer customer) {
            customer.waits().forEach((message, wait) -> committed(key, message, wait, armed));
        }
    }

    private void committed(Key key, String message, Customer.Wait wait, Set<Simulator.TimerId> armed) {
        if (wait.verdict() == null) {
            requireTimer(key, message, armed);
        } else {
            learned.put(message, wait.verdict());
        }
    }

    private static void requireTimer(Key key, String message, Set<Simulator.TimerId> armed) {
        boolean waits = armed.contains(new Simulator.TimerId(key, message));
        require(waits, "everything that waits has a timer", key + " " + message);
    }

    // When nothing is left to happen.

    void finished(Map<Key, Aggregate> states, Outbox outbox) {
        planned.keySet().forEach(this::finished);
        states.forEach(this::finished);
        require(outbox.size() == 0, "the outbox forgets what is over", outbox.size());
    }

    private void finished(String message) {
        List<Verdict> all = verdicts(message);
        require(!all.isEmpty(), "every message gets a verdict", message);
        Verdict last = all.get(all.size() - 1);
        long calls = accepted.stream()
                .filter(call -> call.spec().message().equals(message))
                .count();
        boolean truthful = last == Verdict.UNKNOWN || (last == Verdict.SENT) == calls > 0;
        require(truthful, "the verdict is true", message + " " + all + " with " + calls + " accepted calls");
        require(last == Verdict.SENT || !reported.contains(message), "a receipt proves SENT", message + " " + all);
        require(knows(message, last), "the customer learns the verdict", message + " " + all);
    }

    /** If messages are lost for good, a correction may be among them; the record still has it. */
    private boolean knows(String message, Verdict last) {
        Verdict known = learned.get(message);
        return known == last || (lossy && known == verdicts(message).get(0));
    }

    private void finished(Key key, Aggregate state) {
        if (state instanceof ContactPoint contactPoint) {
            require(contactPoint.entries().isEmpty(), "a contact point forgets what is over", key);
        } else if (state instanceof Pool pool) {
            require(pool.held() == 0, "no hold is left over", key + " holds " + pool.held());
            require(pool.remembered() == 0, "a pool forgets what is over", key);
            int due = spentOn(key);
            boolean exact = pool.spent() == due || (lossy && pool.spent() > due);
            require(exact, "spent is what was or may have been sent", key + " " + pool.spent() + ", not " + due);
        }
    }

    private int spentOn(Key pool) {
        return planned.values().stream()
                .filter(spec -> maybeSent(spec.message()))
                .mapToInt(spec -> spec.amounts().getOrDefault(pool, 0))
                .sum();
    }

    private boolean maybeSent(String message) {
        List<Verdict> all = verdicts(message);
        Verdict last = all.get(all.size() - 1);
        return last == Verdict.SENT || last == Verdict.UNKNOWN;
    }

    private static void require(boolean holds, String law, Object where) {
        if (!holds) {
            throw new LawBroken(law + ": " + where);
        }
    }
}
