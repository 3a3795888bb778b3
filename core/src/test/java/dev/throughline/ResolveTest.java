// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.decision.Verdict.Outcome;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody has found out what became of a message whose outcome was unknown. */
class ResolveTest {

    private static final Identity MAI = userId("mai");

    private final Throughline throughline = Throughline.open(t -> t.store(new MemoryStore())
            .environment("test")
            .delivery(Delivery.LIVE)
            .channel(new Silent())
            .policy(Policy.base())
            .campaign(news()));

    private MessageId message;

    @BeforeEach
    void sendsAMailWithoutAnAnswer() throws InterruptedException {
        throughline.identify(MAI, Map.of("email", "mai@example.com"));
        throughline.track(MAI, "Order Completed", Map.of());
        while (throughline.queries().decisions(MAI).isEmpty()) {
            Thread.sleep(5); // until its outcome is known to be unknown
        }
        message = last().message();
        assertThat(last().verdict()).hasToString("UNKNOWN(NETWORK)");
    }

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void correctsTheVerdictAndSaysWhoHasFoundOut() {
        throughline.resolve(message, Outcome.SENT, "ann", "it is in the provider's list");

        assertThat(last().verdict()).isEqualTo(Verdict.SENT);
        assertThat(last().correction()).isTrue();
        assertThat(throughline.explain(MAI, "news").in(Locale.ENGLISH))
                .contains("its outcome became known later: SENT by ann, it is in the provider's list");
    }

    @Test
    void saysInVietnameseThatItWasNotSent() {
        throughline.resolve(message, Outcome.FAILED, "ann", "máy chủ không có thư này");

        assertThat(last().verdict()).isEqualTo(Verdict.failed("NOT_SENT"));
        assertThat(throughline.explain(MAI, "news").in(Locale.forLanguageTag("vi")))
                .contains("THẤT BẠI(NOT_SENT)", "kết quả được biết sau đó: NOT_SENT do ann, máy chủ không có thư này");
    }

    @Test
    void refusesAMessageThatWasNeverSentAndAnOutcomeThatIsNone() {
        var other = new MessageId("0123456789abcdef0123456789abcdef");

        assertThatThrownBy(() -> throughline.resolve(other, Outcome.SENT, "ann", "why"))
                .hasMessage("resolve " + other + ": no message of this id has been sent, expected one of a decision");
        assertThatThrownBy(() -> throughline.resolve(message, Outcome.SKIPPED, "ann", "why"))
                .hasMessage("resolve " + message + " as SKIPPED: expected SENT or FAILED");
        assertThatThrownBy(() -> throughline.resolve(message, Outcome.SENT, " ", "why"))
                .hasMessage("resolve " + message + " by ' ' because 'why': expected who and why");
    }

    private Decision last() {
        var decisions = throughline.queries().decisions(MAI);
        return decisions.get(decisions.size() - 1);
    }

    private static Campaign news() {
        var shop = Brand.named("Shop").country("VN").sender(EMAIL, "news@shop.example");
        var news = Message.transactional("news", shop).on(EMAIL, mail("Your order", "<p>Thank you</p>"));
        return Campaign.named("news")
                .journey(j -> j.startOn(event("Order Completed")).send(news, first(EMAIL)));
    }

    /** The connection is always lost behind the last byte. */
    private static final class Silent implements ChannelAdapter {
        @Override
        public String id() {
            return "silent";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound mail, Duration deadline) {
            return CompletableFuture.completedFuture(new SendResult.Unknown(FailureCause.NETWORK, List.of(), "lost"));
        }
    }
}
