// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;

/** A message that is refused before anybody is dialled. Its words hold no personal data. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureCause cause;
    private final Scope scope;
    private final String detail;

    private Refusal(FailureCause cause, Scope scope, String detail) {
        super(detail, null, false, false);
        this.cause = cause;
        this.scope = scope;
        this.detail = detail;
    }

    static Refusal ofContent(String detail) {
        return new Refusal(FailureCause.CONTENT_REFUSED, Scope.MESSAGE, detail);
    }

    static Refusal ofKind(String detail) {
        return new Refusal(FailureCause.NOT_CAPABLE, Scope.MESSAGE, detail);
    }

    static Refusal ofAddress(String detail) {
        return new Refusal(FailureCause.BAD_ADDRESS, Scope.ADDRESS, detail);
    }

    static Refusal ofSender(String detail) {
        return new Refusal(FailureCause.SENDER_NOT_ALLOWED, Scope.SENDER, detail);
    }

    SendResult result() {
        return new SendResult.Rejected(cause, scope, detail);
    }

    String detail() {
        return detail;
    }

    /** A value of the host's set-up, fit for a message of one line. */
    static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}", "?");
    }

    static boolean hasControls(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }
}
