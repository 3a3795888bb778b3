// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.decision.Scene.START;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.decision.Scene.id;
import static dev.throughline.decision.Scene.news;
import static dev.throughline.decision.Scene.survives;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TemplateContent;
import dev.throughline.identity.Money;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.ring.Key;
import dev.throughline.wire.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the room stores and tells survives its bytes; {@link Scene} says the same of every state it comes by. */
class CodecsTest {

    @Test
    void plansSurvive() {
        survives(Plan.CODEC, advert("tea", "offers", "codes"));
        survives(Plan.CODEC, news("order").again());
        survives(Plan.CODEC, with(new EmailContent("Subject", "", "text")));
        survives(Plan.CODEC, with(new TemplateContent("otp", "", Map.of("code", "", "name", "Mai"))));
    }

    @Test
    void resultsSurvive() {
        survives(Attempted.CODEC, attempted(new SendResult.Accepted(List.of("a", "b"), Money.of(350, "VND"))));
        survives(Attempted.CODEC, attempted(new SendResult.Accepted(List.of(), null)));
        survives(Attempted.CODEC, attempted(new SendResult.Duplicate(List.of("a"))));
        survives(
                Attempted.CODEC,
                attempted(new SendResult.NotSent(FailureCause.THROTTLED, Scope.SENDER, Duration.ofSeconds(5), "")));
        survives(Attempted.CODEC, attempted(new SendResult.NotSent(FailureCause.BALANCE, Scope.CHANNEL, null, "x")));
        survives(Attempted.CODEC, attempted(new SendResult.Unknown(FailureCause.NETWORK, List.of("a"), "")));
        for (FailureCause cause : FailureCause.values()) {
            for (Scope scope : Scope.values()) {
                survives(Attempted.CODEC, attempted(new SendResult.Rejected(cause, scope, "550 \u0110")));
            }
        }
    }

    @Test
    void reportsSurvive() {
        for (Receipt.Status status : Receipt.Status.values()) {
            survives(Reported.CODEC, new Reported(new Receipt("r", id("m"), null, status, null, START, "")));
            survives(
                    Reported.CODEC,
                    new Reported(new Receipt("r", null, "ref", status, FailureCause.EXPIRED, START.plusNanos(1), "d")));
        }
        survives(Replied.CODEC, new Replied(new Inbound("i", SMS, Scene.PHONE, "", "", START)));
    }

    @Test
    void questionsSurvive() {
        var question = new RegistryCheck(id("m"), 3, Scene.PHONE, SMS, List.of("b", "a"), Map.of());

        survives(RegistryCheck.CODEC, question);
        survives(
                RegistryCheck.CODEC,
                question.answered(Map.of(
                        "a",
                        CheckResult.listed(START),
                        "b",
                        CheckResult.clear(START),
                        "c",
                        CheckResult.unavailable())));
    }

    @Test
    void answersSurvive() {
        survives(Cancel.CODEC, new Cancel(id("m"), "JOURNEY_EXITED", "", START));
        survives(Confirm.CODEC, new Confirm(id("m"), 7));
        survives(Deferred.CODEC, new Deferred(id("m"), START, "CAP_REACHED"));
        survives(DeliveryNote.CODEC, new DeliveryNote(id("m"), Receipt.Status.CLICKED, START, ""));
        for (Recalled.Why why : Recalled.Why.values()) {
            survives(Recalled.CODEC, new Recalled(id("m"), 2, why, "Mai: wrong price"));
        }
        for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
            survives(Settled.CODEC, new Settled(id("m"), new Verdict(outcome, ""), START));
        }
    }

    @Test
    void decisionsSurvive() {
        var finding = new Finding("dispatch", "", Outcome.NOTE, "RETRY", Map.of("detail", "", "cause", "NETWORK"));

        survives(
                Decision.CODEC,
                new Decision(
                        id("m"),
                        START,
                        Key.of(Scene.PHONE),
                        new MessageOrigin("", "", "", 0, "m"),
                        MessageClass.REGULATORY,
                        EMAIL,
                        Verdict.SENT,
                        List.of(finding, finding),
                        true,
                        "00ff".repeat(16)));
    }

    @Test
    void contactPointKeepsFieldsOfANewerVersion() {
        var newer = new Writer();
        newer.raw(ContactPoint.CODEC.encode(ContactPoint.of(Key.of(Scene.PHONE))));
        newer.string(90, "from tomorrow");

        var read = ContactPoint.CODEC.decode(newer.toByteArray());

        assertThat(ContactPoint.CODEC.encode(read)).isEqualTo(newer.toByteArray());
    }

    private static Plan with(dev.throughline.channel.Content content) {
        Plan plan = news("order");
        return new Plan(
                plan.id(),
                2,
                plan.origin(),
                plan.messageClass(),
                "",
                EMAIL,
                content,
                new Plan.Person(Key.of(Scene.PHONE), "", "", "", ""),
                START,
                true,
                List.of(),
                new Plan.Said("vi", "5e1f", new Plan.Proof("ann", "looks"), "tea"));
    }

    private static Attempted attempted(SendResult result) {
        return new Attempted(id("m"), 2, START, "RECORD", result);
    }
}
