// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.consent.Notice.notice;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.CALL;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Sender;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A Vietnamese shop with one customer: what the scenarios have in common. */
final class Shop {

    static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");
    static final CustomerId MAI = CustomerId.of(Instant.parse("2026-01-01T00:00:00Z"), "mai");
    static final Address PHONE = Address.phone("+84 90 000 0001");
    static final Address MAIL = Address.email("mai@example.com");
    static final Sender SENDER = Sender.of("SHOP").registeredUntil(Instant.parse("2028-01-01T00:00:00Z"));
    static final Brand BRAND = Brand.named("Shop")
            .controller("Shop Ltd")
            .country("VN")
            .postalAddress("1 Le Loi, Quan 1")
            .sender(SMS, SENDER)
            .sender(CALL, SENDER)
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    static final Grant YES = Grant.of(ADVERTISING).on(SMS, EMAIL, CALL).shown(notice("checkout", 3));
    static final Policy VIETNAM = Policy.vietnam();

    ConsentState state = ConsentState.NONE;
    private int acts;

    static Instant local(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(SAIGON).toInstant();
    }

    static Shop withConsent() {
        return new Shop().act("2026-11-01T09:00", YES);
    }

    Occasion at(String local) {
        return new Occasion("act-" + acts++, MAI, BRAND.controller(), local(local), local(local));
    }

    Shop act(String local, ConsentAct act) {
        act.eventsAt(PHONE, at(local)).forEach(this::event);
        return this;
    }

    Shop event(ConsentEvent event) {
        state = state.apply(event);
        return this;
    }

    Facts facts(MessageClass messageClass, Channel channel, String local) {
        var question = new Question(MAI, BRAND.controller(), channel, Purpose.of(messageClass), local(local));
        var address = channel.equals(EMAIL) ? MAIL : PHONE;
        return Facts.of(messageClass, address, BRAND, state.standing(question)).zone(SAIGON);
    }

    Facts ad(String local) {
        return facts(MessageClass.MARKETING, SMS, local);
    }

    static List<Finding> denials(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() == Outcome.DENY)
                .toList();
    }

    static Map<String, CheckResult> registry(CheckResult answer) {
        return Map.of("vn-dnc", answer);
    }
}
