// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;

/** A plain client of the SMPP library, as an SMSC sees one. */
final class SmscClient implements AutoCloseable {

    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Duration IMPATIENT = Duration.ofMillis(500);

    private static final byte UDHI = 0x40;

    final BlockingQueue<DeliverSm> delivered = new LinkedBlockingQueue<>();
    private final SMPPSession session = new SMPPSession();

    SmscClient(int port, BindType type) throws Exception {
        session.setMessageReceiverListener(new Deliveries());
        waitForAnswers(PATIENT);
        session.setEnquireLinkTimer(30_000);
        session.connectAndBind("127.0.0.1", port, bind(type));
    }

    String send(String messageId, String text) throws Exception {
        return submit(messageId, 0, 0, gsm(text));
    }

    String sendWantingReceipt(String messageId, String text) throws Exception {
        return submit(messageId, 0, 1, gsm(text));
    }

    void sendInTwoParts(String messageId, int reference, List<String> texts) throws Exception {
        for (int i = 0; i < texts.size(); i++) {
            var header = new byte[] {5, 0, 3, (byte) reference, (byte) texts.size(), (byte) (i + 1)};
            var text = gsm(texts.get(i));
            var octets =
                    ByteBuffer.allocate(header.length + text.length).put(header).put(text);
            submit(messageId, UDHI, 0, octets.array());
        }
    }

    /** How long to wait for each answer from now on; the library waits as long when the session has ended meanwhile. */
    void waitForAnswers(Duration patience) {
        session.setTransactionTimer(patience.toMillis());
    }

    boolean isBound() {
        return session.getSessionState().isBound();
    }

    @Override
    public void close() {
        waitForAnswers(IMPATIENT);
        session.unbindAndClose();
    }

    private String submit(String messageId, int esmClass, int receipt, byte[] octets) throws Exception {
        var parameters = new ArrayList<OptionalParameter>();
        if (!messageId.isEmpty()) {
            parameters.add(new OptionalParameter.OctetString(SmscServer.MESSAGE_ID_TAG, messageId));
        }
        return session.submitShortMessage(
                        "",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        "SHOP",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "84570017850",
                        new ESMClass(esmClass),
                        (byte) 0,
                        (byte) 0,
                        null,
                        null,
                        new RegisteredDelivery(receipt),
                        (byte) 0,
                        new RawDataCoding((byte) 0),
                        (byte) 0,
                        octets,
                        parameters.toArray(OptionalParameter[]::new))
                .getMessageId();
    }

    /** Enough of GSM 03.38 for these tests: letters stand where ASCII has them, square brackets in the extension table. */
    private static byte[] gsm(String text) {
        return text.replace("[", "\u001b<").replace("]", "\u001b>").getBytes(StandardCharsets.US_ASCII);
    }

    private static BindParameter bind(BindType type) {
        return new BindParameter(
                type, "host", "secret", "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null);
    }

    private final class Deliveries implements MessageReceiverListener {

        @Override
        public void onAcceptDeliverSm(DeliverSm deliverSm) {
            delivered.add(deliverSm);
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alertNotification) {}

        @Override
        public DataSmResult onAcceptDataSm(DataSm dataSm, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("unexpected", 8);
        }
    }
}
