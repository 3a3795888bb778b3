// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.engine.Rows.PHONE;
import static dev.throughline.engine.Rows.id;
import static dev.throughline.engine.Rows.put;
import static dev.throughline.engine.Rows.row;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Approval;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Recalled;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.pool.RateLimit;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.store.Changes;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Exclusion.By;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The way out, and that nothing an adapter does keeps an outcome from coming back. */
class DispatcherTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final SendResult ACCEPTED = new SendResult.Accepted(List.of("ref"), null);

    private final MemoryStore store = new MemoryStore();
    private final List<Outbound> sent = new ArrayList<>();
    private final List<Duration> deadlines = new ArrayList<>();
    private long ticker;

    @Test
    void handsARowToItsAdapterAndTellsTheContactPoint() {
        Envelope told = send(dispatcher(Delivery.LIVE, this::accept), row("tea"));

        assertThat(sent).extracting(Outbound::id).containsExactly(id("tea"));
        assertThat(told.to()).isEqualTo(Key.of(PHONE));
        assertThat(told.input().id()).isEqualTo("Attempted/" + id("tea") + "/2");
        assertThat(payload(told)).isEqualTo(new Attempted(id("tea"), 2, NOW, "", ACCEPTED));
    }

    @Test
    void givesTheAdapterHalfTheLease() {
        send(dispatcher(Delivery.LIVE, this::accept), row("tea"));

        assertThat(deadlines).containsExactly(LEASE.dividedBy(2));
    }

    @Test
    void takesNoMoreThanTheProviderTakesInASecond() {
        var adapter = adapter(this::accept);
        var limited = new Outlet(
                List.of(adapter), Delivery.LIVE, LEASE, "host", Map.of(adapter.id(), RateLimit.perSecond(4)));
        var dispatcher = new Dispatcher(store, Map.of("sms", adapter), limited, () -> NOW, () -> ticker);
        put(store, row("tea"), row("cup"), row("pot"));

        assertThat(dispatcher.take(Map.of("sms", 8)).rows()).hasSize(1);
        var early = dispatcher.take(Map.of("sms", 8));
        ticker = Duration.ofMillis(250).toNanos();
        var later = dispatcher.take(Map.of("sms", 8));

        assertThat(early.rows()).isEmpty();
        assertThat(later.rows()).hasSize(1);
    }

    @Test
    void callThatWouldBeginAfterHalfALeaseIsNotMade() {
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);
        ticker = LEASE.dividedBy(2).toNanos() + 1;

        SendResult result = result(send(dispatcher, row("tea")));

        assertThat(sent).isEmpty();
        assertThat(result)
                .isEqualTo(new SendResult.NotSent(
                        FailureCause.UNCLASSIFIED,
                        Scope.MESSAGE,
                        null,
                        "this host stood still for half a lease before the call"));
    }

    @Test
    void callThatBeginsAtHalfALeaseIsMade() {
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);
        ticker = LEASE.dividedBy(2).toNanos();

        assertThat(result(send(dispatcher, row("tea")))).isEqualTo(ACCEPTED);
    }

    @Test
    void adapterThatThrowsLeavesUsNotKnowing() {
        unknown("the adapter failed with java.lang.IllegalStateException", (message, deadline) -> {
            throw new IllegalStateException("to +84900000001");
        });
    }

    @Test
    void adapterWhoseClassesAreMissingLeavesUsNotKnowing() {
        unknown("the adapter failed with java.lang.NoClassDefFoundError", (message, deadline) -> {
            throw new NoClassDefFoundError("com/provider/Client");
        });
    }

    @Test
    void adapterThatReturnsNullLeavesUsNotKnowing() {
        unknown("the adapter failed with java.lang.NullPointerException", (message, deadline) -> null);
    }

    @Test
    void adapterThatCompletesWithNothingLeavesUsNotKnowing() {
        unknown("the adapter failed with no result", (message, deadline) -> CompletableFuture.completedFuture(null));
    }

    @Test
    void adapterThatCompletesWithAnErrorLeavesUsNotKnowing() {
        unknown(
                "the adapter failed with java.io.IOException",
                (message, deadline) -> CompletableFuture.failedFuture(new IOException("reset")));
    }

    @Test
    void adapterThatNeverAnswersLeavesUsNotKnowingWhenTheLeaseEnds() {
        var lease = Duration.ofMillis(40);
        var dispatcher = dispatcher(Delivery.LIVE, lease, (message, deadline) -> new CompletableFuture<>());

        assertThat(result(send(dispatcher, row("tea"))))
                .isEqualTo(new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "the adapter did not answer"));
    }

    @Test
    void notKnowingDoesNotHideTheOutcomeThatIsOnItsWay() {
        Envelope known = send(dispatcher(Delivery.LIVE, this::accept), row("tea"));
        Envelope unknown = send(dispatcher(Delivery.LIVE, (message, deadline) -> null), row("code"));

        assertThat(known.input().id()).isEqualTo("Attempted/" + id("tea") + "/2");
        assertThat(unknown.input().id()).isEqualTo("Unknown/" + id("code") + "/2");
    }

    @Test
    void channelWithoutAnAdapterIsRejected() {
        var dispatcher = new Dispatcher(store, Map.of(), outlet(Delivery.LIVE, LEASE), () -> NOW, () -> ticker);

        assertThat(result(send(dispatcher, row("tea"))))
                .isEqualTo(new SendResult.Rejected(
                        FailureCause.NOT_CAPABLE, Scope.CHANNEL, "this host has no adapter for sms"));
    }

    // Delivery modes.

    @Test
    void recordingCallsNobodyAndSaysSo() {
        Envelope told = send(dispatcher(Delivery.RECORD, this::accept), row("tea"));

        assertThat(sent).isEmpty();
        assertThat(payload(told))
                .isEqualTo(new Attempted(id("tea"), 2, NOW, "RECORD", new SendResult.Accepted(List.of(), null)));
    }

    @Test
    void onlySomeAddressesAreWrittenTo() {
        Envelope told = send(dispatcher(Delivery.only(Address.phone("+84900000002")), this::accept), row("tea"));

        assertThat(sent).isEmpty();
        assertThat(payload(told)).isEqualTo(new Recalled(id("tea"), 2, Recalled.Why.DELIVERY_MODE, "ONLY"));
    }

    @Test
    void allowedAddressesAreWrittenTo() {
        Envelope told = send(dispatcher(Delivery.only(PHONE), this::accept), row("tea"));

        assertThat(sent).extracting(Outbound::to).containsExactly(PHONE);
        assertThat(((Attempted) payload(told)).note()).isEqualTo("ONLY");
    }

    @Test
    void redirectedMessagesKeepEverythingButTheAddress() {
        var tester = Address.phone("+84900000009");
        var row = row("tea");

        send(dispatcher(Delivery.redirectTo(tester), this::accept), row);

        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(message.to()).isEqualTo(tester);
            assertThat(message).usingRecursiveComparison().ignoringFields("to").isEqualTo(row.message());
        });
    }

    @Test
    void messageThatHasNobodyToBeRedirectedToIsSkipped() {
        var mailOnly = Delivery.redirectTo(Address.email("tester@example.com"));

        assertThat(payload(send(dispatcher(mailOnly, this::accept), row("tea"))))
                .isEqualTo(new Recalled(id("tea"), 2, Recalled.Why.DELIVERY_MODE, "REDIRECT"));
    }

    // What is taken, and what goes back.

    @Test
    void takesAsManyRowsAsThereAreSlotsUrgentOnesFirst() {
        put(store, row("a"), row("b"), row("code", MessageClass.ONE_TIME_CODE, NOW.plusSeconds(60)));

        var taken =
                dispatcher(Delivery.LIVE, this::accept).take(Map.of("sms", 2)).rows();

        assertThat(taken).hasSize(2);
        assertThat(taken.get(0).message().id()).isEqualTo(id("code"));
    }

    @Test
    void takesNoRowTwice() {
        put(store, row("a"));
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);

        assertThat(dispatcher.take(Map.of("sms", 8)).rows()).hasSize(1);
        assertThat(dispatcher.take(Map.of("sms", 8)).rows()).isEmpty();
    }

    @Test
    void rowWhoseTicketHasRunOutGoesBack() {
        put(store, row("late", MessageClass.SERVICE, NOW), row("young", MessageClass.SERVICE, NOW.plusNanos(1)));
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);

        assertThat(dispatcher.recalls())
                .extracting(DispatcherTest::payload)
                .containsExactly(new Recalled(id("late"), 2, Recalled.Why.OVERDUE, ""));
        assertThat(dispatcher.take(Map.of("sms", 8)).rows())
                .extracting(taken -> taken.message().id())
                .containsExactly(id("young"));
    }

    @Test
    void heldRowsStayWhereTheyAre() {
        put(store, row("tea"));
        thrown(new Exclusion(By.CAMPAIGN, "campaign"), KillSwitch.Mode.HOLD);
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);

        assertThat(dispatcher.take(Map.of("sms", 8)).rows()).isEmpty();
        assertThat(dispatcher.recalls()).isEmpty();
    }

    @Test
    void droppedRowsGoBackWithWhoAndWhy() {
        put(store, row("tea"), row("code", MessageClass.ONE_TIME_CODE, NOW.plusSeconds(60)));
        thrown(new Exclusion(By.CLASS, "MARKETING"), KillSwitch.Mode.DROP);
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);

        assertThat(dispatcher.recalls())
                .extracting(DispatcherTest::payload)
                .containsExactly(new Recalled(id("tea"), 2, Recalled.Why.KILL_SWITCH, "Lan: wrong price"));
        assertThat(dispatcher.take(Map.of("sms", 8)).rows()).hasSize(1);
    }

    @Test
    void rowWhoseApprovalWasWithdrawnGoesBackUnsent() {
        approval(new Approval("hash", "tea", "Ann", "read it", NOW).settings());
        put(store, approved(row("tea"), "hash"));
        approval(new Approval("hash", "tea", "Lan", "wrong price", NOW).withdrawal());

        assertThat(sentOne())
                .isEqualTo(new Recalled(id("tea"), 2, Recalled.Why.APPROVAL_WITHDRAWN, "Lan: wrong price"));
        assertThat(sent).isEmpty();
    }

    @Test
    void rowThatIsApprovedIsSent() {
        approval(new Approval("hash", "tea", "Ann", "read it", NOW).settings());
        put(store, approved(row("tea"), "hash"));

        assertThat(sentOne()).isInstanceOf(Attempted.class);
        assertThat(sent).hasSize(1);
    }

    private Payload sentOne() {
        var dispatcher = dispatcher(Delivery.LIVE, this::accept);
        var taken = dispatcher.take(Map.of("sms", 8));
        return payload(dispatcher
                .send(taken.rows().get(0), taken)
                .toCompletableFuture()
                .join());
    }

    private static Outgoing approved(Outgoing row, String hash) {
        return new Outgoing(
                row.message(),
                row.channel(),
                row.contactPoint(),
                row.customer(),
                row.campaign(),
                row.since(),
                row.sendBefore(),
                hash);
    }

    private void approval(Map<String, String> settings) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            changes.settings().putAll(settings);
            unit.commit(changes);
        }
    }

    private void unknown(String detail, BiFunction<Outbound, Duration, CompletionStage<SendResult>> adapter) {
        assertThat(result(send(dispatcher(Delivery.LIVE, adapter), row("tea"))))
                .isEqualTo(new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), detail));
    }

    private void thrown(Exclusion exclusion, KillSwitch.Mode mode) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            changes.settings().putAll(new KillSwitch(exclusion, mode, "Lan", "wrong price", NOW).settings());
            unit.commit(changes);
        }
    }

    private CompletionStage<SendResult> accept(Outbound message, Duration deadline) {
        sent.add(message);
        deadlines.add(deadline);
        return CompletableFuture.completedFuture(ACCEPTED);
    }

    private static Envelope send(Dispatcher dispatcher, Outgoing row) {
        return dispatcher.send(row, 0).toCompletableFuture().join();
    }

    private static Payload payload(Envelope envelope) {
        return ((Input.Received) envelope.input()).payload();
    }

    private static SendResult result(Envelope envelope) {
        return ((Attempted) payload(envelope)).result();
    }

    private Dispatcher dispatcher(
            Delivery delivery, BiFunction<Outbound, Duration, CompletionStage<SendResult>> adapter) {
        return dispatcher(delivery, LEASE, adapter);
    }

    private Dispatcher dispatcher(
            Delivery delivery, Duration lease, BiFunction<Outbound, Duration, CompletionStage<SendResult>> adapter) {
        return new Dispatcher(store, Map.of("sms", adapter(adapter)), outlet(delivery, lease), () -> NOW, () -> ticker);
    }

    private static Outlet outlet(Delivery delivery, Duration lease) {
        return new Outlet(List.of(), delivery, lease, "host");
    }

    private static ChannelAdapter adapter(BiFunction<Outbound, Duration, CompletionStage<SendResult>> send) {
        return new ChannelAdapter() {
            @Override
            public String id() {
                return "test";
            }

            @Override
            public Channel channel() {
                return SMS;
            }

            @Override
            public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
                return send.apply(message, deadline);
            }
        };
    }
}
