// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.CampaignStatus;
import dev.throughline.campaign.Statuses;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Approval;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Recalled;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.store.Changes;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way out: marks rows as being sent, in a commit of its own, and then hands them to their adapters. What it cannot or must
 * not send goes back to the contact point. Thread-safe.
 */
final class Dispatcher {

    private static final int MOST_RECALLED = 1_000;

    /** Between two looks at an outbox that has nothing to send. */
    private static final Duration REST = Duration.ofMillis(50);

    private static final SendResult SILENT =
            new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "the adapter did not answer");

    /** Another host may take the row for lost once its lease is over, so a call begins in the first half of it. */
    private static final SendResult STALLED = new SendResult.NotSent(
            FailureCause.UNCLASSIFIED, Scope.MESSAGE, null, "this host stood still for half a lease before the call");

    private final Store store;
    private final Map<String, ChannelAdapter> adapters;
    private final Delivery delivery;
    private final Duration lease;
    private final String owner;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Limits limits;

    /** What passes between two dispatches is told by the ticker, because the host's clock may be moved. */
    private final Instant opened;

    private final long ticked;

    /** One whose {@code ticker} tells nanoseconds that pass even while the host's clock is moved. */
    Dispatcher(
            Store store,
            Map<String, ChannelAdapter> adapters,
            Outlet outlet,
            InstantSource clock,
            LongSupplier ticker) {
        this.store = store;
        this.adapters = adapters;
        this.delivery = outlet.delivery();
        this.lease = outlet.lease();
        this.owner = outlet.owner();
        this.clock = clock;
        this.ticker = ticker;
        this.limits = new Limits(outlet.adapters(), outlet.rates());
        this.opened = clock.instant();
        this.ticked = ticker.getAsLong();
    }

    /** Rows, what a store said as they were taken, the ticker's nanoseconds before, and when to look again if there were none. */
    record Taken(List<Outgoing> rows, Map<String, String> settings, long since, Duration rest) {}

    /** Takes rows, durably, for as many slots as each channel has. */
    Taken take(Map<String, Integer> slots) {
        long since = ticker.getAsLong();
        try (Unit unit = store.begin()) {
            var turns = limits.turns(slots);
            Instant here = opened.plusNanos(since - ticked);
            Instant present = turns.isEmpty() ? here : unit.turnAt(turns, here);
            var settings = unit.settings();
            var exclusions = new ArrayList<>(stopped(settings).keySet());
            KillSwitch.of(settings).forEach(thrown -> exclusions.add(thrown.exclusion()));
            var rows = unit.take(
                    new Dispatch(clock.instant(), limits.within(slots, settings, present), exclusions, lease, owner));
            if (!rows.isEmpty()) {
                var changes = Changes.none();
                changes.settings().putAll(limits.after(rows, settings, present));
                unit.commit(changes);
            }
            return new Taken(rows, settings, since, limits.untilNext(slots, settings, present, REST));
        }
    }

    /** Sends a row that was taken, unless what it says is no longer approved. */
    CompletionStage<Envelope> send(Outgoing row, Taken taken) {
        String hash = row.approved();
        if (hash.isEmpty() || Approval.find(taken.settings, hash).isPresent()) {
            return send(row, taken.since);
        }
        String by = Approval.findWithdrawal(taken.settings, hash)
                .map(withdrawal -> withdrawal.who() + ": " + withdrawal.why())
                .orElse("");
        return CompletableFuture.completedFuture(recalled(row, Recalled.Why.APPROVAL_WITHDRAWN, by));
    }

    /** Sends a row that was taken; completes with the input that tells its contact point, and never fails. */
    CompletionStage<Envelope> send(Outgoing row, long since) {
        Instant startedAt = clock.instant();
        Outbound message = delivery.admit(row);
        ChannelAdapter adapter = adapters.get(row.channel().name());
        if (message == null) {
            return CompletableFuture.completedFuture(recalled(row, Recalled.Why.DELIVERY_MODE, delivery.toString()));
        }
        if (delivery.records()) {
            return CompletableFuture.completedFuture(
                    attempted(row, startedAt, new SendResult.Accepted(List.of(), null)));
        }
        if (adapter == null) {
            return CompletableFuture.completedFuture(attempted(row, startedAt, noAdapter(row)));
        }
        Duration left = lease.dividedBy(2).minusNanos(ticker.getAsLong() - since);
        if (left.isNegative()) {
            return CompletableFuture.completedFuture(attempted(row, startedAt, STALLED));
        }
        return sent(adapter, message).thenApply(result -> attempted(row, startedAt, result));
    }

    /** Rows that must be decided again, or that a switch drops. */
    List<Envelope> recalls() {
        try (Unit unit = store.begin()) {
            var drops = drops(unit.settings());
            var exclusions = List.copyOf(drops.keySet());
            var recalls = new ArrayList<Envelope>();
            for (Outgoing row : unit.stale(clock.instant(), exclusions, MOST_RECALLED)) {
                Drop found = found(row, drops);
                recalls.add(recalled(row, found.why, found.detail));
            }
            return recalls;
        }
    }

    /** Rows whose sender has vanished: nobody knows what became of them. */
    List<Envelope> lapsed() {
        try (Unit unit = store.begin()) {
            var unknown = new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "the sending process ended");
            return unit.lapsed(MOST_RECALLED).stream()
                    .map(row -> attempted(row, clock.instant(), unknown))
                    .toList();
        }
    }

    /** Why a row is not sent, and who says so. */
    private record Drop(Recalled.Why why, String detail) {}

    private static Map<Exclusion, Drop> drops(Map<String, String> settings) {
        var drops = new LinkedHashMap<Exclusion, Drop>();
        for (KillSwitch thrown : KillSwitch.of(settings)) {
            if (thrown.mode() == KillSwitch.Mode.DROP) {
                drops.put(thrown.exclusion(), new Drop(Recalled.Why.KILL_SWITCH, thrown.who() + ": " + thrown.why()));
            }
        }
        stopped(settings).forEach(drops::putIfAbsent);
        return drops;
    }

    /** Rows of campaigns that were stopped. */
    private static Map<Exclusion, Drop> stopped(Map<String, String> settings) {
        var stopped = new LinkedHashMap<Exclusion, Drop>();
        for (CampaignStatus status : Statuses.of(settings).byName().values()) {
            if (status.mode() == CampaignStatus.Mode.STOPPED) {
                stopped.put(
                        new Exclusion(Exclusion.By.CAMPAIGN, status.campaign()),
                        new Drop(Recalled.Why.JOURNEY_STOPPED, status.who() + ": " + status.why()));
            }
        }
        return stopped;
    }

    private static Drop found(Outgoing row, Map<Exclusion, Drop> drops) {
        return drops.entrySet().stream()
                .filter(drop -> drop.getKey().covers(row))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Drop(Recalled.Why.OVERDUE, ""));
    }

    private static Envelope recalled(Outgoing row, Recalled.Why why, String detail) {
        return received(row, new Recalled(row.message().id(), row.message().attempt(), why, detail));
    }

    /**
     * An adapter has half the lease, so that it tells itself what it knows. This ends with the lease at the latest: an adapter
     * that never answers must not keep its slot.
     */
    private CompletionStage<SendResult> sent(ChannelAdapter adapter, Outbound message) {
        var sent = new CompletableFuture<SendResult>();
        try {
            var unused = adapter.send(message, lease.dividedBy(2))
                    .whenComplete((result, error) -> sent.complete(result == null ? escaped(error) : result));
        } catch (RuntimeException | Error escaped) { // of an adapter that returns null, or whose library is not there
            sent.complete(escaped(escaped));
        }
        return sent.completeOnTimeout(SILENT, lease.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An adapter that breaks its word leaves us not knowing. */
    private static SendResult escaped(@Nullable Throwable error) {
        String what = error == null ? "no result" : error.getClass().getName();
        return new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "the adapter failed with " + what);
    }

    private static SendResult noAdapter(Outgoing row) {
        return new SendResult.Rejected(
                FailureCause.NOT_CAPABLE, Scope.CHANNEL, "this host has no adapter for " + row.channel());
    }

    private Envelope attempted(Outgoing row, Instant startedAt, SendResult result) {
        return received(
                row, new Attempted(row.message().id(), row.message().attempt(), startedAt, delivery.note(), result));
    }

    private static Envelope received(Outgoing row, Payload payload) {
        String id =
                name(payload) + "/" + row.message().id() + "/" + row.message().attempt();
        return new Envelope(row.contactPoint(), new Input.Received(id, payload), "", 0);
    }

    /** Not knowing an outcome has a name of its own, lest it hide the outcome where both come in one round. */
    private static String name(Payload payload) {
        return payload instanceof Attempted attempted && attempted.result() instanceof SendResult.Unknown
                ? "Unknown"
                : payload.getClass().getSimpleName();
    }
}
