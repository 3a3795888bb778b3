// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.Diacritics;
import dev.throughline.sms.Gsm0338;
import dev.throughline.sms.PhoneForm;
import dev.throughline.sms.SmsText;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends text messages to an SMSC over SMPP 3.4, as transceiver. Settings return a copy.
 *
 * <p>It dials with the first message or at {@link #connect}, whichever comes first, and from then on keeps the session: a lost
 * one is dialled again after 1, 2, 4 ... 60 seconds. Receipts and messages from people arrive only while there is a session, so
 * a host that wants them from the start calls {@link #connect}.
 *
 * <p>A message of several parts is submitted part by part, the next when the one before was accepted, so that a refusal leaves
 * as little as possible behind. Nothing is ever submitted twice. What was written and not answered, by the deadline or the end of
 * the session, is {@link SendResult.Unknown}; an answer that comes later still is handed to the {@link Receiver} as a receipt.
 * Thread-safe.
 */
public final class SmppSms implements ChannelAdapter {

    private static final int LONGEST_SYSTEM_ID = 15;
    private static final int LONGEST_PASSWORD = 8;

    private final SmppSettings settings;
    private @Nullable Deliveries deliveries;
    private @Nullable Link link;
    private boolean closed;

    private SmppSms(SmppSettings settings) {
        this.settings = settings;
    }

    /**
     * An SMSC, called {@code sms-smpp}.
     *
     * @param host its name or address
     * @param port its port, usually 2775
     * @return the adapter; nothing is dialled
     */
    public static SmppSms at(String host, int port) {
        return new SmppSms(SmppSettings.at(host, port));
    }

    /**
     * With another name.
     *
     * @param id unique in one host
     * @return a copy
     */
    public SmppSms id(String id) {
        return new SmppSms(settings.id(id));
    }

    /**
     * With an account.
     *
     * @param systemId at most 15 characters
     * @param password at most 8 characters (SMPP 3.4, 5.2.2)
     * @return a copy
     * @throws ThroughlineException if one is too long or the system id is empty
     */
    public SmppSms credentials(String systemId, String password) {
        check("system id", systemId.length(), LONGEST_SYSTEM_ID);
        check("password", password.length(), LONGEST_PASSWORD);
        return new SmppSms(settings.credentials(Credentials.of(account(systemId, password))));
    }

    /**
     * With an account whose password changes.
     *
     * @param systemId at most 15 characters
     * @param password asked each time a session is bound; at most 8 characters. After a refused bind the next one comes within a second,
     *     then at growing distances up to a minute; until then messages are not sent, and wait
     * @return a copy
     * @throws ThroughlineException if the system id is too long or empty
     */
    public SmppSms credentials(String systemId, Supplier<String> password) {
        check("system id", systemId.length(), LONGEST_SYSTEM_ID);
        Given.required("credentials", "password", password);
        return new SmppSms(settings.credentials(Credentials.from(() -> {
            String secret = password.get();
            check("password", secret.length(), LONGEST_PASSWORD);
            return account(systemId, secret);
        })));
    }

    private static Map<String, String> account(String systemId, String password) {
        var secrets = new TreeMap<String, String>();
        secrets.put(SmppSettings.SYSTEM_ID, systemId);
        if (!password.isEmpty()) {
            secrets.put(SmppSettings.PASSWORD, password);
        }
        return secrets;
    }

    private void check(String what, int length, int most) {
        if (length > most) {
            throw new ThroughlineException(
                    id() + ": the " + what + " has " + length + " characters; expected at most " + most);
        }
    }

    /**
     * With a system type, where the SMSC asks for one.
     *
     * @param systemType at most 12 characters
     * @return a copy
     */
    public SmppSms systemType(String systemType) {
        return new SmppSms(settings.systemType(systemType));
    }

    /**
     * With encryption.
     *
     * @param context whom to trust; the SMSC's certificate must name the host
     * @return a copy
     */
    public SmppSms tls(SSLContext context) {
        return new SmppSms(settings.dialect(settings.dialect().tls(context)));
    }

    /**
     * With a price, so that costs are known before a message is sent.
     *
     * @param perSegment the price of one segment
     * @return a copy
     */
    public SmppSms price(Money perSegment) {
        return new SmppSms(settings.text(
                new SmsText(settings.text().diacritics(), settings.text().mostSegments(), perSegment)));
    }

    /**
     * With a policy for diacritics; by default they stay.
     *
     * @param policy what becomes of them
     * @return a copy
     */
    public SmppSms diacritics(Diacritics policy) {
        return new SmppSms(settings.text(new SmsText(
                policy, settings.text().mostSegments(), settings.text().price())));
    }

    /**
     * With another window than 10: how many submissions may be unanswered at a time. It is also {@link #slots}.
     *
     * @param window at least 1
     * @return a copy
     * @throws ThroughlineException if it is less
     */
    public SmppSms window(int window) {
        if (window < 1) {
            throw new ThroughlineException(id() + ": window " + window + "; expected at least 1");
        }
        return new SmppSms(settings.timing(settings.timing().window(window)));
    }

    /**
     * With an account that may be bound only so many times at once: each host of a store binds once, and no more hosts than that send and
     * receive through it at a time. When one ends, another binds. Such a host binds with its first message, and must not {@link #connect}.
     *
     * @param most how many binds, at least 1
     * @return a copy
     * @throws ThroughlineException if it is less
     */
    public SmppSms binds(int most) {
        if (most < 1) {
            throw new ThroughlineException(id() + ": binds " + most + "; expected at least 1");
        }
        return new SmppSms(settings.timing(settings.timing().binds(most)));
    }

    /**
     * With another idle time than 30 s after which the SMSC is asked whether it is still there.
     *
     * @param idle the time
     * @return a copy
     */
    public SmppSms enquireLink(Duration idle) {
        return new SmppSms(settings.timing(settings.timing().enquireLink(idle)));
    }

    /**
     * With another time than 10 s in which a connection must stand, a bind be answered and a question whether the SMSC is still
     * there. How long a submission is waited for is the deadline of {@link #send}.
     *
     * @param time the time
     * @return a copy
     */
    public SmppSms answerWithin(Duration time) {
        return new SmppSms(settings.timing(settings.timing().answerWithin(time)));
    }

    /**
     * With another pause than 1 s before the first attempt to reconnect, and before a throttled message is tried again. It
     * doubles each time, up to a minute.
     *
     * @param pause the first pause
     * @return a copy
     */
    public SmppSms reconnectAfter(Duration pause) {
        return new SmppSms(settings.timing(settings.timing().reconnectAfter(pause)));
    }

    /**
     * With another clock than the system's. It stamps what arrives and measures relative validity.
     *
     * @param clock the clock
     * @return a copy
     */
    public SmppSms clock(InstantSource clock) {
        return new SmppSms(settings.timing(settings.timing().clock(clock)));
    }

    /**
     * With our message id in another optional parameter than 0x1401 of each submission, as an octet string of 32 ASCII digits.
     * An SMSC that repeats it in receipts lets them find their message even if the answer was lost.
     *
     * @param tag the parameter's tag, or 0 for an SMSC that does not tolerate unknown parameters
     * @return a copy
     */
    public SmppSms messageIdTag(int tag) {
        return new SmppSms(settings.dialect(settings.dialect().messageIdTag((short) tag)));
    }

    /**
     * With a validity period that is a span instead of a moment in UTC, for an SMSC that knows no zones.
     *
     * @return a copy
     */
    public SmppSms relativeValidity() {
        return new SmppSms(settings.dialect(settings.dialect().relativeValidity(true)));
    }

    /**
     * With ids that receipts write otherwise than answers; by default alike.
     *
     * @param form how they differ
     * @return a copy
     */
    public SmppSms receiptIds(ReceiptIds form) {
        return new SmppSms(settings.dialect(settings.dialect().receiptIds(form)));
    }

    /**
     * With the zone of the times in receipts. Without it they are not believed and a receipt counts from its arrival.
     *
     * @param zone the SMSC's zone
     * @return a copy
     */
    public SmppSms receiptZone(ZoneId zone) {
        return new SmppSms(settings.dialect(settings.dialect().receiptZone(zone)));
    }

    /**
     * With the country in which people's numbers are dialled, for an SMSC that delivers them without country code.
     *
     * @param country the ISO 3166-1 code, such as {@code VN}
     * @return a copy
     */
    public SmppSms country(String country) {
        return new SmppSms(settings.dialect(settings.dialect().country(country)));
    }

    /**
     * Dials now, without waiting for the first message.
     *
     * @return how that went; a session that failed is tried again without being asked
     */
    public synchronized CompletionStage<Health> connect() {
        return closed ? CompletableFuture.completedFuture(health()) : link().connect();
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public int slots() {
        return settings.timing().window();
    }

    @Override
    public int seats() {
        return settings.timing().binds();
    }

    @Override
    public void leave() {
        Link open;
        synchronized (this) {
            open = link;
        }
        if (open != null) {
            open.leave();
        }
    }

    @Override
    public synchronized Health health() {
        return link == null ? new Health(Health.State.UNTRIED, "") : link.health();
    }

    @Override
    public Preparation prepare(Content content) {
        return content instanceof TextContent text
                ? settings.text().prepare(text)
                : Preparation.refused(
                        content,
                        id() + " carries text: expected no "
                                + content.getClass().getSimpleName());
    }

    @Override
    public synchronized void listen(Receiver receiver) {
        deliveries().to(receiver);
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        var prepared = prepare(message.content());
        var refusal = refusal(message, prepared, deadline);
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        var submission = Submission.of(message, (TextContent) prepared.content(), settings);
        return link().submit(submission, deadline);
    }

    private @Nullable SendResult refusal(Outbound message, Preparation prepared, Duration deadline) {
        if (prepared.refusal() != null) {
            return new SendResult.Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, prepared.refusal());
        }
        if (!message.to().kind().equals(Channel.SMS.addressKind())) {
            return new SendResult.Rejected(
                    FailureCause.BAD_ADDRESS,
                    Scope.ADDRESS,
                    "not a phone number but " + message.to().kind());
        }
        if (!PhoneForm.isE164(message.to().value())) {
            return new SendResult.Rejected(
                    FailureCause.BAD_ADDRESS, Scope.ADDRESS, "not a phone number: expected a plus and digits");
        }
        if (!fits(message.from())) {
            return new SendResult.Rejected(
                    FailureCause.SENDER_NOT_ALLOWED,
                    Scope.SENDER,
                    "sender " + message.from().kind()
                            + ": expected a name of at most 11 characters of the GSM alphabet,"
                            + " a phone number or a short code");
        }
        return notSent(message, deadline);
    }

    private synchronized @Nullable SendResult notSent(Outbound message, Duration deadline) {
        if (closed || deadline.isNegative() || deadline.isZero()) {
            return new SendResult.NotSent(
                    FailureCause.NETWORK,
                    Scope.CHANNEL,
                    null,
                    closed ? "the adapter is closed" : "the deadline was over before the call");
        }
        boolean spent = settings.dialect().relativeValidity()
                && !message.notAfter().isAfter(settings.timing().clock().instant());
        return spent ? new SendResult.NotSent(FailureCause.EXPIRED, Scope.MESSAGE, null, "its validity is over") : null;
    }

    /** 3GPP TS 23.040, 9.1.2.5: eleven septets. */
    private static boolean fits(Sender sender) {
        return switch (sender.kind()) {
            case PHONE_NUMBER, SHORT_CODE -> true;
            case BRANDNAME, OTHER ->
                Gsm0338.encode(sender.value()).length <= 11
                        && sender.value().chars().allMatch(character -> Gsm0338.septets((char) character) > 0);
            case EMAIL_ADDRESS -> false;
        };
    }

    private synchronized Deliveries deliveries() {
        if (deliveries == null) {
            deliveries = new Deliveries(settings);
        }
        return deliveries;
    }

    private synchronized Link link() {
        if (link == null) {
            link = new Link(settings, deliveries());
        }
        return link;
    }

    /** Waits up to three seconds for answers, unbinds and closes the session. What is unanswered then is {@code Unknown}. */
    @Override
    public void close() {
        Link open;
        synchronized (this) {
            closed = true;
            open = link;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return "SmppSms[" + id() + " at " + settings.host() + ":" + settings.port() + "]";
    }
}
