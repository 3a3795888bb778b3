// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import com.google.common.hash.Hashing;
import dev.throughline.identity.ThroughlineException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Gives each customer of the shop a name, addresses, a language and consents, by a stable hash of the customer's id: the
 * same customer gets the same persona on every machine, whoever else is in the file.
 *
 * <p>E-mail addresses are in the domains that RFC 2606 reserves. Phone numbers are +84 57 and the customer's id in seven
 * digits: as long as a Vietnamese mobile number, but 057 is assigned to no operator, so none of them can ring. The id
 * itself stands in both addresses because a hash would give two customers one address sooner or later, and an address
 * shared by two customers makes them one.
 */
final class Scenario {

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    static final String PHONE_RANGE = "+8457";

    private static final int SEED = 8_457;
    private static final Pattern CUSTOMER_ID = Pattern.compile("[1-9]\\d{0,6}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
    private static final List<String> NAMES = List.of(
            "Mai", "Lan", "Hương", "Thảo", "Linh", "Ngọc", "Hà", "Trang", "Yến", "Phượng", "Nam", "Minh", "Tuấn",
            "Hùng", "Dũng", "Đức", "Quân", "Sơn", "Khánh", "Bảo");

    private Scenario() {}

    static Persona persona(String customerId) {
        if (!CUSTOMER_ID.matcher(customerId).matches()) {
            throw new ThroughlineException(
                    "customer id is \"" + customerId + "\", expected a number of at most 7 digits");
        }
        var name = pick(customerId, "name", NAMES);
        return new Persona(
                customerId,
                name,
                ascii(name) + '.' + customerId + '@' + pick(customerId, "domain", DOMAINS),
                PHONE_RANGE + "0".repeat(7 - customerId.length()) + customerId,
                share(customerId, "language", 85) ? "vi" : "en",
                ZONE,
                "VN",
                share(customerId, "email", 70),
                share(customerId, "sms", 60),
                share(customerId, "tracking", 50),
                share(customerId, "do-not-call", 3));
    }

    /** Whether the mailbox behind an address is gone, so that the mail server in this process refuses it. */
    static boolean isGone(String email) {
        return share(email, "gone", 2);
    }

    private static boolean share(String customerId, String attribute, int percent) {
        return Integer.remainderUnsigned(hash(customerId, attribute), 100) < percent;
    }

    private static String pick(String customerId, String attribute, List<String> choices) {
        return choices.get(Integer.remainderUnsigned(hash(customerId, attribute), choices.size()));
    }

    private static int hash(String customerId, String attribute) {
        return Hashing.murmur3_32_fixed(SEED)
                .hashString(attribute + '/' + customerId, StandardCharsets.UTF_8)
                .asInt();
    }

    private static String ascii(String name) {
        var plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace('Đ', 'D').toLowerCase(Locale.ROOT);
    }
}
