// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static dev.throughline.campaign.Sending.waiting;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import dev.throughline.campaign.LookupQuestion.Table;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.message.Message;
import dev.throughline.ring.Question;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.CompactMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks tables of the host's when a journey begins and before a leg is planned, each at most once. Immutable and thread-safe. */
final class Lookups {

    /** Where an instance keeps the product: no call can have this name. */
    static final String PRODUCT = "#product";

    /** How long an answer may be on its way; after it the question is taken for lost. */
    private static final Duration LOST =
            LookupQuestion.DEADLINE.plus(Question.PATIENCE).plusSeconds(30);

    private static final String AGAIN = "AGAIN";
    private static final int BEGINNING = -1;

    private final HostTables tables;

    Lookups(HostTables tables) {
        this.tables = tables;
    }

    /** Where a journey begins: {@code null} if nothing has to be asked. */
    @Nullable
    Instance beginning(Instance instance, Node node, Moment moment) {
        return isStale(node.campaign(), moment) ? asked(Table.TRAITS, instance, node, BEGINNING, moment) : null;
    }

    /** Before a leg is planned: {@code null} if nothing has to be asked any more. */
    @Nullable
    Instance before(Instance instance, Node node, int leg, Moment moment) {
        if (tables.isEmpty()) {
            return null;
        }
        int done = done(instance, node, leg);
        if (done < Table.TRAITS.stage() && isStale(node.campaign(), moment)) {
            return asked(Table.TRAITS, instance, node, leg, moment);
        }
        boolean reachable = moment.customer().addressOn(channel(node, leg)).isPresent();
        boolean lacking = !reachable && !Sending.isAsked(instance, node, leg, moment);
        if (done < Table.ADDRESS.stage() && tables.addresses() && lacking) {
            return asked(Table.ADDRESS, instance, node, leg, moment);
        }
        boolean told = reachable && ((Step.Send) node.step()).message().usesProduct();
        return told
                        && done < Table.PRODUCT.stage()
                        && tables.products()
                        && !product(instance).isEmpty()
                ? asked(Table.PRODUCT, instance, node, leg, moment)
                : null;
    }

    /** Which table was asked last for a leg. */
    private static int done(Instance instance, Node node, int leg) {
        Wait wait = instance.pending();
        if (!instance.path().equals(node.path()) || wait.leg() != leg) {
            return -1;
        }
        return switch (wait.kind()) {
            case LOOKUP, ADDRESS -> wait.round();
            default -> -1;
        };
    }

    private boolean isStale(Campaign campaign, Moment moment) {
        if (tables.traits().isEmpty() || campaign.traits().stream().noneMatch(tables.traits()::contains)) {
            return false;
        }
        Instant read = moment.journeys().lasting().read();
        return read == null || !read.plus(tables.fresh()).isAfter(moment.now());
    }

    private static Instance asked(Table table, Instance instance, Node node, int leg, Moment moment) {
        return asked(
                table,
                instance,
                node,
                new Wait(
                        Kind.LOOKUP,
                        lost(moment),
                        null,
                        null,
                        leg,
                        table.stage(),
                        "",
                        Sending.pass(instance, node, leg)),
                moment);
    }

    private static Instance asked(Table table, Instance instance, Node node, Wait wait, Moment moment) {
        Channel channel = wait.leg() == BEGINNING ? null : channel(node, wait.leg());
        moment.out()
                .ask(
                        table.port(),
                        new LookupQuestion(
                                table,
                                moment.customer(),
                                table == Table.PRODUCT ? product(instance) : "",
                                channel,
                                instance.deeds(),
                                node.path(),
                                wait.leg()));
        return waiting(instance, node, wait, moment);
    }

    private static Instant lost(Moment moment) {
        return moment.now().plus(LOST);
    }

    /** What is lost is asked for once more; {@code null} if it was already. */
    static @Nullable Instance again(Instance instance, Node node, Moment moment) {
        Wait wait = instance.pending();
        if (wait.note().equals(AGAIN)) {
            return null;
        }
        var again = new Wait(Kind.LOOKUP, lost(moment), null, null, wait.leg(), wait.round(), AGAIN, wait.pass());
        return asked(Table.at(wait.round()), instance, node, again, moment);
    }

    /** What an instance waits for did not come. */
    static LookupAnswer none(Instance instance) {
        Wait wait = instance.pending();
        return new LookupAnswer(
                Table.at(wait.round()),
                instance.deeds(),
                instance.path(),
                wait.leg(),
                FunctionAnswer.NO_ANSWER,
                "",
                Map.of());
    }

    /** What was found of a product and the message fills in; nothing if nothing was. */
    static Instance knowing(Instance instance, Node node, LookupAnswer answer) {
        Message message = ((Step.Send) node.step()).message();
        var used = new TreeSet<String>();
        for (String variable : message.variables()) {
            String[] steps = variable.split("[.\\[]", 3);
            if (steps[0].equals("product") && steps.length > 1) {
                used.add(steps[1]);
            }
        }
        return instance.knowing(PRODUCT, CompactMap.of(answer.values(), List.copyOf(used)));
    }

    /** The product that the starting event names; empty if it names none. */
    private static String product(Instance instance) {
        for (String name : Campaign.PRODUCT_IDS) {
            Object id = instance.event().get(name);
            if (id != null) {
                return id.toString();
            }
        }
        return "";
    }

    /** What the host's tables say of her, as if it had been said by an identify call. */
    static @Nullable Touchpoint said(LookupAnswer answer, Moment moment) {
        var who = moment.smallest();
        if (who.isEmpty() || answer.values().isEmpty()) {
            return null;
        }
        boolean address = answer.table() == Table.ADDRESS;
        var names = new TreeSet<Identity>();
        names.add(who.get());
        if (address) {
            answer.values().forEach((kind, value) -> names.add(new Identity(kind, Objects.toString(value))));
        }
        return new Touchpoint(
                Ids.hash("table", answer.table(), answer.instance(), answer.path(), answer.leg()),
                Touchpoint.Call.IDENTIFY,
                address ? "Address Found" : "Traits Read",
                List.copyOf(names),
                moment.now(),
                moment.now(),
                new TreeMap<>(answer.values()),
                answer.table().word(),
                Origin.LIVE);
    }

    private static Channel channel(Node node, int leg) {
        return ((Step.Send) node.step()).route().legs().get(leg).channel();
    }
}
