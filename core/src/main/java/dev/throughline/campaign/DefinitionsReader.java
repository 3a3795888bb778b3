// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Brand;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Named;
import dev.throughline.json.Node;
import dev.throughline.message.Message;
import dev.throughline.segment.NamedSegments;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads documents that may name what others define: first all brands, then all messages and segments, then all campaigns. */
final class DefinitionsReader {

    private static final List<String> KINDS = List.of("campaign", "message", "brand", "segment");
    private static final List<String> LISTS = List.of("brands", "messages", "segments", "campaigns");

    private final List<String> faults = new ArrayList<>();
    private final List<Node> documents = new ArrayList<>();
    private final Named<Brand> brands = new Named<>("brand", Brand::equals);
    private final Named<Message> messages = new Named<>("message", Definitions::isSame);
    private final NamedSegments segments = new NamedSegments();
    private final Named<Campaign> campaigns = new Named<>("campaign", Definitions::isSame);

    private DefinitionsReader() {}

    static Definitions document(String json, String what) {
        var reader = new DefinitionsReader();
        reader.documents.add(Json.read(json, what + ",", reader.faults));
        return reader.read(what);
    }

    static Definitions files(List<Path> places) {
        var reader = new DefinitionsReader();
        for (Path place : places) {
            List<Path> files = filesOf(place);
            files.forEach(reader::add);
            if (files.isEmpty()) {
                reader.faults.add(place + ": no file whose name ends with .json, expected one at least");
            }
        }
        return reader.read(places.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    private static List<Path> filesOf(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(entry -> entry.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new ThroughlineException("definitions " + place + ": the folder cannot be read", unreadable);
        }
    }

    private void add(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            documents.add(Json.read(Files.readString(file), name + ",", faults));
        } catch (CharacterCodingException malformed) {
            faults.add(name + ": expected UTF-8");
        } catch (IOException unreadable) {
            faults.add(name + ": cannot be read (" + unreadable + ")");
        }
    }

    private Definitions read(String what) {
        documents.forEach(document -> LISTS.forEach(document::skip));
        documents.forEach(document -> document.knows(NamedSegments.class, segments));
        each("brand", part -> brands.add(part, "brand", brand(part)));
        each("message", part -> messages.add(part, "message", part.whole(one -> Message.read(one, brands))));
        var defined = new ArrayList<Node>();
        each("segment", defined::add);
        segments.define(defined);
        each("campaign", part -> campaigns.add(part, "campaign", part.whole(one -> CampaignJson.read(one, messages))));
        documents.stream().filter(document -> kindOf(document).isEmpty()).forEach(DefinitionsReader::finish);
        if (!faults.isEmpty()) {
            throw new ThroughlineException(Json.told(what, faults));
        }
        return new Definitions(brands.all(), messages.all(), segments.all(), campaigns.all());
    }

    private static @Nullable Brand brand(Node part) {
        Brand brand = part.whole(Brand::read);
        return brand == null ? null : part.made("kit", ThroughlineException.class, () -> Message.laidOut(brand));
    }

    /** All definitions of a kind: those in lists, and the documents that are one themselves. */
    private void each(String kind, Consumer<Node> use) {
        for (Node document : documents) {
            document.parts(kind + "s").forEach(use);
            if (kindOf(document).equals(kind)) {
                use.accept(document);
            }
        }
    }

    private static void finish(Node document) {
        document.finish();
        if (LISTS.stream().noneMatch(document::has)) {
            document.fault("nothing is defined, expected one of " + KINDS + ", or lists: " + LISTS);
        }
    }

    /** A message has a brand, and a campaign may bring its messages: the first that is there says what a document is. */
    private static String kindOf(Node document) {
        return KINDS.stream().filter(document::has).findFirst().orElse("");
    }
}
