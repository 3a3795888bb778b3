// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Standing;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Ids;
import dev.throughline.identity.OptOut;
import dev.throughline.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the receipts of one customer's consents on one address. Used once. */
final class Receipts {

    private static final String SCHEMA = "ISO/IEC TS 27560:2023";
    private static final Comparator<ConsentEvent> BY_TIME =
            Comparator.comparing(ConsentEvent::occurredAt).thenComparing(ConsentEvent::id);

    private final CustomerId customer;
    private final Set<CustomerId> names;
    private final Address address;
    private final List<ConsentEvent> lines;
    private final Collection<Brand> brands;
    private final String retention;
    private final ConsentState state;
    private final Instant now;

    /** {@code names} are the customer's ids: her own, and those of whom she has absorbed. */
    Receipts(
            CustomerId customer,
            Set<CustomerId> names,
            Address address,
            List<ConsentEvent> lines,
            Model model,
            ConsentState state,
            Instant now) {
        this.customer = customer;
        this.names = names;
        this.address = address;
        this.lines = lines.stream().sorted(BY_TIME).toList();
        this.brands = model.brands().values();
        this.retention =
                model.policy().proofs().map(proof -> proof.span().toString()).orElse("");
        this.state = state;
        this.now = now;
    }

    List<ConsentReceipt> written() {
        var scopes = new TreeMap<String, ConsentScope>();
        lines.stream()
                .filter(this::isHers)
                .forEach(grant -> scopes.put(grant.scope().toString(), grant.scope()));
        return scopes.values().stream().map(this::receipt).toList();
    }

    private boolean isHers(ConsentEvent line) {
        return line.type().grants() && line.holder() != null && names.contains(line.holder());
    }

    private ConsentReceipt receipt(ConsentScope scope) {
        var events = lines.stream().filter(line -> concerns(line, scope)).toList();
        var grant = events.stream()
                .filter(line -> isHers(line) && line.scope().equals(scope))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        String record = Ids.hash("record", customer, address, scope);
        String id = Ids.hash(
                "receipt", record, events.stream().map(ConsentEvent::id).toList());
        var standing = standing(scope, grant);
        var json = new TreeMap<String, Object>();
        json.put("schema_version", SCHEMA);
        json.put("record_id", record);
        json.put("receipt_id", id);
        json.put("pii_principal_id", customer.toString());
        json.put("pii_processing", List.of(processing(scope, grant)));
        json.put("party_identification", parties(scope));
        json.put("event_state", standing.name());
        json.put("events", events.stream().map(Receipts::event).toList());
        return new ConsentReceipt(id, record, address, scope, standing, Json.canonical(json));
    }

    /** Refusals and what ends consents reach it if they cover it; agreements beyond it are no part of it. */
    private boolean concerns(ConsentEvent line, ConsentScope scope) {
        if (line.type().grants()) {
            return isHers(line) && line.scope().equals(scope);
        }
        boolean ends = line.type().denies() || line.type().ends() || line.type() == ConsentEvent.Type.ADDRESS_RELEASED;
        boolean asks = line.type() == ConsentEvent.Type.REQUESTED || line.type() == ConsentEvent.Type.ACK_SENT;
        return (ends || asks) && line.scope().covers(scope);
    }

    private Standing.State standing(ConsentScope scope, ConsentEvent grant) {
        var question = new Question(
                customer,
                scope.controller(),
                scope.brand(),
                scope.channel().isEmpty() ? channel() : Channel.named(scope.channel()),
                new Purpose(scope.purpose()),
                scope.topic(),
                now);
        return state.standing(question).grounds().stream()
                .filter(ground -> ground.event().equals(grant.id()))
                .findFirst()
                .map(Standing.Ground::state)
                .orElse(Standing.State.ENDED);
    }

    private Channel channel() {
        return switch (address.kind()) {
            case "email" -> Channel.EMAIL;
            case "phone" -> Channel.SMS;
            default -> Channel.PUSH;
        };
    }

    private Map<String, Object> processing(ConsentScope scope, ConsentEvent grant) {
        Evidence shown = grant.evidence();
        var processing = new TreeMap<String, Object>();
        processing.put("purpose", scope.purpose());
        processing.put("service", scope.topic().isEmpty() ? scope.brand() : scope.topic());
        processing.put("channel", scope.channel());
        processing.put("pii_information", List.of(address.toString()));
        processing.put("pii_controllers", List.of(scope.controller()));
        processing.put("lawful_basis", grant.basis().name());
        processing.put("collection_method", shown.method());
        processing.put("privacy_notice", notice(shown));
        processing.put("language", shown.language());
        processing.put("text_shown", shown.text());
        processing.put("jurisdiction", countries(scope));
        processing.put("withdrawal_method", withdrawal(scope));
        processing.put("retention_period", retention);
        processing.put(
                "agreements",
                grant.agreements().stream().map(Enum::name).sorted().toList());
        return processing;
    }

    private static String notice(Evidence shown) {
        return shown.notice().isEmpty() ? "" : shown.notice() + " v" + shown.version();
    }

    private List<Brand> brands(ConsentScope scope) {
        return brands.stream()
                .filter(brand -> brand.controller().equals(scope.controller()))
                .filter(brand -> scope.brand().isEmpty() || brand.name().equals(scope.brand()))
                .toList();
    }

    private List<String> countries(ConsentScope scope) {
        var countries = new TreeSet<String>();
        brands(scope).forEach(brand -> countries.add(brand.country()));
        countries.remove("");
        return List.copyOf(countries);
    }

    private List<String> withdrawal(ConsentScope scope) {
        return brands(scope).stream()
                .flatMap(brand -> brand.optOuts().stream())
                .map(Receipts::way)
                .distinct()
                .sorted()
                .toList();
    }

    private static String way(OptOut way) {
        return way.means() + " " + (way.keyword().isEmpty() ? "" : way.keyword() + " ") + way.target();
    }

    private List<Map<String, Object>> parties(ConsentScope scope) {
        var parties = new ArrayList<Map<String, Object>>();
        var brand = brands(scope).stream().findFirst();
        var party = new TreeMap<String, Object>();
        party.put("party_id", scope.controller());
        party.put("party_name", scope.controller());
        party.put("party_type", "PII controller");
        party.put("party_address", brand.map(Brand::postalAddress).orElse(""));
        party.put("party_country", brand.map(Brand::country).orElse(""));
        party.put("party_contact", withdrawal(scope));
        parties.add(party);
        return parties;
    }

    private static Map<String, Object> event(ConsentEvent line) {
        var event = new TreeMap<String, Object>();
        event.put("event_id", line.id());
        event.put("event_type", line.type().name());
        event.put("event_time", line.occurredAt().toString());
        event.put("recorded_at", line.recordedAt().toString());
        event.put("entity_id", line.actor().name());
        event.put("method", line.evidence().method());
        Instant end = line.validUntil();
        event.put("validity_duration", end == null ? "until withdrawn" : line.effectiveAt() + "/" + end);
        return event;
    }
}
