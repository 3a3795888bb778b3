// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Health;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends mail through one SMTP server over a few reused connections, one recipient a transaction.
 *
 * <p>Each method that names a setting returns a changed copy with connections of its own, so set up first and hand the last copy
 * over. Nothing is dialled and no thread runs before the first message. Thread-safe.
 *
 * <p>What the server says decides the outcome: an answer of the 200s to the whole message is {@link SendResult.Accepted}, of the
 * 400s {@link SendResult.NotSent}, of the 500s {@link SendResult.Rejected}; a connection that breaks is {@link SendResult.NotSent}
 * until the last line of the message is written (RFC 5321 section 4.1.1.4) and {@link SendResult.Unknown} after it. The stage it
 * returns completes on a connection's thread: do not block in what hangs on it.
 */
public final class SmtpEmail implements ChannelAdapter {

    private final String id;
    private final Server server;
    private final Sharing sharing;
    private final Letterhead letterhead;
    private final @Nullable Money price;
    private final Connections connections;

    private SmtpEmail(String id, Server server, Sharing sharing, Letterhead letterhead, @Nullable Money price) {
        this.id = id;
        this.server = server;
        this.sharing = sharing;
        this.letterhead = letterhead;
        this.price = price;
        this.connections = new Connections(id, server, sharing, new Composer(letterhead));
    }

    /**
     * A server, over {@link Tls#IMPLICIT} on port 465 and {@link Tls#REQUIRED} on any other.
     *
     * @param host its name or address
     * @param port such as 587
     * @return the adapter, named {@code email-smtp}, with four connections and no credentials
     * @throws ThroughlineException if the host is no name or the port out of range
     */
    public static SmtpEmail at(String host, int port) {
        return new SmtpEmail("email-smtp", Server.at(host, port), Sharing.DEFAULT, Letterhead.PLAIN, null);
    }

    /**
     * Under another name, for a host with several servers.
     *
     * @param name unique in the host, such as {@code email-orders}
     * @return the changed copy
     */
    public SmtpEmail named(String name) {
        return new SmtpEmail(name, server, sharing, letterhead, price);
    }

    /**
     * With a login. It is only ever sent over TLS.
     *
     * @param user the user's name
     * @param secret asked each time a connection is made, and once more when the server has refused the login: so it can change while
     *     mails go out. May block, and is best answered from memory; what it throws is {@link SendResult.NotSent}
     * @return the changed copy
     * @throws ThroughlineException if TLS is {@link Tls#NONE}
     */
    public SmtpEmail credentials(String user, Supplier<String> secret) {
        return with(server.credentials(user, secret));
    }

    /**
     * With another use of TLS.
     *
     * @param tls how
     * @return the changed copy
     * @throws ThroughlineException if it is {@link Tls#NONE} and there are credentials
     */
    public SmtpEmail tls(Tls tls) {
        return with(server.tls(tls));
    }

    /**
     * With other trust than the JVM's, for a server with a certificate of one's own.
     *
     * @param context where sockets come from; the certificate's name is checked all the same
     * @return the changed copy
     */
    public SmtpEmail trusting(SSLContext context) {
        return with(server.trusting(context));
    }

    /**
     * With another patience while a connection is made; after that only the deadline of each message counts.
     *
     * @param timeout for each step: connecting, greeting, TLS, login; by default 10 s
     * @return the changed copy
     */
    public SmtpEmail connectTimeout(Duration timeout) {
        return with(server.connectTimeout(timeout));
    }

    /**
     * With more or fewer connections; each has a thread while it is open.
     *
     * @param count at most how many at a time; by default 4
     * @return the changed copy
     */
    public SmtpEmail connections(int count) {
        return with(sharing.connections(count));
    }

    /**
     * With another length of a connection's life.
     *
     * @param count after how many messages it is closed and made anew; by default 100
     * @return the changed copy
     */
    public SmtpEmail messagesPerConnection(int count) {
        return with(sharing.messages(count));
    }

    /**
     * With another time after which an unused connection is closed.
     *
     * @param time by default 30 s
     * @return the changed copy
     */
    public SmtpEmail idleTimeout(Duration time) {
        return with(sharing.idle(time));
    }

    /**
     * With another right-hand side of the Message-ID, {@code <message id@domain>}; best the domain that signs (RFC 5322 section
     * 3.6.4).
     *
     * @param domain such as {@code shop.example}; by default the domain of From
     * @return the changed copy
     */
    public SmtpEmail messageIdDomain(String domain) {
        return with(letterhead.messageIdDomain(domain));
    }

    /**
     * With an address that bounces go to. Each message has one of its own, {@code bounce+message-id@..}, so that a bounce tells
     * which message it is about, whatever it holds.
     *
     * @param address such as {@code bounce@mail.shop.example}, whose server must take subaddresses (RFC 5233); by default bounces
     *     go to From
     * @return the changed copy
     */
    public SmtpEmail bounceAddress(String address) {
        return with(letterhead.bounceAddress(address));
    }

    /**
     * With a mail address to unsubscribe at beside the https address of a message (RFC 2369 section 3.2); the subject of what
     * arrives there is {@code unsubscribe} and the message's id.
     *
     * @param address such as {@code unsubscribe@shop.example}; by default none
     * @return the changed copy
     */
    public SmtpEmail unsubscribeAddress(String address) {
        return with(letterhead.unsubscribeAddress(address));
    }

    /**
     * With a List-Id (RFC 2919) in messages that one can unsubscribe from.
     *
     * @param listId such as {@code news.shop.example}; by default none
     * @return the changed copy
     */
    public SmtpEmail listId(String listId) {
        return with(letterhead.listId(listId));
    }

    /**
     * With a Feedback-ID, under which Gmail counts complaints: the message's class and this name.
     *
     * @param sender such as {@code shop}, without colons; by default none
     * @return the changed copy
     */
    public SmtpEmail feedbackId(String sender) {
        return with(letterhead.feedbackId(sender));
    }

    /**
     * With another clock for the Date of messages, such as the one of a run under virtual time.
     *
     * @param clock by default the system's
     * @return the changed copy
     */
    public SmtpEmail clock(InstantSource clock) {
        return with(letterhead.clock(clock));
    }

    /**
     * With a price, so that mails can draw on a budget; without one they cannot.
     *
     * @param perMail the price of one mail, which may be nothing
     * @return the changed copy
     */
    public SmtpEmail price(Money perMail) {
        return new SmtpEmail(id, server, sharing, letterhead, perMail);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        return connections.send(message, deadline);
    }

    /**
     * Takes {@link EmailContent} with a one-line subject and a body; adds the text where there is only HTML, and warns of what
     * a reader without pictures would miss.
     *
     * @param content the content
     * @return the preparation: one segment, at the price that was {@link #price said}
     */
    @Override
    public Preparation prepare(Content content) {
        return Draft.prepare(content, price);
    }

    @Override
    public int slots() {
        return sharing.connections();
    }

    @Override
    public Health health() {
        return connections.health();
    }

    /**
     * Finishes the messages under way for up to five seconds; those that wait for a connection end as {@link SendResult.NotSent} at
     * once, and so does every later one.
     */
    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return id + " at " + server;
    }

    private SmtpEmail with(Server changed) {
        return new SmtpEmail(id, changed, sharing, letterhead, price);
    }

    private SmtpEmail with(Sharing changed) {
        return new SmtpEmail(id, server, changed, letterhead, price);
    }

    private SmtpEmail with(Letterhead changed) {
        return new SmtpEmail(id, server, sharing, changed, price);
    }
}
