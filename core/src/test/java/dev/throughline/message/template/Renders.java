// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Short ways to render, for the tests of this package: Vietnamese, in Ho Chi Minh City. */
final class Renders {
    static final Locale VIETNAMESE = Locale.forLanguageTag("vi-VN");
    static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");

    private Renders() {}

    static Rendered render(ContentType type, String source, Map<String, ?> model) {
        return Templates.compile("test", source, type).render(model, VIETNAMESE, SAIGON);
    }

    static String text(String source, Map<String, ?> model) {
        return done(render(ContentType.TEXT, source, model));
    }

    static String html(String source, Map<String, ?> model) {
        return done(render(ContentType.HTML, source, model));
    }

    static String error(String source, Map<String, ?> model) {
        return error(ContentType.TEXT, source, model);
    }

    static String error(ContentType type, String source, Map<String, ?> model) {
        return ((Rendered.Failed) render(type, source, model)).error();
    }

    static String done(Rendered rendered) {
        if (rendered instanceof Rendered.Done done) {
            return done.text();
        }
        throw new AssertionError("expected a text, got " + rendered);
    }
}
