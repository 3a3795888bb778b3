// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.sms.Credentials;
import dev.throughline.sms.SmsText;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How an SMSC is reached and spoken to. */
record SmppSettings(
        String id,
        String host,
        int port,
        Credentials credentials,
        String systemType,
        SmsText text,
        Timing timing,
        Dialect dialect) {

    static final String SYSTEM_ID = "system_id";
    static final String PASSWORD = "password";

    /** Times and quantities. */
    record Timing(
            int window,
            int binds,
            Duration enquireLink,
            Duration answerWithin,
            Duration reconnectAfter,
            InstantSource clock) {

        Timing binds(int binds) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }

        Timing window(int window) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }

        Timing enquireLink(Duration enquireLink) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }

        Timing answerWithin(Duration answerWithin) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }

        Timing reconnectAfter(Duration reconnectAfter) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }

        Timing clock(InstantSource clock) {
            return new Timing(window, binds, enquireLink, answerWithin, reconnectAfter, clock);
        }
    }

    /** In what SMSCs differ. */
    record Dialect(
            short messageIdTag,
            boolean relativeValidity,
            ReceiptIds receiptIds,
            @Nullable ZoneId receiptZone,
            String country,
            @Nullable SSLContext tls) {

        Dialect messageIdTag(short messageIdTag) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }

        Dialect relativeValidity(boolean relativeValidity) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }

        Dialect receiptIds(ReceiptIds receiptIds) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }

        Dialect receiptZone(ZoneId receiptZone) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }

        Dialect country(String country) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }

        Dialect tls(SSLContext tls) {
            return new Dialect(messageIdTag, relativeValidity, receiptIds, receiptZone, country, tls);
        }
    }

    static SmppSettings at(String host, int port) {
        return new SmppSettings(
                "sms-smpp",
                host,
                port,
                Credentials.of(Map.of()),
                "",
                SmsText.DEFAULT,
                new Timing(
                        10,
                        Integer.MAX_VALUE,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        InstantSource.system()),
                new Dialect((short) 0x1401, false, ReceiptIds.SAME, null, "", null));
    }

    SmppSettings id(String id) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }

    SmppSettings credentials(Credentials credentials) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }

    SmppSettings systemType(String systemType) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }

    SmppSettings text(SmsText text) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }

    SmppSettings timing(Timing timing) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }

    SmppSettings dialect(Dialect dialect) {
        return new SmppSettings(id, host, port, credentials, systemType, text, timing, dialect);
    }
}
