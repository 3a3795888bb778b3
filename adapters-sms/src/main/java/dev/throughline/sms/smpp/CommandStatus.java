// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.jsmpp.SMPPConstant.*;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.Locale;

/** What an SMSC means by a refusal (SMPP 3.4, 5.1.3). A negative answer says that the part was not taken. */
final class CommandStatus {

    private CommandStatus() {}

    static boolean isThrottling(int status) {
        return status == STAT_ESME_RTHROTTLED || status == STAT_ESME_RMSGQFUL;
    }

    static SendResult refusal(int status, Duration backoff) {
        String detail = words(status);
        return switch (status) {
            case STAT_ESME_RTHROTTLED, STAT_ESME_RMSGQFUL ->
                new SendResult.NotSent(FailureCause.THROTTLED, Scope.CHANNEL, backoff, detail);
            case STAT_ESME_RSYSERR, STAT_ESME_RSUBMITFAIL, STAT_ESME_RX_T_APPN, STAT_ESME_RSERTYPUNAVAIL ->
                new SendResult.NotSent(FailureCause.VENDOR_INTERNAL, Scope.MESSAGE, null, detail);
            case STAT_ESME_RBINDFAIL,
                    STAT_ESME_RINVPASWD,
                    STAT_ESME_RINVSYSID,
                    STAT_ESME_RSERTYPUNAUTH,
                    STAT_ESME_RINVBNDSTS -> new SendResult.NotSent(FailureCause.AUTH, Scope.CHANNEL, null, detail);
            default -> new SendResult.Rejected(cause(status), scope(status), detail);
        };
    }

    static FailureCause cause(int status) {
        return switch (status) {
            case STAT_ESME_RINVDSTADR, STAT_ESME_RINVDSTTON, STAT_ESME_RINVDSTNPI -> FailureCause.BAD_ADDRESS;
            case STAT_ESME_RINVSRCADR, STAT_ESME_RINVSRCTON, STAT_ESME_RINVSRCNPI -> FailureCause.SENDER_NOT_ALLOWED;
            case STAT_ESME_RINVMSGLEN -> FailureCause.TOO_LARGE;
            case STAT_ESME_RX_R_APPN -> FailureCause.CONTENT_REFUSED;
            case STAT_ESME_RPROHIBITED, STAT_ESME_RSERTYPDENIED -> FailureCause.BLOCKED_POLICY;
            case STAT_ESME_RINVEXPIRY -> FailureCause.EXPIRED;
            case STAT_ESME_RTHROTTLED, STAT_ESME_RMSGQFUL -> FailureCause.THROTTLED;
            case STAT_ESME_RINVDCS,
                    STAT_ESME_RINVESMCLASS,
                    STAT_ESME_RINVTLVSTREAM,
                    STAT_ESME_RTLVNOTALLWD,
                    STAT_ESME_RINVTLVLEN,
                    STAT_ESME_RINVTLVVAL -> FailureCause.NOT_CAPABLE;
            default -> FailureCause.UNCLASSIFIED;
        };
    }

    private static Scope scope(int status) {
        return switch (cause(status)) {
            case BAD_ADDRESS -> Scope.ADDRESS;
            case SENDER_NOT_ALLOWED -> Scope.SENDER;
            default -> Scope.MESSAGE;
        };
    }

    static String words(int status) {
        return String.format(Locale.ROOT, "SMPP status 0x%08x", status);
    }
}
