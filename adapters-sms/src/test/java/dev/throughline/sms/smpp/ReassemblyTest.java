// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.sms.Segments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;

class ReassemblyTest {

    private final List<String> incomplete = new CopyOnWriteArrayList<>();
    private final Reassembly reassembly =
            new Reassembly(Duration.ofMinutes(1), (way, text) -> incomplete.add(way.from() + ": " + text));

    @Test
    void joinsWhatWasCutInAnyOrderAndWithRepetitions() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var segments =
                    Segments.of("ab €{ếđ🎉".substring(0, 3 + random.nextInt(6)).repeat(20 + random.nextInt(30)));
            var order = new ArrayList<Integer>();
            for (int i = 0; i < segments.count(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            int last = order.remove(order.size() - 1);
            order.addAll(List.copyOf(order));

            for (int part : order) {
                assertThat(add(segments, part, (int) seed)).as("seed %s", seed).isEmpty();
            }
            assertThat(add(segments, last, (int) seed)).as("seed %s", seed).contains(String.join("", segments.parts()));
        }
    }

    private Optional<String> add(Segments segments, int part, int reference) {
        var pdu = new DeliverSm();
        if (segments.count() > 1) {
            pdu.setUdhi();
        }
        pdu.setDataCoding((byte) (segments.encoding() == Segments.Encoding.UCS_2 ? 8 : 0));
        pdu.setShortMessage(segments.userData(part, reference));
        return reassembly.add("84901234567", "8088", UserData.of(pdu));
    }

    @Test
    void joinsPartsThatAreNumberedByParameters() {
        assertThat(reassembly.add("1", "2", sar("TC ", 1))).isEmpty();
        assertThat(reassembly.add("1", "2", sar("SHOP", 2))).contains("TC SHOP");
    }

    @Test
    void keepsMessagesOfTwoPeopleApart() {
        assertThat(reassembly.add("1", "2", sar("TC ", 1))).isEmpty();
        assertThat(reassembly.add("3", "2", sar("SHOP", 2))).isEmpty();
    }

    private static UserData sar(String text, int number) {
        var pdu = new DeliverSm();
        pdu.setDataCoding((byte) 1);
        pdu.setShortMessage(text.getBytes(StandardCharsets.US_ASCII));
        pdu.setOptionalParameters(
                new OptionalParameter.Sar_msg_ref_num((short) 300),
                new OptionalParameter.Sar_total_segments((byte) 2),
                new OptionalParameter.Sar_segment_seqnum((byte) number));
        return UserData.of(pdu);
    }

    @Test
    void readsReferencesOfTwoOctets() {
        var pdu = new DeliverSm();
        pdu.setUdhi();
        pdu.setShortMessage(new byte[] {6, 8, 4, 1, 44, 2, 1, 'T'});

        assertThat(UserData.of(pdu).place()).isEqualTo(new UserData.Place(300, 2, 1));
    }

    @Test
    void handsOnWhatCameOfAMessageWhoseRestNeverComes() {
        var impatient = new Reassembly(Duration.ofMillis(50), (way, text) -> incomplete.add(way.from() + ": " + text));

        impatient.add("84901234567", "8088", sar("STOP please", 1));

        await().untilAsserted(() -> assertThat(incomplete).containsExactly("84901234567: STOP please"));
    }

    @Test
    void isBounded() {
        for (int person = 0; person < 1_100; person++) {
            reassembly.add("849" + person, "8088", sar("half", 1));
        }

        assertThat(incomplete).hasSize(100).first().isEqualTo("8490: half");
    }
}
