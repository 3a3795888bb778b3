// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receiver;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Ids;
import dev.throughline.sms.PhoneForm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what an SMSC delivers. It is told that a delivery was taken after it was stored; else it delivers it again. */
final class Deliveries implements MessageReceiverListener {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private static final CallbackAnswer UNUSED = CallbackAnswer.text(200, "");
    private static final Duration STORED_WITHIN = Duration.ofSeconds(30);
    private static final Duration PARTS_WITHIN = Duration.ofMinutes(5);
    private static final long SAME_WORDS_WITHIN_SECONDS = 600;

    private final SmppSettings settings;
    private final ReceiptReader receipts;
    private final Reassembly reassembly;
    private volatile @Nullable Receiver receiver;

    Deliveries(SmppSettings settings) {
        this(settings, PARTS_WITHIN);
    }

    Deliveries(SmppSettings settings, Duration partsWithin) {
        this.settings = settings;
        this.receipts = new ReceiptReader(settings);
        this.reassembly = new Reassembly(partsWithin, this::incomplete);
    }

    void to(Receiver host) {
        receiver = host;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm pdu) throws ProcessRequestException {
        var callback = ReceiptReader.isReceipt(pdu) ? receipt(pdu) : inbound(pdu);
        if (callback.isPresent()) {
            store(callback.get());
        }
    }

    private Optional<Callback> receipt(DeliverSm pdu) {
        var receipt = receipts.read(pdu);
        if (receipt.isEmpty()) {
            LOG.warn("{}: a receipt names no message or no state that is known", settings.id());
        }
        return receipt.map(known -> new Callback(UNUSED, List.of(known), List.of()));
    }

    private Optional<Callback> inbound(DeliverSm pdu) {
        return reassembly
                .add(pdu.getSourceAddr(), pdu.getDestAddress(), UserData.of(pdu))
                .flatMap(text -> inbound(pdu.getSourceAddr(), pdu.getDestAddress(), text));
    }

    /** A PDU has no id of its own: the same words of one person within ten minutes are taken as a repetition. */
    private Optional<Callback> inbound(String from, String to, String text) {
        var now = settings.timing().clock().instant();
        var person = PhoneForm.read(from, settings.dialect().country());
        if (person.isEmpty()) {
            LOG.warn("{}: a message whose sender is no phone number was dropped", settings.id());
        }
        return person.map(known -> new Inbound(
                        Ids.hash(
                                "inbound",
                                settings.id(),
                                known.value(),
                                to,
                                text,
                                now.getEpochSecond() / SAME_WORDS_WITHIN_SECONDS),
                        Channel.SMS,
                        known,
                        to,
                        text,
                        now))
                .map(message -> new Callback(UNUSED, List.of(), List.of(message)));
    }

    private void incomplete(Reassembly.Way way, String text) {
        inbound(way.from(), way.to(), text).ifPresent(this::tell);
    }

    /** Answers that came when nobody waited any more: an unknown outcome turns out accepted. */
    void acceptedLate(MessageId message, List<String> references) {
        var receipt = new Receipt(
                Ids.hash("late", settings.id(), message.value()),
                message,
                references.get(0),
                Receipt.Status.ACCEPTED,
                null,
                settings.timing().clock().instant(),
                "answered after the deadline");
        tell(new Callback(UNUSED, List.of(receipt), List.of()));
    }

    private void tell(Callback callback) {
        hand(callback).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("{}: what arrived late could not be stored", settings.id());
            }
        });
    }

    private void store(Callback callback) throws ProcessRequestException {
        try {
            hand(callback).toCompletableFuture().get(STORED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw again();
        } catch (ExecutionException | TimeoutException notStored) {
            LOG.warn("{}: a delivery could not be stored and will be repeated", settings.id());
            throw again();
        }
    }

    private CompletionStage<Void> hand(Callback callback) {
        var host = receiver;
        return host == null
                ? CompletableFuture.failedFuture(new IllegalStateException("nobody listens"))
                : host.receive(callback);
    }

    private static ProcessRequestException again() {
        return new ProcessRequestException("not stored", SMPPConstant.STAT_ESME_RX_T_APPN);
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification alert) {}

    @Override
    public DataSmResult onAcceptDataSm(DataSm pdu, Session source) throws ProcessRequestException {
        throw new ProcessRequestException("data_sm is not used", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
