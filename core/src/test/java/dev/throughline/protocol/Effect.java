// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** What a step wants done; everything but the question of {@link Ask} commits together with the state. */
sealed interface Effect {
    record Tell(Key to, Input input) implements Effect {}

    /** Sets or moves the one timer of this name. */
    record SetTimer(String timer, long due) implements Effect {}

    /** Asks a port; the question is not durable and may never be answered. */
    record Ask(String message, int round) implements Effect {}

    record Enqueue(Outbox.Row row) implements Effect {}

    /** Takes a row back unless it is SENDING; the outbox answers with the row's outcome, now or later. */
    record Withdraw(String message, int round) implements Effect {}

    record RecordVerdict(String message, Verdict verdict) implements Effect {}

    /** Drops the outbox row of a message that is over. */
    record Forget(String message) implements Effect {}
}
