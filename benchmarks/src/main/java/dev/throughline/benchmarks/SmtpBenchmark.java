// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Mails of 2 KB of HTML with a text alternative to a sink in the same JVM: the adapter beside Angus used by hand, on one reused
 * connection and on one connection a mail. All build each message anew.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@SuppressWarnings("NullAway.Init") // the harness calls start() first
public class SmtpBenchmark {

    private static final int BATCH = 100;
    private static final String SUBJECT = "Mai ơi, giỏ hàng của bạn vẫn còn đây";
    private static final String HTML =
            "<h1>Chào Mai</h1>" + "<p>Bộ trà <b>của bạn</b> vẫn còn đây, hôm nay giảm 10 %.</p>".repeat(20);
    private static final String TEXT = "Chào Mai\n\n" + "Bộ trà của bạn vẫn còn đây, hôm nay giảm 10 %.\n\n".repeat(20);

    private MailSink sink;
    private SmtpEmail one;
    private SmtpEmail four;
    private Session session;
    private Transport reused;

    /** Made by the harness. */
    public SmtpBenchmark() {}

    /**
     * Starts the sink and connects by hand.
     *
     * @throws IOException if there is no port
     * @throws MessagingException if there is no connection
     */
    @Setup
    public void start() throws IOException, MessagingException {
        sink = new MailSink();
        SmtpEmail plain = SmtpEmail.at("127.0.0.1", sink.port()).tls(Tls.NONE).messagesPerConnection(Integer.MAX_VALUE);
        one = plain.connections(1);
        four = plain.connections(4);
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(sink.port()));
        properties.setProperty("mail.smtp.localhost", "bench");
        session = Session.getInstance(properties);
        reused = session.getTransport("smtp");
        reused.connect();
    }

    /**
     * Ends all of it.
     *
     * @throws IOException if the sink does not close
     * @throws MessagingException if the connection does not
     */
    @TearDown
    public void stop() throws IOException, MessagingException {
        one.close();
        four.close();
        reused.close();
        sink.close();
    }

    /** The adapter with one connection. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void adapterWithOneConnection() {
        send(one);
    }

    /** The adapter with its four connections. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void adapterWithFourConnections() {
        send(four);
    }

    /**
     * Angus by hand, one connection for all.
     *
     * @throws MessagingException if a mail is not taken
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void angusReused() throws MessagingException {
        for (int i = 0; i < BATCH; i++) {
            MimeMessage mail = mail();
            mail.saveChanges();
            reused.sendMessage(mail, mail.getAllRecipients());
        }
    }

    /**
     * Angus by hand, a connection a mail.
     *
     * @throws MessagingException if a mail is not taken
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void angusConnectingEachTime() throws MessagingException {
        for (int i = 0; i < BATCH; i++) {
            Transport.send(mail());
        }
    }

    private static void send(SmtpEmail adapter) {
        List<CompletableFuture<SendResult>> results = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            results.add(adapter.send(outbound(i), Duration.ofSeconds(30)).toCompletableFuture());
        }
        for (CompletableFuture<SendResult> result : results) {
            if (!(result.join() instanceof SendResult.Accepted)) {
                throw new IllegalStateException(result.join().toString());
            }
        }
    }

    private static Outbound outbound(int index) {
        return new Outbound(
                MessageId.of("instance", "send", 0, index),
                1,
                Address.email("mai@example.com"),
                Sender.of("Shop <news@shop.example>"),
                MessageClass.MARKETING,
                new EmailContent(SUBJECT, HTML, TEXT),
                Instant.MAX,
                null);
    }

    @SuppressWarnings("JavaUtilDate") // it is what Angus takes
    private MimeMessage mail() throws MessagingException {
        var mail = new MimeMessage(session);
        mail.setFrom("Shop <news@shop.example>");
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("mai@example.com"));
        mail.setSubject(SUBJECT, "UTF-8");
        mail.setSentDate(new Date());
        var text = new MimeBodyPart();
        text.setText(TEXT, "UTF-8");
        var html = new MimeBodyPart();
        html.setText(HTML, "UTF-8", "html");
        mail.setContent(new MimeMultipart("alternative", text, html));
        return mail;
    }
}
