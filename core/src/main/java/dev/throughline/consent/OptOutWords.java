// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.OptOut;
import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reply to our messages means: a refusal, a yes, a call for help, something that may be a refusal and that a person
 * must read, or none of these. Pure and the same under every default locale. Immutable.
 *
 * <p>A message is compared as a whole: in capitals (root locale), without punctuation, and if that fails also without
 * diacritics. Vietnamese words that mean something else without them ("dừng" stop, "đúng" correct; "hủy" cancel, "Huy" a
 * name) count with their marks only, or bare as the only word of an answer to an advertisement.
 */
public final class OptOutWords {

    /** What a reply means. */
    public enum Meaning {
        /** The person refuses. */
        OPT_OUT,
        /** The person says yes to what was asked last. */
        OPT_IN,
        /** The person asks what this is. Not answered by the library: journeys can wait for the reply's {@code Message Received} and answer. */
        HELP,
        /** It may be a refusal: sending pauses until somebody has read it. */
        UNCLEAR_REFUSAL,
        /** Nothing of the kind. */
        NONE
    }

    /**
     * What a reply was found to mean.
     *
     * @param meaning the meaning
     * @param word the words of the table that decided; empty for {@link Meaning#NONE}
     * @param language their language; empty for words of a brand's own and for {@link Meaning#NONE}
     * @param text the reply as it was written
     */
    public record Reading(Meaning meaning, String word, String language, String text) {

        /**
         * The consent act that this reply is by itself, about advertising on the channel it came by. A yes is none: it is consent
         * only to what was asked, see {@link ConsentEvent#answered}.
         *
         * @param channel the channel
         * @return a withdrawal for OPT_OUT, else none
         */
        public List<ConsentAct> acts(Channel channel) {
            return meaning != Meaning.OPT_OUT
                    ? List.of()
                    : List.of(Withdrawal.of(Purpose.ADVERTISING)
                            .on(channel)
                            .method(channel.name() + " keyword")
                            .saying(text));
        }
    }

    private record Word(Meaning meaning, String word, String language) {}

    private static final OptOutWords STANDARD = standardTable();
    private static final int LONGEST = 2_000;

    private final Map<String, Word> words;
    private final Map<String, Word> marked;
    private final Map<String, Word> hints;

    private OptOutWords(Map<String, Word> words, Map<String, Word> marked, Map<String, Word> hints) {
        this.words = Collections.unmodifiableMap(words);
        this.marked = Collections.unmodifiableMap(marked);
        this.hints = Collections.unmodifiableMap(hints);
    }

    /**
     * The words that operators and laws know, in eight languages, all of them at once: a person in Vietnam may well write STOP.
     *
     * @return the table
     */
    public static OptOutWords standard() {
        return STANDARD;
    }

    /**
     * With more words.
     *
     * @param meaning what they mean
     * @param language their language, as a BCP 47 tag
     * @param more the words; case, punctuation and diacritics do not matter
     * @return the larger table
     */
    public OptOutWords with(Meaning meaning, String language, String... more) {
        var larger = new TreeMap<>(words);
        put(larger, meaning, language, more);
        return new OptOutWords(larger, marked, hints);
    }

    /**
     * With the words that a brand tells people to write.
     *
     * @param brand the brand
     * @return the larger table
     */
    public OptOutWords with(Brand brand) {
        OptOutWords larger = this;
        for (OptOut way : brand.optOuts()) {
            if (!way.keyword().isBlank()) {
                larger = larger.with(Meaning.OPT_OUT, "", way.keyword());
            }
        }
        return larger;
    }

