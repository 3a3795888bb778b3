// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.throughline.examples.servers.Submission.Part;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.Test;

class UserDataTest {

    @Test
    void readsAnUndividedText() {
        assertThat(UserData.of(submission(0, "4869"))).isEqualTo(new UserData(Part.WHOLE, "Hi"));
    }

    @Test
    void readsAHeaderWithAnEightBitReference() {
        assertThat(UserData.of(withHeader(0, "050003AB0302" + "4869")))
                .isEqualTo(new UserData(new Part(0xab, 3, 2), "Hi"));
    }

    @Test
    void readsAHeaderWithASixteenBitReference() {
        assertThat(UserData.of(withHeader(0, "060804ABCD0302" + "4869")))
                .isEqualTo(new UserData(new Part(0xabcd, 3, 2), "Hi"));
    }

    @Test
    void passesOverOtherElementsOfTheHeader() {
        // Application ports (05) before the parts, national language (25) after them.
        assertThat(UserData.of(withHeader(0, "0E" + "050415810000" + "0003070201" + "250101" + "4869")))
                .isEqualTo(new UserData(new Part(7, 2, 1), "Hi"));
    }

    @Test
    void ignoresAPlaceThatMakesNoSense() {
        assertThat(UserData.of(withHeader(0, "050003AB0304" + "4869")).part()).isEqualTo(Part.WHOLE);
        assertThat(UserData.of(withHeader(0, "050003AB0300" + "4869")).part()).isEqualTo(Part.WHOLE);
    }

    @Test
    void readsTheSarParameters() {
        var submission = submission(0, "4869");
        submission.setOptionalParameters(
                new OptionalParameter.Sar_msg_ref_num((short) 0xfffe),
                new OptionalParameter.Sar_total_segments((byte) 200),
                new OptionalParameter.Sar_segment_seqnum((byte) 199));

        assertThat(UserData.of(submission)).isEqualTo(new UserData(new Part(0xfffe, 200, 199), "Hi"));
    }

    @Test
    void readsAPayloadInsteadOfTheShortMessage() {
        var submission = submission(8, "");
        submission.setOptionalParameters(
                new OptionalParameter.Message_payload("Giỏ hàng".getBytes(StandardCharsets.UTF_16BE)));

        assertThat(UserData.of(submission)).isEqualTo(new UserData(Part.WHOLE, "Giỏ hàng"));
    }

    @Test
    void decodesByTheDataCoding() {
        assertThat(UserData.of(submission(0x00, "00" + "1B65")).text()).isEqualTo("@€");
        assertThat(UserData.of(submission(0x01, "40")).text()).isEqualTo("@");
        assertThat(UserData.of(submission(0x03, "E9")).text()).isEqualTo("é");
        assertThat(UserData.of(submission(0x08, "1ECF")).text()).isEqualTo("ỏ");
        assertThat(UserData.of(submission(0xf1, "00")).text()).isEqualTo("@");
    }

    @Test
    void keepsHalfASurrogatePairForTheJoin() {
        var first = UserData.of(withHeader(8, "050003010201" + "D83D")).text();
        var second = UserData.of(withHeader(8, "050003010202" + "DE00")).text();

        assertThat(first + second).isEqualTo("😀");
    }

    @Test
    void refusesAHeaderThatIsLongerThanTheData() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserData.of(withHeader(0, "050003AB")))
                .withMessage("a user data header of 5 octets, where 3 are left");
    }

    private static SubmitSm withHeader(int coding, String hex) {
        var submission = submission(coding, hex);
        submission.setUdhi();
        return submission;
    }

    private static SubmitSm submission(int coding, String hex) {
        var submission = new SubmitSm();
        submission.setDataCoding((byte) coding);
        submission.setShortMessage(HexFormat.of().parseHex(hex));
        return submission;
    }
}
