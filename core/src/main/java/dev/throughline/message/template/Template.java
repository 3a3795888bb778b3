// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A compiled template. Immutable: any number of threads may render it at once. */
public final class Template {
    private final String name;
    private final PebbleTemplateImpl self;
    private final BodyNode body;
    private final List<Read> reads;
    private final Limits limits;
    private final @Nullable Form form;

    Template(String name, BodyNode body, List<Read> reads, Limits limits) {
        this.name = name;
        // Without an engine behind it, nothing in the template could load another one.
        this.self = new PebbleTemplateImpl(null, body, name);
        this.body = body;
        this.reads = reads;
        this.limits = limits;
        this.form = Form.of(body);
    }

    /**
     * The name it was compiled under, which its errors bear.
     *
     * @return the name; never blank
     */
    public String name() {
        return name;
    }

    /**
     * The variables it reads, as paths such as {@code customer.firstName}; inside a loop only what the loop runs over. A path ends where
     * the template computes the next step.
     *
     * @return paths in alphabetical order, those with a {@code default} or under {@code is defined} included
     */
    public Set<String> variables() {
        return paths(read -> true);
    }

    /**
     * The variables without which it may fail: {@link #variables()} but for those that are only read with a {@code default} or under
     * {@code is defined}.
     *
     * @return paths in alphabetical order
     */
    public Set<String> requiredVariables() {
        return paths(read -> !read.optional());
    }

    private Set<String> paths(Predicate<Read> wanted) {
        var paths = new TreeSet<String>();
        reads.stream().filter(read -> !read.local()).filter(wanted).forEach(read -> paths.add(read.path()));
        return paths;
    }

    /**
     * Fills the template in. Never throws, reads nothing but its arguments, and ends after a bounded number of steps: at most 256 K
     * characters and 10,000 turns of all loops together.
     *
     * @param model maps, lists, texts, numbers, booleans and dates ({@code Instant}, {@code LocalDate}, {@code OffsetDateTime},
     *     {@code ZonedDateTime}); anything else fails where the template uses it, and null counts as missing. It is not written to
     * @param locale for numbers, money, names of months and the case of letters
     * @param zone in which instants are told
     * @return the text, or why there is none
     */
    public Rendered render(Map<String, ?> model, Locale locale, ZoneId zone) {
        return render(model, locale, zone, false);
    }

    /**
     * Fills the template in, as {@link #render(Map, Locale, ZoneId)}.
     *
     * @param model as there
     * @param locale as there
     * @param zone as there
     * @param lenient whether a value that is missing is written as nothing; in conditions and loops it fails all the same
     * @return the text, or why there is none
     */
    public Rendered render(Map<String, ?> model, Locale locale, ZoneId zone, boolean lenient) {
        try {
            String filled = form == null ? null : form.filled(model, limits);
            return new Rendered.Done(filled != null ? filled : evaluated(model, locale, zone, lenient));
        } catch (Abort.Signal abort) {
            return new Rendered.Aborted(abort.reason());
        } catch (IOException | RuntimeException e) {
            return new Rendered.Failed(new Failure(name, reads, model).explain(e));
        }
    }

    private String evaluated(Map<String, ?> model, Locale locale, ZoneId zone, boolean lenient) throws IOException {
        var output = new Output(limits.characters());
        body.render(self, output, new Rendering(self, limits, model, locale, zone, lenient));
        return output.toString();
    }
}
