// SPDX-License-Identifier: Apache-2.0
package dev.throughline.preference;

import dev.throughline.consent.ConsentAct;
import dev.throughline.link.Form;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submitted form asks for. All of it or nothing: where anything is wrong, nothing is recorded.
 *
 * @param outcome what is to be done
 * @param acts the consent acts to record, in their order; none unless it is {@link Outcome#CHANGED}
 * @param language the language to set; empty to leave it
 * @param faults the names of the fields that are wrong; only for {@link Outcome#REFUSED}
 * @param after from when on a yes can follow the no that stands; only for {@link Outcome#TOO_SOON}, else {@code null}
 */
public record PreferenceChoice(
        Outcome outcome,
        List<ConsentAct> acts,
        String language,
        List<String> faults,
        @Nullable Instant after) {

    /** What is to be done with a form. */
    public enum Outcome {
        /** Something is chosen anew. */
        CHANGED,
        /** All is as it was. */
        UNCHANGED,
        /** Something has changed since the form was shown, such as a STOP by text; it has to be shown again. */
        STALE,
        /** A field or value that the form does not have. */
        REFUSED,
        /** A yes within five minutes of a no: in that time the no counts, because clocks of sources differ. */
        TOO_SOON
    }

    /** Copies the lists. */
    public PreferenceChoice {
        acts = List.copyOf(acts);
        faults = List.copyOf(faults);
    }

    /**
     * Reads a form.
     *
     * @param centre what stands now
     * @param form what was posted; the fields are those of {@link PreferenceFields}
     * @param now when
     * @return what it asks for
     */
    public static PreferenceChoice of(PreferenceCentre centre, Form form, Instant now) {
        return new PreferenceFields(centre, form, now).choice();
    }

    static PreferenceChoice nothing(Outcome outcome) {
        return new PreferenceChoice(outcome, List.of(), "", List.of(), null);
    }

    static PreferenceChoice refused(List<String> faults) {
        return new PreferenceChoice(Outcome.REFUSED, List.of(), "", faults, null);
    }

    static PreferenceChoice tooSoon(Instant after) {
        return new PreferenceChoice(Outcome.TOO_SOON, List.of(), "", List.of(), after);
    }
}
