// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import dev.throughline.identity.Given;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The host's secrets that links are signed with (HMAC-SHA-256, RFC 2104, cut to 128 bits), each under a version number, so that they
 * can change while links are out: {@code LinkKeys.signing(2, newSecret).accepting(1, oldSecret)}. All hosts of a store say the same
 * ones; a new one is accepted by all of them before any signs with it. An old one is kept for as long as links bear it: laws want an
 * unsubscribe link to work for 60 days after the message. Immutable and thread-safe; the same link gives the same token.
 */
public final class LinkKeys {

    /** No key: unsubscribe links bear a message's bare id, and there are no other links. */
    public static final LinkKeys NONE = new LinkKeys(0, Map.of(), true, Map.of());

    /** How long a token is: so many letters, digits, hyphens and underscores. */
    public static final int TOKEN_LENGTH = 52;

    private static final int SHORTEST_SECRET = 32;
    private static final int MOST_VERSIONS = 255;
    private static final int SIGNED = 1 + 1 + 5 + 16;
    private static final int SIGNATURE = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] CONTEXT = "throughline link 1\0".getBytes(StandardCharsets.US_ASCII);

    private final int current;
    private final Map<Integer, SecretKeySpec> keys;
    private final boolean unsigned;
    private final Map<Link.Purpose, String> pages;

    private LinkKeys(int current, Map<Integer, SecretKeySpec> keys, boolean unsigned, Map<Link.Purpose, String> pages) {
        this.current = current;
        this.keys = keys;
        this.unsigned = unsigned;
        this.pages = pages;
    }

    /**
     * The secret that new links are signed with.
     *
     * @param version its number, 1 to 255, which stands in each link
     * @param secret at least 32 characters that nobody can guess
     * @return the keys
     * @throws ThroughlineException if the secret is shorter, or the number another one; does not show the secret
     */
    public static LinkKeys signing(int version, String secret) {
        return new LinkKeys(version, Map.of(), false, Map.of()).accepting(version, secret);
    }

    /**
     * Another secret, whose links are still or already accepted.
     *
     * @param version its number
     * @param secret the secret
     * @return the changed keys
     * @throws ThroughlineException if it is too short, or the number is taken or out of range; does not show the secret
     */
    public LinkKeys accepting(int version, String secret) {
        Given.required("link keys", "secret", secret);
        if (version < 1 || version > MOST_VERSIONS || keys.containsKey(version)) {
            throw new ThroughlineException("link key " + version
                    + ": expected a version from 1 to 255 that is not taken, have " + keys.keySet());
        }
        if (secret.length() < SHORTEST_SECRET) {
            throw new ThroughlineException("link key " + version + ": a secret of " + secret.length()
                    + " characters, expected at least " + SHORTEST_SECRET);
        }
        var more = new TreeMap<>(keys);
        more.put(version, new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        return new LinkKeys(current, more, unsigned, pages);
    }

    /**
     * Takes unsubscribe links that bear a message's bare id, too: for a host whose mails went out before it had a key.
     *
     * @return the changed keys
     */
    public LinkKeys acceptingUnsigned() {
        return new LinkKeys(current, keys, true, pages);
    }

    /**
     * With the page that links for a purpose lead to, so that messages can fill in {@code links.confirm} and {@code links.preferences}.
     *
     * @param purpose what for; unsubscribe links lead to the brand's own page
     * @param address what the token is appended to, such as {@code https://shop.example/confirm/}
     * @return the changed keys
     * @throws ThroughlineException if it is no http or https address
     */
    public LinkKeys page(Link.Purpose purpose, String address) {
        Given.required("link keys", "purpose", purpose);
        if (!Given.required("link keys", "address", address).matches("https?://[^/\\s]+/\\S*")) {
            throw new ThroughlineException("page for " + purpose + " '" + Shown.of(address)
                    + "': expected an address such as https://shop.example/confirm/");
        }
        var more = new EnumMap<Link.Purpose, String>(Link.Purpose.class);
        more.putAll(pages);
        more.put(purpose, address);
        return new LinkKeys(current, keys, unsigned, Collections.unmodifiableMap(more));
    }

    /**
     * Whether links for a purpose can be made.
     *
     * @param purpose what for
     * @return whether there is a key, and a page that they lead to
     */
    public boolean leadTo(Link.Purpose purpose) {
        return !isNone() && pages.containsKey(purpose);
    }

    /**
     * The whole address of a link.
     *
     * @param link the link
     * @return the page with the token at its end; where there is no key or page, as in rehearsals and previews, an address that leads
     *     nowhere
     */
    public String address(Link link) {
        String page = pages.get(link.purpose());
        return page == null || isNone()
                ? "https://example.com/" + link.purpose().name().toLowerCase(Locale.ROOT)
                : page + sign(link);
    }

    /**
     * Whether there is no key, so that nothing can be signed.
     *
     * @return whether
     */
    public boolean isNone() {
        return keys.isEmpty();
    }

    /**
     * A link as it stands at the end of an address.
     *
     * @param link the link
     * @return {@link #TOKEN_LENGTH} characters of base64url (RFC 4648 section 5)
     * @throws ThroughlineException if there is no key
     */
    public String sign(Link link) {
        Given.required("link keys", "link", link);
        if (isNone()) {
            throw new ThroughlineException("link for " + link.purpose()
                    + ": no key to sign it with, expected one, such as" + " Setup.links(LinkKeys.signing(1, secret))");
        }
        byte[] token = new byte[SIGNED + SIGNATURE];
        ByteBuffer.wrap(token)
                .put((byte) link.purpose().code())
                .put((byte) current)
                .put(expiry(link.expiresAt()))
                .put(HexFormat.of().parseHex(link.subject()));
        System.arraycopy(signature(key(current), token), 0, token, SIGNED, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * What a token says. Nothing of it is believed before its signature is, which is compared in constant time.
     *
     * @param token the end of an address, whatever it is
     * @param purpose what it is to be good for
     * @param now when
     * @return the link, or why there is none
     */
    public LinkReading read(@Nullable String token, Link.Purpose purpose, Instant now) {
        if (token == null) {
            return LinkReading.INVALID;
        }
        if (unsigned && purpose == Link.Purpose.UNSUBSCRIBE && token.matches("[0-9a-f]{32}")) {
            return new LinkReading(LinkReading.State.VALID, new Link(purpose, token, null));
        }
        byte[] bytes = decoded(token);
        SecretKeySpec key = bytes.length == 0 ? null : keys.get(Byte.toUnsignedInt(bytes[1]));
        if (key == null
                || !MessageDigest.isEqual(signature(key, bytes), Arrays.copyOfRange(bytes, SIGNED, bytes.length))
                || bytes[0] != purpose.code()) {
            return LinkReading.INVALID;
        }
        Instant until = expiry(bytes);
        boolean over = until != null && !now.isBefore(until);
        return new LinkReading(
                over ? LinkReading.State.EXPIRED : LinkReading.State.VALID,
                new Link(purpose, HexFormat.of().formatHex(bytes, 7, SIGNED), until));
    }

    /** Which versions there are; never a secret. */
    @Override
    public String toString() {
        return "LinkKeys " + keys.keySet() + " signing " + current;
    }

    /** Empty if it is no token at all; 39 octets fill 52 characters, so that no two tokens mean the same. */
    private static byte[] decoded(String token) {
        return token.length() == TOKEN_LENGTH && token.matches("[A-Za-z0-9_-]+")
                ? Base64.getUrlDecoder().decode(token)
                : new byte[0];
    }

    private static byte[] expiry(@Nullable Instant until) {
        long seconds = until == null ? 0 : until.getEpochSecond();
        return Arrays.copyOfRange(
                ByteBuffer.allocate(Long.BYTES).putLong(seconds).array(), 3, Long.BYTES);
    }

    private static @Nullable Instant expiry(byte[] token) {
        var seconds = new byte[Long.BYTES];
        System.arraycopy(token, 2, seconds, 3, 5);
        long at = ByteBuffer.wrap(seconds).getLong();
        return at == 0 ? null : Instant.ofEpochSecond(at);
    }

    private SecretKeySpec key(int version) {
        SecretKeySpec key = keys.get(version);
        if (key == null) {
            throw new IllegalStateException("no link key " + version);
        }
        return key;
    }

    /** Over what the link says, under a context of its own, should the host use its secret elsewhere. */
    private static byte[] signature(SecretKeySpec key, byte[] token) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(CONTEXT);
            mac.update(token, 0, SIGNED);
            return Arrays.copyOf(mac.doFinal(), SIGNATURE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
