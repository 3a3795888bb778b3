// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everybody outside: starts journeys, orders, says STOP, merges customers, throws the kill switch, pulls the plug. */
final class Host {
    private static final int CUSTOMERS = 3;
    private static final int CONTACT_POINTS = 2;
    private static final int POOLS = 2;

    private final Simulator run;
    private final Schedule schedule;
    private final Climate climate;
    private final Set<String> started = new LinkedHashSet<>();
    private final Map<String, Key> planners = new TreeMap<>();
    private int outageAfter;

    Host(Simulator run, Climate climate) {
        this.run = run;
        this.schedule = run.schedule;
        this.climate = climate;
    }

    void start() {
        for (int number = 0; number < CUSTOMERS; number++) {
            run.states.put(Key.customer(number), new Customer(Key.customer(number), run.rules));
        }
        for (int number = 0; number < CONTACT_POINTS; number++) {
            run.states.put(Key.contactPoint(number), new ContactPoint(Key.contactPoint(number), run.rules));
        }
        for (int number = 0; number < POOLS; number++) {
            run.states.put(Key.pool(number), new Pool(Key.pool(number), run.rules, 1 + schedule.below(5)));
        }
        int messages = 3 + schedule.below(6);
        for (int number = 0; number < messages; number++) {
            startLater("m" + number);
        }
        outageAfter = schedule.chance(0.2) ? schedule.below(200) : Integer.MAX_VALUE;
    }

    private void startLater(String message) {
        long when = Rules.DAY * schedule.below(3) + 5 * Rules.HOUR + schedule.within(18 * Rules.HOUR);
        if (schedule.chance(0.3)) {
            when = Rules.DAY + Rules.WINDOW_END - schedule.within(15 * Rules.MINUTE);
        }
        schedule.at(when, () -> start(message));
    }

    private void start(String message) {
        Key customer = Key.customer(schedule.below(CUSTOMERS));
        started.add(message);
        planners.put(message, customer);
        run.tally.count("messages planned");
        run.post(customer, new Input.Started(spec(message)));
    }

    private Spec spec(String message) {
        int dice = schedule.below(20);
        Spec.Type type = dice < 12
                ? Spec.Type.MARKETING
                : dice < 15 ? Spec.Type.SERVICE : dice < 17 ? Spec.Type.TRANSACTIONAL : Spec.Type.ONE_TIME_CODE;
        long valid = type == Spec.Type.ONE_TIME_CODE ? 2 * Rules.HOUR : (1 + schedule.below(2)) * Rules.DAY;
        Key contactPoint = Key.contactPoint(schedule.chance(0.7) ? 0 : 1);
        return new Spec(message, type, contactPoint, schedule.now() + valid, amounts());
    }

    private Map<Key, Integer> amounts() {
        Map<Key, Integer> amounts = new TreeMap<>();
        for (int number = 0; number < POOLS; number++) {
            if (schedule.chance(0.4)) {
                amounts.put(Key.pool(number), 1 + schedule.below(2));
            }
        }
        return amounts;
    }

    /** Something happens close to what has just been committed, where races are. */
    void react() {
        if (outageAfter-- == 0) {
            schedule.after(schedule.within(2), this::outage);
        } else if (schedule.chance(climate.unrest())) {
            schedule.after(schedule.within(schedule.chance(0.7) ? 5 : Rules.HOUR), this::stir);
        }
    }

    private void stir() {
        int dice = schedule.below(climate.weights());
        if (dice < climate.orders()) {
            order();
        } else if (dice < climate.orders() + climate.stops()) {
            stop();
        } else if (dice < climate.orders() + climate.stops() + climate.switches()) {
            throwKillSwitch();
        } else {
            merge();
        }
    }

    private void stop() {
        boolean stop = schedule.chance(0.5);
        run.tally.count(stop ? "STOPs" : "opt-ins");
        Key contactPoint = Key.contactPoint(schedule.below(CONTACT_POINTS));
        run.post(contactPoint, new Input.Stopped(stop, schedule.now()));
    }

    private void order() {
        List<String> open = started.stream().filter(run.laws::isPlanned).toList();
        if (!open.isEmpty()) {
            String message = open.get(schedule.below(open.size()));
            run.tally.count("orders");
            run.laws.leftCommitted(message);
            run.post(ownerOf(planners.get(message)), new Input.Left(message));
        }
    }

    /** Whom the identifier points to: it follows a merge only after the survivor has absorbed, and may be late. */
    private Key ownerOf(Key customer) {
        if (schedule.chance(0.3)) {
            return customer;
        }
        return run.keys(Key.Kind.CUSTOMER).stream()
                .filter(other -> ((Customer) run.states.get(other)).absorbed(customer))
                .findFirst()
                .orElse(customer);
    }

    private void throwKillSwitch() {
        run.tally.count("kill switches");
        run.killSwitch = schedule.chance(0.7) ? KillSwitch.HOLD : KillSwitch.DROP;
        schedule.after(schedule.within(3 * Rules.HOUR), () -> run.killSwitch = KillSwitch.OFF);
    }

    private void merge() {
        int younger = 1 + schedule.below(CUSTOMERS - 1);
        run.tally.count("merges");
        run.post(Key.customer(younger), new Input.Merged(Key.customer(schedule.below(younger))));
    }

    private void outage() {
        run.tally.count("outages");
        schedule.outage(10 * Rules.DAY);
    }

    void countVerdicts() {
        for (String message : started) {
            run.tally.count("verdict "
                    + run.laws.verdicts(message).stream()
                            .map(Verdict::name)
                            .reduce((first, second) -> first + ", corrected to " + second)
                            .orElse("none"));
        }
    }
}
