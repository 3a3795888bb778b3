// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.examples.servers.SmscServer;
import dev.throughline.examples.servers.SmtpAnswer;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Diacritics;
import dev.throughline.sms.smpp.SmppSms;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The adapters, and the servers in this process for the channels that no other server was named for. */
final class ShopChannels implements AutoCloseable {

    private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,5})");
    private static final int MESSAGES_PER_CONNECTION = 10_000;

    private final @Nullable SmtpServer mailbox;
    private final @Nullable SmscServer phones;
    private final SmtpEmail email;
    private final SmppSms sms;

    private ShopChannels(@Nullable SmtpServer mailbox, @Nullable SmscServer phones, SmtpEmail email, SmppSms sms) {
        this.mailbox = mailbox;
        this.phones = phones;
        this.email = email;
        this.sms = sms;
    }

    /** A server that somebody else runs. */
    record Place(String host, int port) {

        /** Refuses whatever is not this machine unless {@code anywhere}: the scenario's addresses are not the data's. */
        static Place parse(String option, String text, boolean anywhere) {
            var parts = PLACE.matcher(text);
            if (!parts.matches()) {
                throw new ThroughlineException(option + " " + text + ": expected host:port");
            }
            var place = new Place(parts.group(1), Integer.parseInt(parts.group(2)));
            if (!anywhere && !place.isHere()) {
                throw new ThroughlineException(option + " " + text
                        + ": this is not the loopback interface; expected --deliver-to-real-addresses beside it");
            }
            return place;
        }

        boolean isHere() {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                return false;
            }
        }
    }

    /** The mail server in this process refuses addresses that are {@code gone}. */
    static ShopChannels open(@Nullable Place smtp, @Nullable Place smsc, InstantSource clock, Predicate<String> gone) {
        SmtpServer mailbox = null;
        SmscServer phones = null;
        Place mailPlace = smtp;
        Place textPlace = smsc;
        if (mailPlace == null) {
            mailbox = mailbox(clock, gone);
            mailPlace = here(mailbox.port());
        }
        if (textPlace == null) {
            phones = SmscServer.on(clock).start();
            textPlace = here(phones.port());
        }
        return new ShopChannels(mailbox, phones, email(mailPlace, clock), sms(textPlace, clock));
    }

    private static Place here(int port) {
        return new Place("127.0.0.1", port);
    }

    private static SmtpServer mailbox(InstantSource clock, Predicate<String> gone) {
        return SmtpServer.on(clock)
                .answering(to -> gone.test(to) ? SmtpAnswer.REJECT : SmtpAnswer.ACCEPT)
                .start();
    }

    private static SmtpEmail email(Place place, InstantSource clock) {
        var email = SmtpEmail.at(place.host(), place.port())
                .messageIdDomain("shop.example")
                .messagesPerConnection(MESSAGES_PER_CONNECTION)
                .clock(clock);
        return place.isHere() ? email.tls(Tls.NONE) : email;
    }

    private static SmppSms sms(Place place, InstantSource clock) {
        return SmppSms.at(place.host(), place.port())
                .credentials("shop", "shop")
                .price(ShopCampaigns.SMS_PRICE)
                .diacritics(Diacritics.STRIP_IF_SAVES)
                .clock(clock);
    }

    SmtpEmail email() {
        return email;
    }

    SmppSms sms() {
        return sms;
    }

    /** What the two servers in this process received, or {@code null} if one of them is somebody else's. */
    @Nullable
    ShopReceipts receipts() {
        return mailbox == null || phones == null
                ? null
                : new ShopReceipts(mailbox.received(), phones.received(), phones.incomplete());
    }

    @Override
    public void close() {
        email.close();
        sms.close();
        if (mailbox != null) {
            mailbox.close();
        }
        if (phones != null) {
            phones.close();
        }
    }
}
