// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

/** Why a check said what it said, or why a message has its verdict. Each has a text in every language that {@link Reasons} knows. */
public enum Reason {
    /** No rule says anything about it. */
    NO_RULE,
    /** Promotional content made the message an advertisement. */
    CLASS_UPGRADED,
    /** The message is worded in a language of its own. */
    WORDED,
    /** Somebody has approved the message as it is. */
    APPROVED,
    /** Nobody has approved the message as it is. */
    NOT_APPROVED,
    /** The approval was withdrawn while the message lay in the outbox. */
    APPROVAL_WITHDRAWN,
    /** Somebody of the shop has asked to see the message. */
    PROOF,
    /** The address is on no suppression list. */
    NOT_SUPPRESSED,
    /** The address is on the suppression list. */
    SUPPRESSED,
    /** The data of the address's holder were erased. */
    ERASED,
    /** A reply that may be a refusal waits to be read. */
    PAUSED_FOR_REVIEW,
    /** The address is not on the registry. */
    NOT_LISTED,
    /** The address is on the registry. */
    REGISTERED_DO_NOT_CALL,
    /** The address is on the registry, and a proven consent outranks it. */
    REGISTRY_OVERRIDDEN,
    /** The registry could not be asked. */
    REGISTRY_UNAVAILABLE,
    /** What is known of the registry is too old. */
    REGISTRY_STALE,
    /** The recipient is old enough, or the age is unknown and that is allowed. */
    AGE_OK,
    /** The recipient's age is unknown. */
    AGE_UNKNOWN,
    /** A minor's guardian has not consented. */
    GUARDIAN_CONSENT,
    /** A minor's guardian has consented, the child has not. */
    CHILD_CONSENT,
    /** Messages of this class need no consent. */
    NO_CONSENT_NEEDED,
    /** A consent covers it. */
    CONSENT_IN_FORCE,
    /** Nobody has objected, and that is enough. */
    NOT_OBJECTED,
    /** No consent covers it. */
    NO_CONSENT,
    /** The consent was taken back. */
    WITHDRAWN,
    /** Consent was refused. */
    REFUSED,
    /** The use was objected to. */
    OBJECTED,
    /** A request for consent stayed without an answer, which counts as a no. */
    BARRED,
    /** The consent was brought in from a list that proves nothing. */
    IMPORTED_UNPROVEN,
    /** The consent's evidence lacks what the law wants. */
    EVIDENCE_INCOMPLETE,
    /** The consent waits for its confirmation. */
    UNCONFIRMED,
    /** What proves the consent was done on another channel, which proves nothing about this one. */
    EVIDENCE_CHANNEL,
    /** The consent rests on something that the law does not accept here. */
    BASIS_NOT_ACCEPTED,
    /** The consent's time is over. */
    CONSENT_EXPIRED,
    /** The consent was ended without the person's doing. */
    CONSENT_ENDED,
    /** The consent counts from later on. */
    CONSENT_NOT_YET,
    /** The consent should be confirmed again. */
    RECONFIRM_DUE,
    /** Consent was asked for before, as often as allowed. */
    REQUESTED_BEFORE,
    /** No consent waits to be confirmed, so that nobody may be asked to. */
    NOTHING_TO_CONFIRM,
    /** A request for consent is on its way to the address. */
    REQUEST_UNDER_WAY,
    /** Consent may be asked for. */
    REQUEST_ALLOWED,
    /** The sender fulfils what is asked of it. */
    SENDER_OK,
    /** The brand has no sender on this channel. */
    NO_SENDER,
    /** The sender is of a kind that is not allowed. */
    SENDER_KIND,
    /** The sender is not registered. */
    SENDER_UNREGISTERED,
    /** The sender's registration is over. */
    SENDER_EXPIRED,
    /** The label stands where it must. */
    LABEL_PRESENT,
    /** The label was put first. */
    LABEL_ADDED,
    /** The label stood elsewhere and was put first. */
    LABEL_MOVED,
    /** The content is of a kind that takes no label. */
    LABEL_IMPOSSIBLE,
    /** How to refuse is told already. */
    FOOTER_PRESENT,
    /** How to refuse was added at the end. */
    FOOTER_ADDED,
    /** Something in the mail is never closed, or hides the page, and could hide how to refuse. */
    FOOTER_UNSEEN,
    /** Who is calling was put first. */
    OPENING_ADDED,
    /** The brand names no such way to refuse. */
    OPT_OUT_MEANS_MISSING,
    /** The brand names no postal address. */
    POSTAL_ADDRESS_MISSING,
    /** The message is charged for and does not say its price. */
    PRICE_MISSING,
    /** The mail has no page for unsubscribing. */
    UNSUBSCRIBE_MISSING,
    /** The local time is within the allowed hours. */
    IN_HOURS,
    /** The local time is outside the allowed hours. */
    OUTSIDE_HOURS,
    /** The allowed hours end too soon for a message to arrive in time. */
    WINDOW_GUARD,
    /** The hours that all rules allow never meet. */
    NO_HOURS,
    /** The person agreed to messages outside the hours. */
    TIME_AGREED,
    /** It is a day on which the rule lets nothing leave. */
    HOLIDAY,
    /** The recipient's zone is unknown; the brand's is used. */
    ZONE_ASSUMED,
    /** The recipient's zone is unknown; all that the number or the country stands for must allow it. */
    ZONE_PRESUMED,
    /** The cap is not reached. */
    UNDER_CAP,
    /** The cap is reached. */
    CAP_REACHED,
    /** The person agreed to more messages than the cap. */
    FREQUENCY_AGREED,
    /** Opens and clicks are not recorded. */
    TRACKING_OFF,
    /** The customer has no address on the channel. */
    NO_ADDRESS,
    /** The address cannot be used. */
    ADDRESS_BAD,
    /** There is no adapter for the channel. */
    NO_ADAPTER,
    /** The customer has left the journey. */
    JOURNEY_EXITED,
    /** The journey is over. */
    JOURNEY_ENDED,
    /** The campaign is paused. */
    JOURNEY_PAUSED,
    /** The campaign was stopped. */
    JOURNEY_STOPPED,
    /** The customer is in the control group. */
    HOLDOUT,
    /** A kill switch is thrown. */
    KILL_SWITCH,
    /** A shared quantity is used up. */
    POOL_EMPTY,
    /** A share of a shared quantity is held. */
    POOL_HELD,
    /** What the message costs is not known in the budget's currency. */
    PRICE_UNKNOWN,
    /** The queue of the adapter is full. */
    QUEUE_FULL,
    /** The message's validity is over. */
    EXPIRED,
    /** It lay in the outbox until its decision was too old. */
    LAPSED,
    /** The attempt surely failed and is repeated. */
    RETRY,
    /** The template decided not to be sent. */
    ABORTED,
    /** The content could not be made. */
    RENDER_FAILED,
    /** The provider accepted the message. */
    SENT,
    /** The delivery mode does not let it out. */
    DELIVERY_MODE,
    /** The message may or may not have been sent. */
    UNKNOWN_OUTCOME,
    /** The provider refused the message. */
    REJECTED,
    /** The store belongs to another environment. */
    ENVIRONMENT,
    /** The address belongs to another customer now. */
    HOLDER_CHANGED,
    /** Nobody has answered on the channel before. */
    NO_RESPONSE,
    /** The channel before could not deliver. */
    UNDELIVERABLE,
    /** The message was called off. */
    CANCELLED,
    /** The customer's step no longer wants what was deferred. */
    CONFIRMED_DEAD,
    /** The channel cannot carry the content. */
    NOT_CAPABLE,
    /** An unknown outcome became known. */
    CONFIRMED_LATER,
    /** The provider was asked what became of a message. */
    LOOKED_UP
}
