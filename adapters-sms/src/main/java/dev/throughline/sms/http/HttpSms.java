// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.LookUp;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.Sought;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.Diacritics;
import dev.throughline.sms.PhoneForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends text messages through an HTTP gateway that is described as data; {@code docs/sms.md} explains the description. Settings
 * return a copy. A request is written at most once, and once more only if its login was refused and the secret has changed meanwhile: no
 * other retries, no redirects. If it fails before its body was written the result
 * is {@link SendResult.NotSent}, afterwards {@link SendResult.Unknown}; so is an answer of status 5xx, and one that cannot be
 * read, unless the description says otherwise. Thread-safe.
 */
public final class HttpSms implements ChannelAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSms.class);

    private static final SendResult NO_CREDENTIALS =
            new SendResult.NotSent(FailureCause.AUTH, Scope.CHANNEL, null, "the credentials could not be read");

    private final Description description;
    private final Credentials credentials;
    private final HttpSettings settings;

    private @Nullable Exchange exchange;
    private boolean closed;
    private volatile Health health = new Health(Health.State.UNTRIED, "");

    private HttpSms(Description description, Credentials credentials, HttpSettings settings) {
        this.description = description;
        this.credentials = credentials;
        this.settings = settings;
    }

    /**
     * A gateway whose description comes with this library: {@code esms} (eSMS.vn) or {@code generic}.
     *
     * @param name the description's name
     * @param credentials the secrets that it names
     * @return the adapter, called {@code sms-} and the name
     * @throws ThroughlineException if there is no such description or a secret is missing
     */
    public static HttpSms gateway(String name, Credentials credentials) {
        try (InputStream in = HttpSms.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new ThroughlineException("SMS gateway '" + name + "': expected esms or generic; "
                        + "for another, describe it and call HttpSms.described");
            }
            return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), credentials);
        } catch (IOException unreadable) {
            throw new ThroughlineException("SMS gateway '" + name + "': its description cannot be read", unreadable);
        }
    }

    /**
     * A gateway by a description of your own.
     *
     * @param json the description's text
     * @param credentials the secrets that it names
     * @return the adapter, called {@code sms-} and the description's name
     * @throws ThroughlineException if anything in the description is wrong, naming every fault, or a secret is missing
     */
    public static HttpSms described(String json, Credentials credentials) {
        return read("given as text", json, credentials);
    }

    /**
     * A gateway by a description of your own.
     *
     * @param file the description, in UTF-8
     * @param credentials the secrets that it names
     * @return the adapter, called {@code sms-} and the description's name
     * @throws ThroughlineException if the file cannot be read, anything in the description is wrong, naming every fault, or a
     *     secret is missing
     */
    public static HttpSms described(Path file, Credentials credentials) {
        try {
            return read(file.getFileName().toString(), Files.readString(file), credentials);
        } catch (IOException unreadable) {
            throw new ThroughlineException("SMS gateway description " + file + " cannot be read", unreadable);
        }
    }

    private static HttpSms read(String source, String json, Credentials credentials) {
        var description = Description.read(source, json, credentials.names());
        return new HttpSms(description, credentials, HttpSettings.of(description));
    }

    /**
     * With another name.
     *
     * @param id unique in one host
     * @return a copy
     */
    public HttpSms id(String id) {
        return new HttpSms(description, credentials, settings.id(id));
    }

    /**
     * With a price, so that costs are known before a message is sent.
     *
     * @param perSegment the price of one segment
     * @return a copy
     */
    public HttpSms price(Money perSegment) {
        return new HttpSms(description, credentials, settings.price(perSegment));
    }

    /**
     * With another policy for diacritics than the description's.
     *
     * @param diacritics what becomes of them
     * @return a copy
     */
    public HttpSms diacritics(Diacritics diacritics) {
        return new HttpSms(description, credentials, settings.diacritics(diacritics));
    }

    /**
     * With callbacks. The gateway is told this address with the secret that the description asks for, the credential {@code
     * CallbackSecret} unless it names another.
     *
     * @param base the https address whose requests the host hands to {@link #receive}
     * @return a copy
     * @throws ThroughlineException if the description knows no callbacks or the secret is missing
     */
    public HttpSms callbackUrl(String base) {
        var callbacks = description.callbacks();
        if (callbacks == null) {
            throw new ThroughlineException("SMS gateway " + id() + ": its description has no callbacks, so that "
                    + "callbackUrl '" + base + "' would never be called");
        }
        return new HttpSms(description, credentials, settings.callbackUrl(checked(callbacks, base)));
    }

    private String checked(Callbacks callbacks, String base) {
        callbacks.secret().addressed(base, credentials);
        return base;
    }

    /**
     * At another address than the description's, such as a test system.
     *
     * @param url the whole address of the send call
     * @return a copy
     */
    public HttpSms endpoint(URI url) {
        return new HttpSms(description, credentials, settings.endpoint(url));
    }

    /**
     * With another number of requests under way at a time than 8.
     *
     * @param slots at least 1
     * @return a copy
     */
    public HttpSms slots(int slots) {
        return new HttpSms(description, credentials, settings.slots(slots));
    }

    /**
     * With another clock than the system's. It stamps receipts and inbound messages whose gateway tells no time.
     *
     * @param clock the clock
     * @return a copy
     */
    public HttpSms clock(InstantSource clock) {
        return new HttpSms(description, credentials, settings.clock(clock));
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
        return settings.slots();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Preparation prepare(Content content) {
        if (content instanceof TextContent text) {
            return settings.text().prepare(text);
        }
        if (content instanceof TemplateContent && description.template() != null) {
            var price = settings.text().price();
            return new Preparation(content, 1, price, List.of(), null);
        }
        return Preparation.refused(
                content,
                id() + " carries text" + (description.template() == null ? "" : " and templates") + ": expected no "
                        + content.getClass().getSimpleName());
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        var refusal = refusal(message, deadline);
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        var secrets = current();
        if (secrets == null) {
            return CompletableFuture.completedFuture(NO_CREDENTIALS);
        }
        long end = System.nanoTime() + deadline.toNanos();
        return post(message, secrets, deadline).thenCompose(result -> {
            Credentials changed = changed(result, secrets);
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            return changed == null ? CompletableFuture.completedFuture(result) : post(message, changed, left);
        });
    }

    /** What is not the same any more, if the login was refused: then the request was not acted upon. */
    private @Nullable Credentials changed(SendResult result, Credentials used) {
        boolean refused = result instanceof SendResult.NotSent notSent && notSent.cause() == FailureCause.AUTH;
        Credentials now = refused ? current() : null;
        return now == null || List.copyOf(now.values()).equals(List.copyOf(used.values())) ? null : now;
    }

    private @Nullable Credentials current() {
        try {
            return credentials.now();
        } catch (RuntimeException unavailable) {
            LOG.warn(
                    "{}: the credentials could not be read: {}",
                    id(),
                    unavailable.getClass().getName());
            return null;
        }
    }

    /** Empty if the description has no {@code status}. */
    @Override
    public Optional<LookUp> lookUp() {
        var status = description.status();
        return status == null ? Optional.empty() : Optional.of((sought, deadline) -> find(status, sought, deadline));
    }

    private CompletionStage<SendResult> find(StatusCall status, Sought sought, Duration deadline) {
        Exchange open = exchange();
        var secrets = current();
        if (open == null || secrets == null) {
            return CompletableFuture.completedFuture(
                    unclear(open == null ? "the adapter is closed" : "the credentials could not be read"));
        }
        var values = new Values(secrets, description.types(), description.address(), "").of(sought);
        try {
            var request = HttpRequest.newBuilder(status.request().uri(values));
            status.request().headers(values, secrets).forEach(request::header);
            String body = status.request().body(values, Map.of());
            return open.send(request, status.request().method(), body, deadline)
                    .thenApply(ending -> ending.reply() == null
                            ? unclear("the gateway did not answer")
                            : status.answers().told(ending.reply(), secrets.values()));
        } catch (IllegalArgumentException unwritable) {
            return CompletableFuture.completedFuture(unclear("address or headers cannot be written"));
        }
    }

    /** Whatever keeps a question from being answered says nothing of the message. */
    private static SendResult unclear(String why) {
        return new SendResult.Unknown(FailureCause.NETWORK, List.of(), why);
    }

    private @Nullable SendResult refusal(Outbound message, Duration deadline) {
        String refusal = prepare(message.content()).refusal();
        if (refusal != null) {
            return new SendResult.Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, refusal);
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
        if (!description.takes(message.from())) {
            return new SendResult.Rejected(
                    FailureCause.SENDER_NOT_ALLOWED,
                    Scope.SENDER,
                    "sender " + message.from().kind() + ": expected "
                            + (description.senders().isEmpty() ? "" : String.join(" or ", description.senders()) + ", ")
                            + "a name of at most 11 characters");
        }
        return deadline.isNegative() || deadline.isZero()
                ? new SendResult.NotSent(
                        FailureCause.NETWORK, Scope.MESSAGE, null, "the deadline was over before the call")
                : null;
    }

    private CompletionStage<SendResult> post(Outbound message, Credentials secrets, Duration deadline) {
        var form = message.content() instanceof TemplateContent && description.template() != null
                ? description.template()
                : description.request();
        var values = new Values(secrets, description.types(), description.address(), callbackUrl(secrets))
                .of(prepared(message));
        Map<String, String> parameters =
                message.content() instanceof TemplateContent template ? template.parameters() : Map.of();
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(settings.endpoint() == null ? form.uri(values) : settings.endpoint());
            form.headers(values, secrets).forEach(request::header);
        } catch (IllegalArgumentException unwritable) {
            return CompletableFuture.completedFuture(new SendResult.NotSent(
                    FailureCause.NOT_CAPABLE,
                    Scope.CHANNEL,
                    null,
                    "address or headers cannot be written: expected an https address and one line of ASCII in each"));
        }
        Exchange open = exchange();
        return open == null
                ? CompletableFuture.completedFuture(
                        new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "the adapter is closed"))
                : open.send(request, form.method(), form.body(values, parameters), deadline)
                        .thenApply(ending -> result(ending, secrets));
    }

    private Outbound prepared(Outbound message) {
        return new Outbound(
                message.id(),
                message.attempt(),
                message.to(),
                message.from(),
                message.messageClass(),
                prepare(message.content()).content(),
                message.notAfter(),
                message.unsubscribe());
    }

    private String callbackUrl(Credentials secrets) {
        var callbacks = description.callbacks();
        return callbacks == null || settings.callbackUrl().isEmpty()
                ? ""
                : callbacks.secret().addressed(settings.callbackUrl(), secrets);
    }

    private SendResult result(Exchange.Ending ending, Credentials secrets) {
        if (ending.reply() != null) {
            health = new Health(Health.State.UP, "HTTP " + ending.reply().status());
            return description.answers().result(ending.reply(), secrets.values());
        }
        SendResult absence = Objects.requireNonNull(ending.absence());
        health = new Health(Health.State.DOWN, absence.getClass().getSimpleName());
        return absence;
    }

    private synchronized @Nullable Exchange exchange() {
        if (exchange == null && !closed) {
            exchange = new Exchange();
        }
        return exchange;
    }

    /** Waits up to three seconds for answers. What was written and is unanswered then is {@code Unknown}. */
    @Override
    public void close() {
        Exchange open;
        synchronized (this) {
            closed = true;
            open = exchange;
            exchange = null;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Callback receive(RawCallback callback) {
        var callbacks = description.callbacks();
        if (callbacks == null) {
            return Callback.nothing(CallbackAnswer.text(404, "no callbacks here"));
        }
        var secrets = current();
        if (secrets == null) {
            return Callback.nothing(CallbackAnswer.text(503, "try again"));
        }
        var read = callbacks.read(callback, secrets, id(), settings.clock().instant());
        if (read.answer().status() >= 400) {
            LOG.warn("{}: a callback was refused with {}", id(), read.answer().status());
        }
        return read;
    }

    @Override
    public String toString() {
        return "HttpSms[" + id() + "]";
    }
}