    /**
     * What a reply means.
     *
     * @param text as it was received
     * @param answersAdvertising whether the last message to this address was an advertisement, so that a lone ambiguous word is
     *     a refusal
     * @return the meaning
     */
    public Reading read(String text, boolean answersAdvertising) {
        String written = plain(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
        String bare = bare(written);
        Word exact = marked.getOrDefault(written, words.getOrDefault(written, words.get(bare)));
        if (exact != null) {
            return new Reading(exact.meaning, exact.word, exact.language, text);
        }
        Word ambiguous = written.equals(bare) ? ambiguous(bare) : null;
        if (ambiguous != null) {
            Meaning meaning = answersAdvertising ? Meaning.OPT_OUT : Meaning.UNCLEAR_REFUSAL;
            return new Reading(meaning, ambiguous.word, ambiguous.language, text);
        }
        Word hint = hint(" " + written + " ", " " + bare + " ");
        return hint == null
                ? new Reading(Meaning.NONE, "", "", text)
                : new Reading(Meaning.UNCLEAR_REFUSAL, hint.word, hint.language, text);
    }

    private @Nullable Word ambiguous(String bare) {
        return marked.entrySet().stream()
                .filter(entry -> bare(entry.getKey()).equals(bare))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Any refusing word or phrase within a longer message. */
    private @Nullable Word hint(String written, String bare) {
        for (var entry : marked.entrySet()) {
            if (written.contains(" " + entry.getKey() + " ")) {
                return entry.getValue();
            }
        }
        for (var entry : hints.entrySet()) {
            if (bare.contains(" " + entry.getKey() + " ")) {
                return entry.getValue();
            }
        }
        return words.entrySet().stream()
                .filter(entry ->
                        entry.getValue().meaning == Meaning.OPT_OUT && bare.contains(" " + entry.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Capitals, single spaces, no punctuation, diacritics kept. */
    private static String plain(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return composed.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ").strip();
    }

    /** Without diacritics; đ is a letter of its own and has to be mapped. */
    private static String bare(String plain) {
        return Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}+", "")
                .replace('Đ', 'D');
    }

    private static void put(Map<String, Word> table, Meaning meaning, String language, String... words) {
        for (String word : words) {
            table.put(bare(plain(word)), new Word(meaning, word, language));
        }
    }

    private static void putMarked(Map<String, Word> table, String language, String... words) {
        for (String word : words) {
            table.put(plain(word), new Word(Meaning.OPT_OUT, word, language));
        }
    }

    private static OptOutWords standardTable() {
        var words = new TreeMap<String, Word>();
        put(words, Meaning.OPT_OUT, "de", "STOPP", "ABMELDEN");
        put(words, Meaning.OPT_OUT, "es", "ALTO", "BAJA", "CANCELAR", "PARAR");
        put(words, Meaning.OPT_OUT, "pt", "SAIR", "PARE");
        put(words, Meaning.OPT_OUT, "fr", "ARRET", "ARRETE");
        put(words, Meaning.OPT_OUT, "ko", "수신거부", "거부");
        put(words, Meaning.OPT_OUT, "ja", "停止", "配信停止");
        put(words, Meaning.OPT_OUT, "th", "ยกเลิก");
        put(
                words,
                Meaning.OPT_OUT,
                "vi",
                "TC",
                "TU CHOI",
                "TUCHOI",
                "TC QC",
                "TC ALL",
                "HUY QC",
                "HUY DK",
                "NGUNG NHAN");
        put(words, Meaning.OPT_OUT, "vi", "KHONG NHAN");
        put(
                words,
                Meaning.OPT_OUT,
                "en",
                "STOP",
                "STOPALL",
                "STOP ALL",
                "UNSUBSCRIBE",
                "CANCEL",
                "END",
                "QUIT",
                "REVOKE");
        put(words, Meaning.OPT_OUT, "en", "OPT OUT", "OPTOUT");
        put(words, Meaning.HELP, "en", "HELP", "INFO");
        put(words, Meaning.HELP, "vi", "TRO GIUP", "HD");
        put(words, Meaning.OPT_IN, "en", "START", "YES", "UNSTOP");
        put(words, Meaning.OPT_IN, "vi", "DK", "DONG Y", "DY");
        var marked = new TreeMap<String, Word>();
        putMarked(marked, "vi", "dừng", "ngừng", "hủy", "huỷ", "thôi");
        var hints = new TreeMap<String, Word>();
        put(
                hints,
                Meaning.UNCLEAR_REFUSAL,
                "en",
                "LEAVE ME ALONE",
                "REMOVE ME",
                "TAKE ME OFF",
                "NOT INTERESTED",
                "NO MORE");
        put(hints, Meaning.UNCLEAR_REFUSAL, "en", "DO NOT TEXT", "DON T TEXT", "DONT TEXT", "DO NOT CONTACT", "SPAM");
        put(hints, Meaning.UNCLEAR_REFUSAL, "en", "DO NOT SEND", "DON T SEND", "DONT SEND", "NO THANKS", "NO");
        put(hints, Meaning.UNCLEAR_REFUSAL, "vi", "đừng gửi", "đừng nhắn", "đừng gọi", "đừng làm phiền", "làm phiền");
        put(
                hints,
                Meaning.UNCLEAR_REFUSAL,
                "vi",
                "không muốn",
                "không cần",
                "không đồng ý",
                "không quan tâm",
                "tin rác");
        put(hints, Meaning.UNCLEAR_REFUSAL, "fr", "NE PLUS RECEVOIR", "DESINSCRIRE");
        put(hints, Meaning.UNCLEAR_REFUSAL, "de", "KEINE WERBUNG", "NICHT MEHR", "ABBESTELLEN");
        return new OptOutWords(words, marked, hints);
    }
}
