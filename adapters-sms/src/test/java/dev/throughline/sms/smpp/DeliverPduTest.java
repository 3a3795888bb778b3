// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliverPduTest {

    private static final String SOUND = "0000002f000000050000000000000001" + "00" + "0101383400" + "000038303800"
            + "000000" + "0000" + "00000000" + "0454455354" + "0427000102";

    @Test
    void leavesASoundPduAsItIs() {
        assertThat(whole(SOUND)).isEqualTo(SOUND);
    }

    @Test
    void cutsAParameterThatReachesBeyondTheEnd() {
        assertThat(whole(SOUND + "001e00413330")).isEqualTo(SOUND);
        assertThat(whole(SOUND + "001e")).isEqualTo(SOUND);
    }

    @Test
    void leavesABrokenMandatoryPartToTheLibrary() {
        String broken = SOUND.replace("0454455354", "7f54455354");

        assertThat(whole(broken)).isEqualTo(broken);
    }

    @Test
    void readsWhateverItIsSent() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            byte[] pdu = new byte[16 + random.nextInt(80)];
            random.nextBytes(pdu);

            assertThat(DeliverPdu.whole(pdu).length).as("seed %s", seed).isBetween(0, pdu.length);
        }
    }

    private static String whole(String hex) {
        return HexFormat.of().formatHex(DeliverPdu.whole(HexFormat.of().parseHex(hex)));
    }
}
