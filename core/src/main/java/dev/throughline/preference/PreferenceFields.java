// SPDX-License-Identifier: Apache-2.0
package dev.throughline.preference;

import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Preference;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Wish;
import dev.throughline.consent.Withdrawal;
import dev.throughline.link.Form;
import dev.throughline.preference.PreferenceCentre.ChannelChoice;
import dev.throughline.preference.PreferenceCentre.TopicChoice;
import dev.throughline.preference.PreferenceChoice.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a preference centre's form: {@link #VERSION}, {@link #LANGUAGE}, {@link #CHANNEL} once for each ticked channel, and for
 * each channel {@link #topics}, {@link #frequency} and {@link #hours}. A box that is not ticked sends nothing, as browsers have it.
 */
public final class PreferenceFields {

    /** Hidden: {@link PreferenceCentre#version}. */
    public static final String VERSION = "version";

    /** The chosen language: a tag of the menu. */
    public static final String LANGUAGE = "language";

    /** A ticked channel: its name as written, such as {@code email}. */
    public static final String CHANNEL = "channel";

    private static final String METHOD = "preference centre";

    private final PreferenceCentre centre;
    private final Form form;
    private final Instant now;
    private final TreeSet<String> faults = new TreeSet<>();
    private final List<ConsentAct> acts = new ArrayList<>();
    private @Nullable Instant tooSoon;

    PreferenceFields(PreferenceCentre centre, Form form, Instant now) {
        this.centre = centre;
        this.form = form;
        this.now = now;
    }

    /**
     * The field with one value for each ticked topic of a channel: its id.
     *
     * @param choice the channel
     * @return the field's name
     */
    public static String topics(ChannelChoice choice) {
        return "topic." + choice.channel().written();
    }

    /**
     * The field with the chosen frequency of a channel: its {@link #code}.
     *
     * @param choice the channel
     * @return the field's name
     */
    public static String frequency(ChannelChoice choice) {
        return "frequency." + choice.channel().written();
    }

    /**
     * The field with the chosen hours of a channel: their {@link #code}.
     *
     * @param choice the channel
     * @return the field's name
     */
    public static String hours(ChannelChoice choice) {
        return "hours." + choice.channel().written();
    }

    /**
     * How a frequency or hours stand in a form.
     *
     * @param wish one of those that can be chosen
     * @return such as {@code 1-PT168H}, {@code 1080-1260} or {@code any}
     */
    public static String code(Wish wish) {
        if (wish.limits()) {
            return wish.most() + "-" + wish.within();
        }
        return wish.hasHours() ? wish.from() + "-" + wish.to() : "any";
    }

    PreferenceChoice choice() {
        check();
        if (!faults.isEmpty()) {
            return PreferenceChoice.refused(List.copyOf(faults));
        }
        if (!form.first(VERSION).equals(centre.version())) {
            return PreferenceChoice.nothing(Outcome.STALE);
        }
        centre.channels().forEach(this::chosen);
        if (tooSoon != null) {
            return PreferenceChoice.tooSoon(tooSoon);
        }
        String language = form.first(LANGUAGE).equals(centre.language()) ? "" : form.first(LANGUAGE);
        return acts.isEmpty() && language.isEmpty()
                ? PreferenceChoice.nothing(Outcome.UNCHANGED)
                : new PreferenceChoice(Outcome.CHANGED, acts, language, List.of(), null);
    }

    /** Every field and value must be one that the page has. */
    private void check() {
        var known = new LinkedHashMap<String, List<String>>();
        known.put(LANGUAGE, List.copyOf(centre.menu().notices().keySet()));
        for (ChannelChoice each : centre.channels()) {
            known.put(frequency(each), codes(each.frequencies(centre.menu())));
            known.put(hours(each), codes(each.hours(centre.menu())));
        }
        known.forEach((field, values) -> one(field, values));
        some(CHANNEL, names());
        var several = new LinkedHashMap<String, List<String>>();
        centre.channels().forEach(each -> several.put(topics(each), ids(each)));
        several.forEach(this::some);
        if (form.all(VERSION).size() != 1) {
            faults.add(VERSION);
        }
        var fields = new TreeSet<>(form.fields().keySet());
        fields.removeAll(known.keySet());
        fields.removeAll(several.keySet());
        fields.removeAll(List.of(CHANNEL, VERSION));
        faults.addAll(fields);
    }

    private List<String> names() {
        return centre.channels().stream()
                .filter(each -> each.state() != PreferenceCentre.State.BLOCKED)
                .map(each -> each.channel().written())
                .toList();
    }

    private static List<String> ids(ChannelChoice choice) {
        return choice.topics().stream().map(each -> each.topic().id()).toList();
    }

    private static List<String> codes(List<Wish> wishes) {
        return wishes.stream().map(PreferenceFields::code).toList();
    }

    private void one(String field, List<String> values) {
        if (form.all(field).size() != 1 || !values.contains(form.first(field))) {
            faults.add(field);
        }
    }

    private void some(String field, List<String> values) {
        if (!values.containsAll(form.all(field))) {
            faults.add(field);
        }
    }

    private void chosen(ChannelChoice choice) {
        if (choice.state() == PreferenceCentre.State.BLOCKED) {
            return;
        }
        boolean wanted = form.all(CHANNEL).contains(choice.channel().written());
        if (wanted && !choice.isChosen()) {
            grant(choice, grant(), lastRefusal(choice));
        } else if (!wanted && choice.isChosen()) {
            acts.add(withdrawal().on(choice.channel()));
        }
        topics(choice, wanted);
        Wish wish = wish(choice);
        if (!wish.equals(choice.wish())) {
            acts.add(Preference.of(Purpose.ADVERTISING, wish)
                    .on(choice.channel())
                    .method(METHOD));
        }
    }

    /** A yes to the channel reaches all its topics, so that each no is said again after it. */
    private void topics(ChannelChoice choice, boolean wanted) {
        if (!wanted) {
            return;
        }
        for (TopicChoice topic : choice.topics()) {
            boolean ticked = form.all(topics(choice)).contains(topic.topic().id());
            if (ticked && !topic.chosen() && choice.isChosen()) {
                grant(choice, grant().topic(topic.topic().id()), topic.refusedAt());
            } else if (!ticked && (topic.chosen() || !choice.isChosen())) {
                acts.add(withdrawal().topic(topic.topic().id()).on(choice.channel()));
            }
        }
    }

    private @Nullable Instant lastRefusal(ChannelChoice choice) {
        var ticked = form.all(topics(choice));
        return Stream.concat(
                        Stream.of(Optional.ofNullable(choice.refusedAt())),
                        choice.topics().stream()
                                .filter(topic -> ticked.contains(topic.topic().id()))
                                .map(topic -> Optional.ofNullable(topic.refusedAt())))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private void grant(ChannelChoice choice, Grant grant, @Nullable Instant refused) {
        Instant after = refused == null ? Instant.MIN : refused.plus(ConsentState.CLOCK_BAND);
        if (!now.isAfter(after)) {
            tooSoon = tooSoon == null || after.isAfter(tooSoon) ? after : tooSoon;
        }
        acts.add(grant.on(choice.channel()));
    }

    private Grant grant() {
        var notice = centre.menu().notices().get(centre.shownIn());
        var grant = Grant.of(Purpose.ADVERTISING)
                .controller(centre.menu().brand().controller())
                .method(METHOD)
                .language(centre.shownIn());
        return notice == null ? grant : grant.shown(notice);
    }

    private static Withdrawal withdrawal() {
        return Withdrawal.of(Purpose.ADVERTISING).method(METHOD);
    }

    private Wish wish(ChannelChoice choice) {
        Wish often = found(choice.frequencies(centre.menu()), form.first(frequency(choice)));
        Wish times = found(choice.hours(centre.menu()), form.first(hours(choice)));
        return new Wish(often.most(), often.within(), times.from(), times.to());
    }

    private static Wish found(List<Wish> wishes, String code) {
        return wishes.stream()
                .filter(each -> code(each).equals(code))
                .findFirst()
                .orElse(Wish.NONE);
    }
}
