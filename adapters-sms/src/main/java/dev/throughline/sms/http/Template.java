// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of a description with places to fill in, such as <code>{{to}}</code>. */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    String fill(Map<String, String> values, UnaryOperator<String> written) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(written.apply(values.getOrDefault(place.group(1), ""))));
    }

    List<String> places() {
        var places = new ArrayList<String>();
        PLACE.matcher(text).results().forEach(place -> places.add(place.group(1)));
        return places;
    }
}
