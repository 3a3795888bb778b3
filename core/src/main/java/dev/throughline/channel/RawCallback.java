// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A provider's HTTP call as the host's web framework received it, untouched: signatures are made over the raw bytes.
 *
 * @param method such as {@code POST}
 * @param target path and query as sent, such as {@code /sms/s3cret?SMSID=7}
 * @param headers all headers; names are matched without regard to case
 * @param body the raw bytes
 */
public record RawCallback(String method, String target, Map<String, List<String>> headers, byte[] body) {

    /** Copies the headers under lower-case names. */
    public RawCallback {
        var copy = new TreeMap<String, List<String>>();
        new TreeMap<>(headers)
                .forEach((name, values) ->
                        copy.merge(name.toLowerCase(Locale.ROOT), List.copyOf(values), RawCallback::joined));
        headers = copy;
    }

    /**
     * A header's first value.
     *
     * @param name in any case
     * @return the value, or empty if the header is absent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
