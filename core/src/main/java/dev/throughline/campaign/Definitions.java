// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.message.Message;
import dev.throughline.segment.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brands, messages, segments and campaigns that belong together, as files hold them: a message names its brand, a campaign its messages
 * and the segments that its conditions ask for. Immutable and thread-safe.
 */
public final class Definitions {

    private final List<Brand> brands;
    private final List<Message> messages;
    private final List<Segment> segments;
    private final List<Campaign> campaigns;

    Definitions(List<Brand> brands, List<Message> messages, List<Segment> segments, List<Campaign> campaigns) {
        this.brands = List.copyOf(brands);
        this.messages = List.copyOf(messages);
        this.segments = List.copyOf(segments);
        this.campaigns = List.copyOf(campaigns);
    }

    /**
     * Reads files, and of folders all files whose names end with {@code .json}. Any file may name what another one defines.
     *
     * @param places files and folders, without the folders in these
     * @return what they define
     * @throws ThroughlineException telling everything that is wrong with them, by file, place, value and what was expected
     */
    public static Definitions load(Path... places) {
        Given.all("definitions", "places", places);
        return DefinitionsReader.files(List.of(places));
    }

    /**
     * Reads one document: a single definition, or lists of {@code brands}, {@code messages}, {@code segments} and
     * {@code campaigns}.
     *
     * @param json the document
     * @return what it defines
     * @throws ThroughlineException telling everything that is wrong with it, by place, value and what was expected
     */
    public static Definitions parse(String json) {
        Given.required("definitions", "json", json);
        return DefinitionsReader.document(json, "definitions");
    }

    /**
     * Some campaigns with all that they need.
     *
     * @param campaigns the campaigns
     * @return them, their messages and the brands of these; segments stand within the conditions that ask for them
     * @throws ThroughlineException if two of one name have another content
     */
    public static Definitions of(Collection<Campaign> campaigns) {
        Given.required("definitions", "campaigns", campaigns);
        var named = new TreeMap<String, Campaign>();
        var messages = new TreeMap<String, Message>();
        var brands = new TreeMap<String, Brand>();
        for (Campaign campaign : campaigns) {
            put("campaign", named, campaign.name(), campaign);
            for (Message message : campaign.messages()) {
                put("message", messages, message.name(), message);
                put("brand", brands, message.brand().name(), message.brand());
            }
        }
        return new Definitions(
                List.copyOf(brands.values()), List.copyOf(messages.values()), List.of(), List.copyOf(named.values()));
    }

    /**
     * What keeps campaigns from being played side by side, live and in rehearsals alike.
     *
     * @param campaigns the campaigns
     * @return what is needed instead, such as {@code one message 'news', not another one in campaign 'b'}; empty if they can be
     */
    public static List<String> faults(Collection<Campaign> campaigns) {
        var faults = new ArrayList<String>();
        var names = new TreeSet<String>();
        var first = new TreeMap<String, Message>();
        for (Campaign campaign : campaigns) {
            if (!names.add(campaign.name())) {
                faults.add("one campaign '" + campaign.name() + "', not two");
            }
            String unwritable = campaign.unwritable();
            if (!unwritable.isEmpty()) {
                faults.add("campaign '" + campaign.name() + "': one that can be written as JSON and read again"
                        + unwritable);
            }
            for (Message message : campaign.messages()) {
                Message before = first.putIfAbsent(message.name(), message);
                if (before != null && !before.hash().equals(message.hash())) {
                    faults.add("one message '" + message.name() + "', not another one in campaign '" + campaign.name()
                            + "'");
                }
            }
        }
        return faults;
    }

    private static <T> void put(String what, Map<String, T> all, String name, T one) {
        T other = all.putIfAbsent(name, one);
        if (other != null && !isSame(other, one)) {
            throw new ThroughlineException(what + " '" + name + "' has two contents, expected one content for a name");
        }
    }

    /** Whether two definitions of one name say the same. */
    static boolean isSame(Object left, Object right) {
        if (left instanceof Message first && right instanceof Message second) {
            return first.hash().equals(second.hash()) && first.brand().equals(second.brand());
        }
        if (left instanceof Campaign first && right instanceof Campaign second) {
            return first.version().equals(second.version());
        }
        return left.equals(right);
    }

    /**
     * The brands.
     *
     * @return in the order of their names
     */
    public List<Brand> brands() {
        return brands;
    }

    /**
     * The messages.
     *
     * @return in the order of their names
     */
    public List<Message> messages() {
        return messages;
    }

    /**
     * The segments that files define, without those that stand within conditions. One that no campaign asks for is not kept.
     *
     * @return in the order of their names
     */
    public List<Segment> segments() {
        return segments;
    }

    /**
     * The campaigns.
     *
     * @return in the order of their names
     */
    public List<Campaign> campaigns() {
        return campaigns;
    }

    /**
     * As JSON.
     *
     * @return a document whose schema is {@code definitions.schema.json}
     */
    public String toJson() {
        var document = new LinkedHashMap<String, Object>();
        put(document, "campaigns", campaigns.stream().map(CampaignJson::written).toList());
        put(document, "segments", segments.stream().map(Segment::data).toList());
        return toJson(document);
    }

    /** The messages and brands behind some members. */
    String toJson(Map<String, Object> members) {
        var document = new LinkedHashMap<>(members);
        put(document, "messages", messages.stream().map(Message::data).toList());
        put(document, "brands", brands.stream().map(Brand::data).toList());
        return Json.document(document);
    }

    private static void put(Map<String, Object> document, String name, List<Map<String, Object>> definitions) {
        if (!definitions.isEmpty()) {
            document.put(name, definitions);
        }
    }
}
