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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reply to our messages means: a refusal, a yes, a call for help, something that may be a refusal and that a person
 * must read, or none of these. Pure and the same under every default locale. Immutable.
 *
 * <p>A message is compared as a whole: in capitals (root locale), without punctuation and invisible characters, wide letters
 * as narrow ones, and if that fails also without diacritics and without spaces. Vietnamese words that mean something else
 * without their marks ("dừng" stop, "đúng" correct; "hủy" cancel, "Huy" a name) count with them only, or bare as all that an
 * answer to an advertisement says. Within a longer message a refusing word makes it unclear, unless the word is an everyday one
 * there, such as "no", "end" or "thôi".
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

    private record Word(Meaning meaning, String word, String language, boolean everyday) {
        Word(Meaning meaning, String word, String language) {
            this(meaning, word, language, false);
        }
    }

    private static final OptOutWords STANDARD = standardTable();
    private static final int LONGEST = 2_000;

    /** Somebody has not got the goods, which is no refusal of anything. */
    private static final Pattern UNDELIVERED = Pattern.compile(" (KHONG|KO|K|CHUA) NHAN DUOC ");

    private final Map<String, Word> words;
    private final Map<String, Word> alone;
    private final Map<String, Word> marked;
    private final Map<String, Word> hints;
    private final Map<String, Word> unspaced = new TreeMap<>();

    private OptOutWords(
            Map<String, Word> words, Map<String, Word> alone, Map<String, Word> marked, Map<String, Word> hints) {
        this.words = Collections.unmodifiableMap(words);
        this.alone = Collections.unmodifiableMap(alone);
        this.marked = Collections.unmodifiableMap(marked);
        this.hints = Collections.unmodifiableMap(hints);
        Stream.concat(words.entrySet().stream(), alone.entrySet().stream())
                .filter(entry -> entry.getValue().meaning == Meaning.OPT_OUT)
                .forEach(entry -> unspaced.put(unspaced(entry.getKey()), entry.getValue()));
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
        return new OptOutWords(larger, alone, marked, hints);
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
        String said = text.strip();
        String written = plain(said.length() <= LONGEST ? said : said.substring(0, LONGEST));
        String bare = bare(written);
        Word exact = exact(written, bare);
        if (exact != null) {
            return new Reading(exact.meaning, exact.word, exact.language, text);
        }
        Word ambiguous = written.equals(bare) ? ambiguous(bare) : null;
        if (ambiguous != null) {
            Meaning meaning = answersAdvertising ? Meaning.OPT_OUT : Meaning.UNCLEAR_REFUSAL;
            return new Reading(meaning, ambiguous.word, ambiguous.language, text);
        }
        Word hint =
                hint(" " + written + " ", UNDELIVERED.matcher(" " + bare + " ").replaceAll(" "));
        return hint == null
                ? new Reading(Meaning.NONE, "", "", text)
                : new Reading(Meaning.UNCLEAR_REFUSAL, hint.word, hint.language, text);
    }

    private @Nullable Word exact(String written, String bare) {
        Word exact =
                marked.getOrDefault(written, words.getOrDefault(written, words.getOrDefault(bare, alone.get(bare))));
        return exact == null ? unspaced.get(unspaced(bare)) : exact;
    }

    private static String unspaced(String text) {
        return text.replace(" ", "");
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
            if (!entry.getValue().everyday && written.contains(" " + entry.getKey() + " ")) {
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

    /** Capitals, single spaces, no punctuation, letters apart from digits, diacritics kept; eth and African D look like đ. */
    private static String plain(String text) {
        String visible = text.replaceAll("\\p{Cf}+", "");
        String composed = Normalizer.normalize(visible, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return composed.replaceAll("[ÐƉ]", "Đ")
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+|(?<=[\\p{L}\\p{M}])(?=\\p{N})", " ")
                .strip();
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
        return new OptOutWords(standardWords(), wordsAlone(), markedWords(), standardHints());
    }

    private static Map<String, Word> standardWords() {
        var words = new TreeMap<String, Word>();
        put(words, Meaning.OPT_OUT, "de", "STOPP", "ABMELDEN");
        put(words, Meaning.OPT_OUT, "es", "CANCELAR", "PARAR");
        put(words, Meaning.OPT_OUT, "pt", "SAIR");
        put(words, Meaning.OPT_OUT, "fr", "ARRET", "ARRETE");
        put(words, Meaning.OPT_OUT, "ko", "수신거부", "거부");
        put(words, Meaning.OPT_OUT, "ja", "停止", "配信停止");
        put(words, Meaning.OPT_OUT, "th", "ยกเลิก");
        put(words, Meaning.OPT_OUT, "vi", "TC", "TU CHOI", "TC QC", "TC ALL", "TC TIN", "TU CHOI QC", "TU CHOI TIN");
        put(words, Meaning.OPT_OUT, "vi", "HUY QC", "HUY DK", "HUY DANG KY", "HUY TIN", "HUY NHAN TIN", "HUY THEO DOI");
        put(words, Meaning.OPT_OUT, "vi", "HUY QUANG CAO", "TAT QC", "TAT QUANG CAO", "TAT TIN", "CHAN QC", "CHAN TIN");
        put(words, Meaning.OPT_OUT, "vi", "BO DK", "BO DANG KY", "BO THEO DOI", "DUNG NHAN TIN", "DUNG QC");
        put(words, Meaning.OPT_OUT, "vi", "NGUNG NHAN", "NGUNG GUI", "NGUNG QC", "KHONG NHAN", "KO NHAN");
        put(words, Meaning.OPT_OUT, "en", "STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "QUIT", "REVOKE");
        put(words, Meaning.OPT_OUT, "en", "OPT OUT", "OPTOUT");
        put(words, Meaning.HELP, "en", "HELP", "INFO");
        put(words, Meaning.HELP, "vi", "TRO GIUP", "HD");
        put(words, Meaning.OPT_IN, "en", "START", "YES", "UNSTOP");
        put(words, Meaning.OPT_IN, "vi", "DK", "DONG Y", "DY");
        return words;
    }

    /** What says something else, or nothing, within a longer message. */
    private static Map<String, Word> wordsAlone() {
        var words = new TreeMap<String, Word>();
        put(words, Meaning.UNCLEAR_REFUSAL, "en", "NO");
        put(words, Meaning.OPT_OUT, "en", "END", "ST0P");
        put(words, Meaning.OPT_OUT, "es", "ALTO", "BAJA");
        put(words, Meaning.OPT_OUT, "pt", "PARE");
        put(words, Meaning.OPT_OUT, "vi", "K NHAN", "K NHAN NUA", "K NHAN TIN", "K NHAN TIN NUA");
        return words;
    }

    private static Map<String, Word> markedWords() {
        var words = new TreeMap<String, Word>();
        putMarked(words, "vi", "dừng", "dừng lại", "ngừng", "ngừng lại", "hủy", "huỷ");
        for (String everyday : List.of("thôi", "chặn")) {
            words.put(plain(everyday), new Word(Meaning.OPT_OUT, everyday, "vi", true));
        }
        return words;
    }

    private static Map<String, Word> standardHints() {
        var hints = new TreeMap<String, Word>();
        hint(
                hints,
                "en",
                "LEAVE ME ALONE",
                "REMOVE ME",
                "TAKE ME OFF",
                "NOT INTERESTED",
                "NO MORE",
                "NO THANKS",
                "SPAM");
        hint(hints, "en", "DO NOT TEXT", "DON T TEXT", "DONT TEXT", "DO NOT CONTACT");
        hint(hints, "en", "DO NOT SEND", "DON T SEND", "DONT SEND");
        hint(hints, "vi", "đừng gửi", "đừng nhắn", "đừng gọi", "đừng làm phiền", "làm phiền", "phiền quá", "tin rác");
        hint(hints, "vi", "không muốn", "ko muốn", "không cần", "không đồng ý", "không quan tâm", "xóa số", "chặn số");
        hint(hints, "fr", "NE PLUS RECEVOIR", "DESINSCRIRE");
        hint(hints, "de", "KEINE WERBUNG", "NICHT MEHR", "ABBESTELLEN");
        return hints;
    }

    private static void hint(Map<String, Word> hints, String language, String... phrases) {
        put(hints, Meaning.UNCLEAR_REFUSAL, language, phrases);
    }
}
