// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import static dev.throughline.link.Link.Purpose.PREFERENCES;
import static dev.throughline.link.Link.Purpose.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class LinkKeysTest {

    private static final String SECRET = "the first secret of a small tea shop";
    private static final String LATER_SECRET = "the second secret of the same tea shop";
    private static final String MESSAGE = "00112233445566778899aabbccddeeff";
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LinkKeys KEYS = LinkKeys.signing(1, SECRET);

    @Test
    void readsWhatItHasSigned() {
        var link = new Link(PREFERENCES, MESSAGE, NOW.plusSeconds(60));

        String token = KEYS.sign(link);

        assertThat(token).hasSize(LinkKeys.TOKEN_LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(KEYS.read(token, PREFERENCES, NOW).link()).contains(link);
    }

    @Test
    void signsByHmacSha256OverTheWholeLinkUnderAContextOfItsOwn() throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] said = ByteBuffer.allocate(23)
                .put((byte) 1)
                .put((byte) 1)
                .put(new byte[5])
                .put(HexFormat.of().parseHex(MESSAGE))
                .array();
        mac.update("throughline link 1\0".getBytes(StandardCharsets.US_ASCII));
        byte[] token = Arrays.copyOf(said, 39);
        System.arraycopy(mac.doFinal(said), 0, token, 23, 16);

        assertThat(KEYS.sign(new Link(UNSUBSCRIBE, MESSAGE, null)))
                .isEqualTo(Base64.getUrlEncoder().encodeToString(token));
    }

    @Test
    void refusesATokenInWhichAnyBitIsAnother() {
        byte[] token = Base64.getUrlDecoder().decode(KEYS.sign(new Link(PREFERENCES, MESSAGE, NOW.plusSeconds(60))));

        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(KEYS.read(forged, PREFERENCES, NOW).state())
                    .as("bit %s", bit)
                    .isEqualTo(LinkReading.State.INVALID);
        }
    }

    @Test
    void refusesATokenThatIsCutOrLengthenedAnywhere() {
        String token = KEYS.sign(new Link(UNSUBSCRIBE, MESSAGE, null));

        for (int length = 0; length < token.length(); length++) {
            assertThat(KEYS.read(token.substring(0, length), UNSUBSCRIBE, NOW).link())
                    .isEmpty();
            assertThat(KEYS.read(token.substring(length + 1), UNSUBSCRIBE, NOW).link())
                    .isEmpty();
        }
        assertThat(KEYS.read(token + "A", UNSUBSCRIBE, NOW).link()).isEmpty();
        assertThat(KEYS.read(token + "=", UNSUBSCRIBE, NOW).link()).isEmpty();
        assertThat(KEYS.read("", UNSUBSCRIBE, NOW).link()).isEmpty();
        assertThat(KEYS.read(null, UNSUBSCRIBE, NOW).link()).isEmpty();
        assertThat(KEYS.read("é".repeat(LinkKeys.TOKEN_LENGTH), UNSUBSCRIBE, NOW)
                        .link())
                .isEmpty();
    }

    @Test
    void refusesALinkForAnotherPurposeAndOneOfAnotherShop() {
        String token = KEYS.sign(new Link(UNSUBSCRIBE, MESSAGE, null));

        assertThat(KEYS.read(token, PREFERENCES, NOW)).isEqualTo(LinkReading.INVALID);
        assertThat(LinkKeys.signing(1, LATER_SECRET).read(token, UNSUBSCRIBE, NOW))
                .isEqualTo(LinkReading.INVALID);
        assertThat(LinkKeys.signing(2, SECRET).read(token, UNSUBSCRIBE, NOW)).isEqualTo(LinkReading.INVALID);
    }

    @Test
    void refusesABareMessageIdUnlessTheHostOnceHadNoKey() {
        assertThat(KEYS.read(MESSAGE, UNSUBSCRIBE, NOW)).isEqualTo(LinkReading.INVALID);
        assertThat(KEYS.acceptingUnsigned().read(MESSAGE, UNSUBSCRIBE, NOW).link())
                .contains(new Link(UNSUBSCRIBE, MESSAGE, null));
        assertThat(KEYS.acceptingUnsigned().read(MESSAGE, PREFERENCES, NOW)).isEqualTo(LinkReading.INVALID);
    }

    @Test
    void endsALinkAtTheSecondThatItSays() {
        String token = KEYS.sign(new Link(PREFERENCES, MESSAGE, NOW.plusSeconds(60)));

        assertThat(KEYS.read(token, PREFERENCES, NOW.plusSeconds(60).minusMillis(1))
                        .state())
                .isEqualTo(LinkReading.State.VALID);
        var late = KEYS.read(token, PREFERENCES, NOW.plusSeconds(60));
        assertThat(late.state()).isEqualTo(LinkReading.State.EXPIRED);
        assertThat(late.link()).isEmpty();
        assertThat(late.expired()).isPresent();
    }

    @Test
    void scenario24NeverEndsALinkThatUnsubscribes() {
        String token = KEYS.sign(new Link(UNSUBSCRIBE, MESSAGE, null));

        assertThat(KEYS.read(token, UNSUBSCRIBE, NOW.plus(Duration.ofDays(59))).state())
                .isEqualTo(LinkReading.State.VALID);
        assertThat(KEYS.read(token, UNSUBSCRIBE, NOW.plus(Duration.ofDays(36_500)))
                        .state())
                .isEqualTo(LinkReading.State.VALID);
    }

    @Test
    void signsWithTheNewKeyAndReadsLinksOfTheOldOne() {
        var link = new Link(UNSUBSCRIBE, MESSAGE, null);
        var changed = LinkKeys.signing(2, LATER_SECRET).accepting(1, SECRET);

        assertThat(changed.read(KEYS.sign(link), UNSUBSCRIBE, NOW).link()).contains(link);
        assertThat(KEYS.read(changed.sign(link), UNSUBSCRIBE, NOW)).isEqualTo(LinkReading.INVALID);
    }

    @Test
    void refusesKeysThatAreTooShortOrTwiceAndNeverShowsThem() {
        assertThatThrownBy(() -> LinkKeys.signing(1, "short"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("link key 1: a secret of 5 characters, expected at least 32");
        assertThatThrownBy(() -> KEYS.accepting(1, LATER_SECRET))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("link key 1: expected a version from 1 to 255 that is not taken, have [1]");
        assertThatThrownBy(() -> KEYS.accepting(256, LATER_SECRET))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("link key 256: expected a version from 1 to 255 that is not taken, have [1]");
        assertThat(KEYS).hasToString("LinkKeys [1] signing 1");
    }

    @Test
    void signsNothingWithoutAKey() {
        assertThatThrownBy(() -> LinkKeys.NONE.sign(new Link(PREFERENCES, MESSAGE, NOW)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("link for PREFERENCES: no key to sign it with, expected one, such as"
                        + " Setup.links(LinkKeys.signing(1, secret))");
    }
}
