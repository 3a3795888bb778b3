// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/**
 * A real SMSC in this process: it speaks SMPP 3.4 on a free port of the loopback interface, lets every client bind as
 * transmitter, receiver or both, takes every message, stamps it with the given clock, joins the parts of long messages and
 * delivers nothing.
 *
 * <p>It sends receipts and inbound messages when asked to, and can be told to misbehave as an SMSC does: {@link #answering}
 * per submission, {@link #downBetween} by its clock, {@link #dropSessions()}. Safe for many threads and sessions; the
 * submissions of one session are handled and answered in the order in which they were sent.
 */
public final class SmscServer implements AutoCloseable {

    /** The vendor TLV (octet string, ASCII) in which a sender names its own message id, so that runs can be compared. */
    public static final short MESSAGE_ID_TAG = 0x1401;

    private final InstantSource clock;
    private final SmscSessions sessions;
    private final SmscInbox inbox = new SmscInbox();
    private final AtomicLong lastId = new AtomicLong();
    private final Set<String> unansweredIds = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private volatile Function<Submission, SmscAnswer> answers = submission -> SmscAnswer.ACCEPT;
    private volatile Outage outage = Outage.NEVER;

    private SmscServer(InstantSource clock) {
        this.clock = clock;
        this.sessions = new SmscSessions(new Submissions(), new SelectivePduSender(unansweredIds), this::isDown);
    }

    /** A server that is not started yet and will stamp what it receives with {@code clock}. */
    public static SmscServer on(InstantSource clock) {
        return new SmscServer(clock);
    }

    /** Begins to listen; a server starts once. */
    public SmscServer start() {
        try {
            sessions.listen();
        } catch (IOException e) {
            throw new UncheckedIOException("the SMSC cannot listen on the loopback interface", e);
        }
        return this;
    }

    /** The port it listens on; it must have started. */
    public int port() {
        return sessions.port();
    }

    /** A copy of the messages that have arrived whole, in the order in which they became so. */
    public List<ReceivedSms> received() {
        return inbox.received();
    }

    /** A copy of all submissions that were taken, in the order of arrival; a long message has one for each part. */
    public List<Submission> submissions() {
        return inbox.submissions();
    }

    /** How many messages lack parts. */
    public int incomplete() {
        return inbox.incomplete();
    }

    /** How many submissions were answered with an error, and not taken. */
    public long refused() {
        return refused.get();
    }

    /** Answers each submission from now on as {@code answers} says, which several sessions may ask at once. */
    public SmscServer answering(Function<Submission, SmscAnswer> answers) {
        this.answers = answers;
        return this;
    }

    /**
     * Is down while its clock stands in [{@code from}, {@code to}): a bind is refused with ESME_RBINDFAIL, and a session
     * ends when something is submitted on it, which is not taken. Replaces an earlier outage.
     */
    public SmscServer downBetween(Instant from, Instant to) {
        outage = new Outage(from, to);
        return this;
    }

    /** Ends all sessions at once, without an unbind; new ones are welcome. */
    public void dropSessions() {
        sessions.drop();
    }

    /** How many sessions are bound. */
    public int sessions() {
        return sessions.bound();
    }

    /**
     * Sends a receipt with this state for each submission that asked for one and has had none from this method, and
     * waits until each is acknowledged.
     *
     * @return how many were sent
     * @throws IllegalStateException when no session receives; what was not acknowledged is sent by the next call
     */
    public int sendReceipts(ReceiptState state) {
        int sent = 0;
        for (var due = inbox.nextDue(); due.isPresent(); due = inbox.nextDue()) {
            sendReceipt(due.get(), state);
            inbox.hasReceipt(due.get());
            sent++;
        }
        return sent;
    }

    /**
     * Sends one receipt, whether it was asked for or not, and waits until it is acknowledged.
     *
     * @throws IllegalStateException when no session receives, or the receiver does not acknowledge
     */
    public void sendReceipt(Submission submission, ReceiptState state) {
        sessions.deliver(Delivery.receipt(submission, state, clock.instant()));
    }

    /**
     * Sends a message from a phone to the host, for example the word that opts out, and waits until it is acknowledged.
     *
     * @param from the phone, digits with country code
     * @param to the number or short code it is sent to
     * @param text at most 140 Latin-1 characters or 70 others
     * @throws IllegalStateException when no session receives, or the receiver does not acknowledge
     */
    public void sendInbound(String from, String to, String text) {
        sessions.deliver(Delivery.inbound(from, to, text));
    }

    /** Stops listening and ends all sessions; idempotent. What was received can still be read. */
    @Override
    public void close() {
        sessions.close();
    }

    private boolean isDown() {
        return outage.covers(clock.instant());
    }

    private final class Submissions extends SubmitOnly {

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm submitSm, SMPPServerSession session)
                throws ProcessRequestException {
            var submission = read(submitSm);
            if (isDown()) {
                sessions.hangUp(session);
            } else {
                take(submission, answers.apply(submission), session);
            }
            return result(submission.id());
        }

        private void take(Submission submission, SmscAnswer answer, SMPPServerSession session)
                throws ProcessRequestException {
            if (!answer.isTaken()) {
                refused.incrementAndGet();
                throw new ProcessRequestException(answer.name(), answer.code());
            }
            if (answer == SmscAnswer.SILENCE) {
                unansweredIds.add(submission.id());
            }
            inbox.add(submission);
            if (answer == SmscAnswer.DROP) {
                sessions.hangUp(session);
            }
        }

        private Submission read(SubmitSm submitSm) throws ProcessRequestException {
            try {
                var data = UserData.of(submitSm);
                return new Submission(
                        clock.instant(),
                        String.format(Locale.ROOT, "%08x", lastId.incrementAndGet()),
                        messageId(submitSm),
                        submitSm.getSourceAddr(),
                        submitSm.getDestAddress(),
                        data.part(),
                        data.text(),
                        !SMSCDeliveryReceipt.DEFAULT.containedIn(submitSm.getRegisteredDelivery()));
            } catch (IllegalArgumentException e) {
                throw new ProcessRequestException(e.getMessage(), SMPPConstant.STAT_ESME_RINVMSGLEN);
            }
        }

        private static Optional<String> messageId(SubmitSm submitSm) {
            return submitSm.getOptionalParameter(MESSAGE_ID_TAG) instanceof OptionalParameter.OctetString id
                    ? Optional.of(new String(id.getValue(), StandardCharsets.US_ASCII))
                    : Optional.empty();
        }

        private static SubmitSmResult result(String id) {
            try {
                return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
            } catch (PDUStringException e) {
                throw new IllegalStateException("the message id \"" + id + "\" does not fit a PDU", e);
            }
        }
    }
}
