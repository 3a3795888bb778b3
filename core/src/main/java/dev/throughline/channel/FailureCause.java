// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

/** Why a message was not accepted or not delivered; one closed list for every channel. */
public enum FailureCause {
    /** The address does not exist or is not of the provider's form. */
    BAD_ADDRESS,
    /** The address exists and cannot be reached now. */
    UNREACHABLE,
    /** The mailbox is full. */
    MAILBOX_FULL,
    /** The provider knows that the person has refused. */
    OPTED_OUT,
    /** The person has complained. */
    COMPLAINT,
    /** Refused by reputation, list or operator policy. */
    BLOCKED_POLICY,
    /** Refused for its content. */
    CONTENT_REFUSED,
    /** Larger than the provider takes. */
    TOO_LARGE,
    /** The sender is not known or not allowed there. */
    SENDER_NOT_ALLOWED,
    /** The credentials were refused. */
    AUTH,
    /** The account is empty. */
    BALANCE,
    /** A daily or monthly quota is used up. */
    QUOTA,
    /** Too fast. */
    THROTTLED,
    /** Not delivered within its validity. */
    EXPIRED,
    /** A conversation window of the provider is closed. */
    WINDOW_CLOSED,
    /** The adapter or recipient cannot carry this content. */
    NOT_CAPABLE,
    /** No connection, or a broken one. */
    NETWORK,
    /** The provider failed. */
    VENDOR_INTERNAL,
    /** Anything the adapter could not classify. */
    UNCLASSIFIED
}
