// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.SendResult.NotSent;
import dev.throughline.channel.SendResult.Rejected;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommandStatusTest {

    private static final Duration PAUSE = Duration.ofSeconds(4);

    @Test
    void waitsWhereTheCentreIsBusy() {
        assertThat(refusal(0x14))
                .isEqualTo(new NotSent(FailureCause.THROTTLED, Scope.CHANNEL, PAUSE, "SMPP status 0x00000014"));
        assertThat(refusal(0x08))
                .isEqualTo(new NotSent(FailureCause.VENDOR_INTERNAL, Scope.MESSAGE, null, "SMPP status 0x00000008"));
    }

    @Test
    void tellsWhoIsToBlame() {
        assertThat(refusal(0x0a))
                .isEqualTo(new Rejected(FailureCause.SENDER_NOT_ALLOWED, Scope.SENDER, "SMPP status 0x0000000a"));
        assertThat(refusal(0x01))
                .isEqualTo(new Rejected(FailureCause.TOO_LARGE, Scope.MESSAGE, "SMPP status 0x00000001"));
        assertThat(refusal(0x0f))
                .isEqualTo(new NotSent(FailureCause.AUTH, Scope.CHANNEL, null, "SMPP status 0x0000000f"));
        assertThat(refusal(0xc1))
                .isEqualTo(new Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, "SMPP status 0x000000c1"));
    }

    @Test
    void takesACodeOfTheVendorAsARefusalOfThisMessage() {
        assertThat(refusal(0x400))
                .isEqualTo(new Rejected(FailureCause.UNCLASSIFIED, Scope.MESSAGE, "SMPP status 0x00000400"));
    }

    private static SendResult refusal(int status) {
        return CommandStatus.refusal(status, PAUSE);
    }

    @Test
    void writesValidityAsAMomentOrASpan() {
        assertThat(Validity.until(Instant.parse("2026-11-23T22:05:09Z"))).isEqualTo("261123220509000+");
        assertThat(Validity.lasting(Duration.ofHours(26).plusSeconds(61))).isEqualTo("000001020101000R");
        assertThat(Validity.lasting(Duration.ofDays(400))).isEqualTo("000099000000000R");
    }
}
