// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import dev.throughline.json.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brands as JSON; what follows from a brand's name and country is left out. */
final class BrandJson {

    private BrandJson() {}

    static Map<String, Object> written(Brand brand) {
        Brand plain = Brand.named(brand.name()).country(brand.country());
        var object = new LinkedHashMap<String, Object>();
        object.put("brand", brand.name());
        put(object, "controller", brand.controller(), plain.controller());
        put(object, "country", brand.country(), "");
        put(object, "zone", brand.zone().getId(), plain.zone().getId());
        put(object, "language", brand.language(), plain.language());
        put(object, "postalAddress", brand.postalAddress(), "");
        if (!brand.senders().isEmpty()) {
            var senders = new LinkedHashMap<String, Object>();
            new TreeMap<>(brand.senders())
                    .forEach((channel, sender) -> senders.put(channel.written(), written(sender)));
            object.put("senders", senders);
        }
        if (!brand.optOuts().isEmpty()) {
            object.put(
                    "optOuts", brand.optOuts().stream().map(BrandJson::written).toList());
        }
        if (!brand.kit().equals(Kit.NONE)) {
            object.put("kit", KitJson.written(brand.kit()));
        }
        return object;
    }

    private static Map<String, Object> written(Sender sender) {
        var object = new LinkedHashMap<String, Object>();
        object.put("value", sender.value());
        put(
                object,
                "kind",
                sender.kind().name(),
                Sender.of(sender.value()).kind().name());
        sender.registration().ifPresent(until -> object.put("registeredUntil", until.toString()));
        return object;
    }

    private static Map<String, Object> written(OptOut way) {
        var object = new LinkedHashMap<String, Object>();
        object.put("means", way.means().name());
        object.put("target", way.target());
        put(object, "keyword", way.keyword(), "");
        return object;
    }

    private static void put(Map<String, Object> object, String name, String value, String understood) {
        if (!value.equals(understood)) {
            object.put(name, value);
        }
    }

    static Brand read(Node node) {
        String name = node.text("brand");
        Brand brand = made(node, "brand", () -> Brand.named(name), Brand.named("unnamed"));
        brand = with(node, "controller", brand, Brand::controller);
        brand = with(node, "country", brand, Brand::country);
        brand = with(node, "zone", brand, Brand::zone);
        brand = with(node, "language", brand, Brand::language);
        brand = with(node, "postalAddress", brand, Brand::postalAddress);
        Kit kit = node.part("kit").whole(KitJson::read);
        return refusable(node, sending(node.part("senders"), kit == null ? brand : brand.kit(kit)));
    }

    private static Brand with(Node node, String member, Brand brand, BiFunction<Brand, String, Brand> change) {
        if (!node.has(member)) {
            node.skip(member);
            return brand;
        }
        String value = node.text(member);
        return made(node, member, () -> change.apply(brand, value), brand);
    }

    private static Brand sending(Node node, Brand brand) {
        Brand changed = brand;
        for (String name : node.members().keySet()) {
            Channel channel = node.made(name, ThroughlineException.class, () -> Channel.parse(name));
            Sender sender = node.part(name).whole(BrandJson::sender);
            if (channel != null && sender != null) {
                changed = changed.sender(channel, sender);
            }
        }
        node.finish();
        return changed;
    }

    private static @Nullable Sender sender(Node node) {
        String value = node.text("value");
        Instant until = node.instant("registeredUntil");
        Sender sender = node.made("value", ThroughlineException.class, () -> Sender.of(value));
        return sender == null
                ? null
                : new Sender(value, node.constant("kind", Sender.Kind.class, sender.kind()), until);
    }

    private static Brand refusable(Node node, Brand brand) {
        List<OptOut> ways = new ArrayList<>();
        for (Node part : node.parts("optOuts")) {
            OptOut way = part.whole(BrandJson::optOut);
            if (way != null) {
                ways.add(way);
            }
        }
        return new Brand(
                brand.name(),
                brand.controller(),
                brand.country(),
                brand.zone(),
                brand.language(),
                brand.postalAddress(),
                brand.senders(),
                ways,
                brand.kit());
    }

    private static @Nullable OptOut optOut(Node node) {
        OptOut.Means means = node.required("means", OptOut.Means.class);
        String target = node.word("target");
        String keyword = node.text("keyword", "");
        if (means == OptOut.Means.WEB) {
            made(node, "target", () -> Brand.named("checked").optOutByWeb(target), Brand.named("refused"));
        }
        return means == null ? null : new OptOut(means, target, keyword);
    }

    private static Brand made(Node node, String member, Supplier<Brand> maker, Brand otherwise) {
        return Objects.requireNonNullElse(node.made(member, ThroughlineException.class, maker), otherwise);
    }
}
