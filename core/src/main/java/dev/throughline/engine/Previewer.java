// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Contents;
import dev.throughline.channel.Content;
import dev.throughline.channel.MessageId;
import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.Order;
import dev.throughline.customer.Customer;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.Profile;
import dev.throughline.decision.Approvals;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.decision.Outlook;
import dev.throughline.decision.Plan;
import dev.throughline.engine.Preview.Sheet;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.message.Message;
import dev.throughline.message.Rendition;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Says what a message would say to a customer, and what the checks would say to it. Reads the store and writes nothing. Thread-safe. */
public final class Previewer {

    /** Of nobody: who looks at a preview is not to confirm anything for her. */
    private static final Map<String, String> LINKS =
            Map.of("confirm", "https://example.com/confirmation", "preferences", "https://example.com/preferences");

    private static final String ORDER_ID = "order_id";

    private final Model model;
    private final Store store;
    private final boolean approving;

    /**
     * Looks at what an engine works with.
     *
     * @param model what the host has said
     * @param store where the customers are
     * @param approving whether only what is approved may be sent
     */
    public Previewer(Model model, Store store, boolean approving) {
        this.model = model;
        this.store = store;
        this.approving = approving;
    }

    /**
     * A preview.
     *
     * @param message the message; no campaign needs to send it; one of a campaign that follows contents says what was published last
     * @param who a customer; of one who is not known only the event counts
     * @param sample what would start the journey and be found in it
     * @param now the instant at which it would be decided
     * @return what it would say
     */
    public Preview preview(Message message, Identity who, Sample sample, Instant now) {
        var reader = reader(said(message), who, sample, now);
        var decider = new ContactPointAggregate(
                model.rules(message.brand(), Approvals.of(store.settings()).ifRequired(approving)));
        return reader.sheets((channel, wanted) -> checked(reader.sheet(channel, wanted), reader, decider, now));
    }

    /** What is said of a message now: where a message of the host's campaigns follows contents, what was published last. */
    Message said(Message message) {
        return message.isFollowingContent()
                ? Publication.contents(store, store.settings(), Contents.NONE).said(message, model.campaigns())
                : message;
    }

    /** What each wording says to somebody, without what the checks make of it. */
    Preview wordings(Message message, Identity who, Sample sample, Instant now) {
        var reader = reader(message, who, sample, now);
        return reader.sheets(reader::sheet);
    }

    /** What the checks need to know of her where what she would get goes to an address of somebody else's. */
    Plan.Person person(ProofDraft draft, Key other, Instant now) {
        return person(reader(draft.message(), draft.reader(), draft.sample(), now).profile, other, "");
    }

    private Reader reader(Message message, Identity who, Sample sample, Instant now) {
        var state = new Queries(store, model, InstantSource.fixed(now)).state(who);
        Profile profile =
                sample.of(state.map(known -> known.customer().profile()).orElse(Profile.EMPTY));
        return new Reader(message, state, profile, model(message, state, profile, sample));
    }

    /** Who is to read a message, and what it is filled in with. */
    private record Reader(Message message, Optional<CustomerState> state, Profile profile, Map<String, ?> filled) {

        Preview sheets(BiFunction<Channel, Locale, Sheet> drawn) {
            Locale hers = Locale.forLanguageTag(
                    profile.language().orElse(message.brand().language()));
            return Preview.of(message, hers, zone(), drawn);
        }

        Sheet sheet(Channel channel, Locale wanted) {
            Rendition rendition = message.render(channel, filled, wanted, zone());
            var address = state.flatMap(known -> known.customer().addressOn(channel));
            return new Sheet(channel, message.language(channel, wanted), address.orElse(null), rendition, null);
        }

        private ZoneId zone() {
            return profile.zone().orElse(message.brand().zone());
        }
    }

    private Sheet checked(Sheet sheet, Reader reader, ContactPointAggregate decider, Instant now) {
        Address to = sheet.to();
        if (to == null || reader.state.isEmpty() || !(sheet.rendition() instanceof Rendition.Ready ready)) {
            return sheet;
        }
        Customer customer = reader.state.get().customer();
        String birthday = reader.profile.birthday().map(LocalDate::toString).orElse("");
        Plan plan = plan(reader.message, sheet, ready.content(), person(reader.profile, customer.key(), birthday), now);
        Outlook outlook = decider.outlook(store.peek(Key.of(to)), plan, to, now);
        return new Sheet(sheet.channel(), sheet.language(), to, sheet.rendition(), outlook);
    }

    private static Map<String, ?> model(
            Message message, Optional<CustomerState> state, Profile profile, Sample sample) {
        var model = sample.model();
        model.put("customer", profile.traits());
        model.put("links", LINKS);
        if (!message.usesCommerce()) {
            return model;
        }
        Commerce commerce = state.stream()
                .flatMap(known -> known.slices().stream())
                .filter(Commerce.class::isInstance)
                .map(Commerce.class::cast)
                .findFirst()
                .orElse(Commerce.NONE);
        Object id = sample.event().get(ORDER_ID);
        var order = id == null ? commerce.lastOrder() : commerce.order(id.toString());
        model.put("basket", commerce.basket().model());
        model.put("order", order.map(Order::model).orElse(Map.of()));
        return model;
    }

    private static Plan.Person person(Profile profile, Key key, String birthday) {
        return new Plan.Person(
                key,
                profile.zone().map(ZoneId::getId).orElse(""),
                profile.language().orElse(""),
                profile.country().orElse(""),
                birthday);
    }

    private static Plan plan(Message message, Sheet sheet, Content content, Plan.Person person, Instant now) {
        return new Plan(
                new MessageId(Ids.hash("preview", message.name(), sheet.channel(), person.customer())),
                0,
                new MessageOrigin("", "", "", 0, message.name()),
                message.messageClass(),
                message.brand().name(),
                sheet.channel(),
                content,
                person,
                now.plus(message.validity()),
                message.resentWhenUnknown(),
                message.pools(),
                new Plan.Said(sheet.language(), message.hash(), null, message.topic()));
    }
}
