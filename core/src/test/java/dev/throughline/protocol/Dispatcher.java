// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.HashSet;
import java.util.Set;

/** The workers that take rows, call the provider and write the answer; each can stall or die at any point. */
final class Dispatcher {
    private final Simulator run;
    private final Schedule schedule;
    private final boolean providerKnowsIds;
    private final Set<String> accepted = new HashSet<>();

    Dispatcher(Simulator run) {
        this.run = run;
        this.schedule = run.schedule;
        this.providerKnowsIds = schedule.chance(0.5);
    }

    // The transaction that writes SENDING.

    void look(Outbox.Row row) {
        schedule.after(schedule.chance(0.8) ? schedule.within(5) : schedule.within(3 * Rules.MINUTE), () -> take(row));
    }

    private void take(Outbox.Row row) {
        if (!run.outbox.isNew(row.message(), row.round())) {
            return;
        }
        KillSwitch killSwitch = run.rules.omits(Mutation.GATE_IGNORES_KILL_SWITCH) ? KillSwitch.OFF : run.killSwitch;
        if (schedule.now() >= row.sendBefore() && !run.rules.omits(Mutation.ROWS_NEVER_LAPSE)) {
            finish(row, Answer.LAPSED);
        } else if (killSwitch == KillSwitch.DROP) {
            finish(row, Answer.DROPPED);
        } else if (killSwitch == KillSwitch.HOLD || isGateClosed(row)) {
            look(row);
        } else if (schedule.chance(0.03)) {
            finish(row, Answer.NOT_SENT);
        } else {
            send(row);
        }
    }

    private boolean isGateClosed(Outbox.Row row) {
        boolean contactPoint =
                run.hasUndelivered(row.spec().contactPoint()) && !run.rules.omits(Mutation.GATE_IGNORES_CONTACT_POINT);
        boolean customer = hasInbox(row.customer()) && !run.rules.omits(Mutation.GATE_IGNORES_CUSTOMER);
        return contactPoint || customer;
    }

    /** The inbox of the person, that is of everybody who was merged into the same survivor. */
    private boolean hasInbox(Key customer) {
        if (run.rules.omits(Mutation.GATE_IGNORES_MERGES)) {
            return run.hasUndelivered(customer);
        }
        Key survivor = run.survivorOf(customer);
        return run.keys(Key.Kind.CUSTOMER).stream()
                .anyMatch(other -> run.survivorOf(other).equals(survivor) && run.hasUndelivered(other));
    }

    private void send(Outbox.Row row) {
        run.laws.sending(row, run.contactPoint(row.spec().contactPoint()), run.killSwitch);
        run.outbox.sending(row.message(), schedule.now());
        run.tally.count("SENDING");
        schedule.after(Rules.LEASE + schedule.within(5), () -> expire(row));
        if (schedule.chance(0.03)) {
            run.tally.count("crashes before the call");
        } else {
            long taken = schedule.now();
            long stall = schedule.chance(0.95) ? schedule.within(3) : schedule.within(5 * Rules.MINUTE);
            schedule.after(stall, () -> call(row, taken));
        }
    }

    private void expire(Outbox.Row row) {
        if (run.outbox.isSending(row.message(), row.round())) {
            run.tally.count("leases expired");
            boolean unsent = run.rules.omits(Mutation.LEASE_MEANS_NOT_SENT);
            finish(row, unsent ? Answer.NOT_SENT : Answer.UNKNOWN);
        }
    }

    // The call.

    /** A call may start within half a lease and take the other half. */
    private void call(Outbox.Row row, long taken) {
        boolean late = schedule.now() - taken > Rules.LEASE / 2;
        if (late && !run.rules.omits(Mutation.STALLED_WORKER_CALLS)) {
            run.tally.count("workers stalled");
            returned(row, Answer.NOT_SENT);
            return;
        }
        run.tally.count("provider calls");
        int dice = schedule.below(100);
        long wire = schedule.within(Rules.LEASE / 2 - 1);
        if (dice < 76) {
            Answer answer = accept(row, wire);
            end(row, dice < 66 ? answer : Answer.UNKNOWN, wire);
        } else if (dice < 84) {
            end(row, Answer.REJECTED, wire);
        } else {
            end(row, dice < 93 ? Answer.NOT_SENT : Answer.UNKNOWN, wire);
        }
    }

    private Answer accept(Outbox.Row row, long wire) {
        boolean known = !accepted.add(row.message());
        if (known && providerKnowsIds) {
            return Answer.DUPLICATE;
        }
        run.tally.count("provider accepted");
        run.laws.accepted(row.spec(), schedule.now() + wire);
        if (schedule.chance(0.5)) {
            boolean delivered = schedule.chance(0.8);
            long after = schedule.chance(0.5) ? schedule.within(40) : schedule.within(2 * Rules.DAY);
            Key to = row.spec().contactPoint();
            schedule.after(wire + after, () -> run.post(to, new Input.Reported(row.message(), delivered)));
        }
        return Answer.ACCEPTED;
    }

    private void end(Outbox.Row row, Answer answer, long wire) {
        if (schedule.chance(0.03)) {
            run.tally.count("crashes after the call");
            return;
        }
        long took = answer == Answer.UNKNOWN ? Rules.LEASE / 2 : wire;
        long stall = schedule.chance(0.95) ? 0 : schedule.within(5 * Rules.MINUTE);
        schedule.after(took + stall, () -> returned(row, answer));
    }

    /** The transaction that writes the answer; one that comes after the lease is told as a late truth. */
    private void returned(Outbox.Row row, Answer answer) {
        if (run.outbox.isSending(row.message(), row.round())) {
            finish(row, answer);
        } else if (answer != Answer.UNKNOWN) {
            run.tally.count("late truths of a worker");
            run.answer(row.spec().contactPoint(), row.message(), row.round(), answer);
        }
    }

    private void finish(Outbox.Row row, Answer answer) {
        run.outbox.finish(row.message(), answer);
        run.answer(row.spec().contactPoint(), row.message(), row.round(), answer);
        if (answer == Answer.UNKNOWN && schedule.chance(0.3)) {
            schedule.after(2 * Rules.LEASE + schedule.within(6 * Rules.HOUR), () -> lookUp(row));
        }
    }

    /** Asks the provider once the lease is over; only then "never heard of it" is the truth. */
    private void lookUp(Outbox.Row row) {
        run.tally.count("look-ups");
        Answer truth = accepted.contains(row.message()) ? Answer.ACCEPTED : Answer.NOT_SENT;
        run.answer(row.spec().contactPoint(), row.message(), row.round(), truth);
    }
}
