// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** A rule of the table left out, or a rule of an earlier draft put back in; each must break a law. */
enum Mutation {
    NONE,
    /** A cancel for an unknown message is dropped. */
    CANCEL_NOT_REMEMBERED,
    /** A cancel writes its verdict without waiting for the outbox to say whether the row was SENDING. */
    CANCEL_SETTLES_AT_ONCE,
    /** Denies are not checked again when the pools have answered. */
    DENIES_NOT_CHECKED_AGAIN,
    /** STOP leaves rows that are enqueued already. */
    STOP_LEAVES_ROWS,
    /** Releasing a cap slot removes the newest one, whoever's it is. */
    SLOT_WITHOUT_MESSAGE_ID,
    /** A cap slot counts its 24 hours from the decision, not from the answer. */
    SLOT_AGES_FROM_DECISION,
    /** Every class resends on UNKNOWN. */
    RESEND_ON_UNKNOWN,
    /** An expired lease is taken as not sent. */
    LEASE_MEANS_NOT_SENT,
    /** UNKNOWN gives slot and pool quantity back. */
    RELEASE_ON_UNKNOWN,
    /** A resend that was rejected, cancelled or has expired decides the verdict though the first attempt may have been sent. */
    DOUBT_FORGOTTEN,
    /** The outbox's answer counts for whatever round is open. */
    RESULT_WITHOUT_ROUND,
    /** A receipt that overtakes the answer of the outbox is dropped. */
    EARLY_RECEIPT_DROPPED,
    /** SENDING takes rows whose customer has a pending inbox row. */
    GATE_IGNORES_CUSTOMER,
    /** SENDING takes rows whose contact point has an undelivered message. */
    GATE_IGNORES_CONTACT_POINT,
    /** The gate looks at the inbox of the customer who planned, not of the survivor of her merges. */
    GATE_IGNORES_MERGES,
    /** SENDING does not read the kill switch. */
    GATE_IGNORES_KILL_SWITCH,
    /** Rows are taken past sendBefore. */
    ROWS_NEVER_LAPSE,
    /** The allowed hours end without a guard for the time between SENDING and the wire. */
    NO_GUARD_AT_WINDOW_END,
    /** A worker that stalled calls the provider however old its lease is. */
    STALLED_WORKER_CALLS,
    /** Settled messages are forgotten at once. */
    FORGET_AT_ONCE,
    /** A forget timer that fires late (after an outage) forgets all the same. */
    FORGET_AFTER_OUTAGE,
    /** Any plan answers a confirmation, whatever its round. */
    PLAN_WITHOUT_ROUND,
    /** A pool's answer counts for whatever round is open. */
    HELD_WITHOUT_ROUND,
    /** An answer that nobody waits for is ignored instead of released. */
    STRAY_HELD_IGNORED,
    /** A pool that asks again about a token which was given back is told to release it. */
    RETURNED_TOKEN_RELEASED,
    /** A pool takes a hold back by itself when it expires. */
    POOL_EXPIRES_HOLDS,
    /** A pool knows holds by message id instead of by a token of its own, and forgets them when they end. */
    POOL_WITHOUT_TOKENS,
    /** A repeated give-back gives back again. */
    GIVE_BACK_TWICE,
    /** The customer lets a late UNKNOWN overwrite its correction. */
    LAST_SETTLED_WINS,

    // Rules that only matter when a message is lost for good.

    /** The customer does not plan again when no verdict has come by the end of the validity. */
    CUSTOMER_ASKS_ONCE(true),
    /** A pool does not ask again for a hold that expired. */
    POOL_ASKS_ONCE(true),
    /** The contact point does not ask the outbox for an answer that is overdue. */
    OUTBOX_ASKED_ONCE(true);

    final boolean lossy;

    Mutation() {
        this(false);
    }

    Mutation(boolean lossy) {
        this.lossy = lossy;
    }
}
