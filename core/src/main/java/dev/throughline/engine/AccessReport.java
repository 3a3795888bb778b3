// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import com.google.common.html.HtmlEscapers;
import dev.throughline.channel.Processor;
import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.Order;
import dev.throughline.customer.CustomerState;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.json.Json;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.segment.Lists;
import dev.throughline.segment.Memberships;
import dev.throughline.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is held of one person, for herself: as JSON, which other systems can take over, and as a page to read. Written section by
 * section and line by line; what has happened to her since it was asked for may be in it.
 */
public final class AccessReport {

    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1b1b1f}"
                    + "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0 0 1rem;"
                    + "padding:.5rem 0;border-bottom:1px solid #ccc}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}";

    private final Instant at;
    private final Map<String, Supplier<Stream<Map<String, Object>>>> sections = new LinkedHashMap<>();

    /**
     * A report.
     *
     * @param queries reads the store
     * @param store the store
     * @param state the person
     * @param processors who gets people's data, by channel
     * @param at as of when
     */
    public AccessReport(
            Queries queries, Store store, CustomerState state, Map<Channel, Processor> processors, Instant at) {
        this.at = at;
        var customer = state.customer();
        List<CustomerId> ids = Stream.concat(Stream.of(customer.id()), state.absorbed().stream())
                .toList();
        sections.put("person", () -> ids.stream().map(id -> Map.of("id", id.toString())));
        sections.put("names", () -> state.names().stream().map(AccessReport::name));
        sections.put("traits", () -> customer.profile().traits().entrySet().stream()
                .map(trait -> row("trait", trait.getKey(), "value", Plain.value(trait.getValue()))));
        sections.put("segments", () -> state.part(Memberships.class).stream().flatMap(one -> one.names().stream()
                .map(segment -> row("segment", segment, "since", String.valueOf(one.since(segment))))));
        sections.put("lists", () -> state.part(Lists.class).stream().flatMap(one -> one.entries().stream()
                .filter(Lists.Entry::on)
                .map(entry -> row(
                        "list",
                        entry.name(),
                        "since",
                        Instant.ofEpochMilli(entry.at()).toString()))));
        sections.put("basket", () -> state.part(Commerce.class).stream()
                .flatMap(commerce -> Stream.concat(
                        Stream.of(commerce.basket().model()),
                        commerce.orders().stream().map(Order::model)))
                .map(AccessReport::plain));
        sections.put("consents", () -> customer.addresses().stream()
                .flatMap(address -> LedgerLines.events(store.entries(Entry.Log.LEDGER, address.toString())).stream()
                        .map(event -> with("address", address.toString(), Plain.of(event)))));
        sections.put(
                "waiting",
                () -> anyOf(state).flatMap(who -> queries.pending(who).stream()).map(Plain::of));
        sections.put("messages", () -> ids.stream().flatMap(id -> lines(store, Entry.Log.DECISIONS, id)));
        sections.put("timeline", () -> ids.stream().flatMap(id -> lines(store, Entry.Log.TIMELINE, id)));
        sections.put("processors", () -> processors.entrySet().stream()
                .map(entry -> with("channel", entry.getKey().name(), Plain.of(entry.getValue()))));
    }

    private static Map<String, Object> plain(Map<String, Object> said) {
        var row = new LinkedHashMap<String, Object>();
        said.forEach((name, value) -> {
            Object plain = Plain.value(value);
            if (plain != null) {
                row.put(name, plain);
            }
        });
        return row;
    }

    private static Stream<Identity> anyOf(CustomerState state) {
        return state.customer().identities().stream().limit(1);
    }

    private static Map<String, Object> name(CustomerState.Name name) {
        return row(
                "name",
                name.identity().toString(),
                "since",
                Instant.ofEpochMilli(name.since()).toString());
    }

    private static Stream<Map<String, Object>> lines(Store store, Entry.Log log, CustomerId whose) {
        return store.entries(log, Key.of(whose).id()).stream()
                .map(line -> with(
                        "recorded",
                        line.at().toString(),
                        line.body() instanceof Record body
                                ? Plain.of(body)
                                : Map.of("line", line.body().toString())));
    }

    private static Map<String, Object> row(String name, String value, String second, @Nullable Object said) {
        var row = new LinkedHashMap<String, Object>();
        row.put(name, value);
        row.put(second, said == null ? "" : said);
        return row;
    }

    private static Map<String, Object> with(String name, String value, Map<String, Object> more) {
        var row = new LinkedHashMap<String, Object>();
        row.put(name, value);
        row.putAll(more);
        return row;
    }

    /**
     * Writes it as one JSON object: {@code generatedAt}, and a list for each section, with an object on each line.
     *
     * @param out where to; not closed
     * @throws UncheckedIOException if it cannot be written
     */
    public void json(Appendable out) {
        writing(() -> {
            out.append("{\"format\":1,\"generatedAt\":\"").append(at.toString()).append('"');
            for (var section : sections.entrySet()) {
                out.append(",\n\"").append(section.getKey()).append("\":[");
                String separator = "\n";
                for (var row : rows(section.getValue())) {
                    out.append(separator).append(Json.canonical(row));
                    separator = ",\n";
                }
                out.append(']');
            }
            out.append("}\n");
        });
    }

    /**
     * Writes it as a page of HTML that needs nothing else.
     *
     * @param out where to; not closed
     * @param locale Vietnamese, or any other for English
     * @throws UncheckedIOException if it cannot be written
     */
    public void html(Appendable out, Locale locale) {
        var words = AccessWords.in(locale);
        writing(() -> {
            out.append("<!DOCTYPE html>\n<html lang=\"").append(words.language());
            out.append(
                    "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
            out.append(words.of("title"))
                    .append("</title><style>")
                    .append(STYLE)
                    .append("</style></head><body>\n<h1>");
            out.append(words.of("title"))
                    .append("</h1>\n<p>")
                    .append(words.of("intro"))
                    .append(' ');
            out.append(at.toString()).append("</p>\n");
            for (var section : sections.entrySet()) {
                section(section.getKey(), section.getValue(), words, out);
            }
            out.append("</body></html>\n");
        });
    }

    private static void section(
            String name, Supplier<Stream<Map<String, Object>>> section, AccessWords words, Appendable out)
            throws IOException {
        out.append("<h2>").append(words.of(name)).append("</h2>\n");
        boolean empty = true;
        for (var row : rows(section)) {
            empty = false;
            out.append("<dl>");
            for (var part : row.entrySet()) {
                out.append("<dt>").append(escaped(words.of(part.getKey()))).append("</dt><dd>");
                out.append(escaped(said(part.getValue()))).append("</dd>");
            }
            out.append("</dl>\n");
        }
        if (empty) {
            out.append("<p>").append(words.of("nothing")).append("</p>\n");
        }
    }

    private static Iterable<Map<String, Object>> rows(Supplier<Stream<Map<String, Object>>> section) {
        return () -> section.get().iterator();
    }

    private static String said(Object value) {
        if (value instanceof List<?> all) {
            return String.join("; ", all.stream().map(AccessReport::said).toList());
        }
        if (value instanceof Map<?, ?> parts) {
            return String.join(
                    ", ",
                    parts.entrySet().stream()
                            .map(part -> part.getKey() + ": " + said(String.valueOf(part.getValue())))
                            .toList());
        }
        return String.valueOf(value);
    }

    private static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void writing(Writing work) {
        try {
            work.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
