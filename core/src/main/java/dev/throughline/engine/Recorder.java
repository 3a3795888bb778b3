// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.IdentifierState;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what comes in, for the hosts that step, by a thread of its own: as many inputs as there are in one transaction. Until one of them
 * is stepped, no message leaves for its customer or address.
 */
final class Recorder implements Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Store store;
    private final InstantSource clock;
    private final Arrivals arrivals;
    private final Parked parked = new Parked();
    private final Thread thread = new Thread(this::live, "throughline-records");
    private final FaultLog faults = new FaultLog(LOG);

    /** Of the next input among all; whichever unit steps some of them together applies them in this order. */
    private long place;

    /** One that has not started; who waits for an answer is kept for {@code patience} while the store cannot be reached. */
    Recorder(Store store, Duration patience, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.arrivals = new Arrivals("recorded", patience);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public CompletionStage<Ack> submit(Submission submission) {
        return arrivals.add(submission, this::closed);
    }

    @Override
    public boolean isRunning() {
        return arrivals.isOpen();
    }

    @Override
    public String ended() {
        return arrivals.isOpen() && thread.getState() == Thread.State.TERMINATED
                ? "recording has ended: expected the host to be restarted"
                : "";
    }

    @Override
    public void confirmWaiting() {
        // who hands in here is told that it is kept, and waits for no more
    }

    @Override
    public ThroughlineException closed() {
        return new ThroughlineException("closed: nothing more is taken");
    }

    @Override
    public void close(Duration most) {
        arrivals.close();
        Threads.join(thread, most);
        arrivals.refuse(closed());
        parked.refuse(closed());
    }

    private void live() {
        List<Submission> batch = arrivals.batch();
        while (!arrivals.isOver()) {
            parked.due().forEach(this::alone);
            arrivals.fill(POLL);
            try {
                record(batch);
                batch.clear();
                faults.passed();
            } catch (StoreException fault) {
                faults.met(fault);
                if (fault.isTransient()) {
                    batch.removeIf(each -> !arrivals.keeps(each, fault));
                } else {
                    singly(batch);
                }
                Threads.pause(POLL);
            } catch (RuntimeException unexpected) {
                LOG.atError().setCause(unexpected).log("inputs could not be recorded together, and are one by one");
                singly(batch);
                Threads.pause(POLL);
            }
        }
        parked.all().forEach(this::alone);
    }

    /** One that cannot be recorded must not fail the others. */
    private void singly(List<Submission> batch) {
        batch.forEach(this::alone);
        batch.removeIf(each -> each.done().isDone() || Parked.keeps(each));
    }

    /** What fails alone is told to whoever handed it in, unless nobody would hand it in again. */
    private void alone(Submission submission) {
        try {
            record(List.of(submission));
        } catch (RuntimeException fault) {
            if (Parked.keeps(submission)) {
                parked.add(submission);
            } else if (!(fault instanceof StoreException met && arrivals.keeps(submission, met))) {
                submission.done().completeExceptionally(fault);
            }
        }
    }

    private void record(List<Submission> some) {
        if (!some.isEmpty()) {
            place = Math.max(place, clock.millis() * 1_000);
            var inOrder = new ArrayList<Envelope>(some.size());
            for (Submission each : some) {
                inOrder.add(new Envelope(each.envelope().to(), each.envelope().input(), "", ++place));
            }
            store.record(inOrder, IdentifierState::ownerOf);
            some.forEach(each -> each.done().complete(Ack.RECORDED));
        }
    }
}
