// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Diacritics;
import dev.throughline.sms.SmsText;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a host sets beside the description. */
record HttpSettings(
        String id,
        SmsText text,
        String callbackUrl,
        @Nullable URI endpoint,
        int slots,
        InstantSource clock) {

    static HttpSettings of(Description description) {
        return new HttpSettings("sms-" + description.name(), description.text(), "", null, 8, InstantSource.system());
    }

    HttpSettings id(String id) {
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }

    HttpSettings price(Money price) {
        return text(new SmsText(text.diacritics(), text.mostSegments(), price));
    }

    HttpSettings diacritics(Diacritics diacritics) {
        return text(new SmsText(diacritics, text.mostSegments(), text.price()));
    }

    HttpSettings text(SmsText text) {
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }

    HttpSettings callbackUrl(String callbackUrl) {
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }

    HttpSettings endpoint(URI endpoint) {
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }

    HttpSettings slots(int slots) {
        if (slots < 1) {
            throw new ThroughlineException("SMS gateway " + id + ": slots " + slots + "; expected at least 1");
        }
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }

    HttpSettings clock(InstantSource clock) {
        return new HttpSettings(id, text, callbackUrl, endpoint, slots, clock);
    }
}
