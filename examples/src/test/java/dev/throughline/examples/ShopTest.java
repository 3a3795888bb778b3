// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.throughline.engine.Disorder;
import dev.throughline.examples.ShopChannels.Place;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on four months of forty customers. */
class ShopTest {

    private static final Instant FROM = Instant.parse("2011-06-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2011-10-01T00:00:00Z");
    private static final int CUSTOMERS = 40;

    private static RetailOrders slice;
    private static ShopRun.Result run;

    @BeforeAll
    static void runOnce() throws IOException {
        slice = slice(RetailOrders.sample());
        run = play(ShopRun.Setup.of(slice, new MemoryStore()));
    }

    @Test
    void givesEveryPlannedMessageOneVerdict() {
        assertThat(run.decisions())
                .isNotEmpty()
                .hasSize((int) run.planned())
                .extracting(ShopDecision::verdict)
                .isSubsetOf("SENT", "SKIPPED", "FAILED", "CANCELLED");
    }

    @Test
    void runsEveryCampaign() {
        assertThat(run.decisions())
                .filteredOn(decision -> decision.verdict().equals("SENT"))
                .extracting(ShopDecision::campaign)
                .contains("second-purchase", "win-back", "order-news", "vip", "burst-sale");
    }

    @Test
    void hasWhatItCallsSentAtTheServers() {
        assertThat(receipts(run).distinctMails())
                .isPositive()
                .isEqualTo(sent(run, "email"))
                .isEqualTo(receipts(run).mails().size());
        assertThat(receipts(run).distinctTexts())
                .isPositive()
                .isEqualTo(sent(run, "sms"))
                .isEqualTo(receipts(run).texts().size());
        assertThat(receipts(run).incomplete()).isZero();
    }

    @Test
    void breaksNoRuleByTheServersStamps() {
        assertThat(receipts(run).violations(run.advertising())).isEqualTo(new ShopReceipts.Violations(0, 0, 0));
    }

    @Test
    void spendsTheSaleBudgetAndNoMore() {
        long texts = run.decisions().stream()
                .filter(decision -> decision.campaign().equals("burst-sale"))
                .filter(decision -> decision.verdict().equals("SENT"))
                .count();

        assertThat(texts * ShopCampaigns.SMS_PRICE.micros())
                .isLessThanOrEqualTo(ShopCampaigns.saleBudget(CUSTOMERS).limit())
                .isGreaterThan(ShopCampaigns.saleBudget(CUSTOMERS).limit() - ShopCampaigns.SMS_PRICE.micros());
        assertThat(run.decisions()).extracting(ShopDecision::reason).contains("POOL_EMPTY");
    }

    @ParameterizedTest
    @CsvSource({"hours", "cap", "content"})
    void breaksTheRuleWhoseCheckIsLeftOut(String check) {
        var free = play(ShopRun.Setup.of(slice, new MemoryStore()).without(Set.of(check)));

        var violations = receipts(free).violations(free.advertising());
        assertThat(
                        switch (check) {
                            case "hours" -> violations.outsideHours();
                            case "cap" -> violations.aboveCap();
                            default -> violations.unlabelled();
                        })
                .isPositive();
    }

    @Test
    void decidesTheSameScrambledOnTwoLanes() {
        var other = play(ShopRun.Setup.of(slice, new MemoryStore()).lanes(2).disordered(Disorder.scrambled(7)));

        assertThat(lines(other)).isEqualTo(lines(run));
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 1024", "POSTGRESQL, 64", "POSTGRESQL, 1024"})
    void decidesTheSameOnADatabaseAndShuffled(Database database, int shards, @TempDir Path directory) {
        Store store = JdbcStore.url(database.fresh(directory)).withShards(shards);

        assertThat(lines(play(ShopRun.Setup.of(slice, store).shuffled(shards)))).isEqualTo(lines(run));
    }

    /** Kept for a comparison of the JDKs that the tests ran on. */
    @AfterAll
    static void keepTheDecisions() throws IOException {
        Files.writeString(Path.of("target", "decisions-jdk" + Runtime.version().feature() + ".jsonl"), lines(run));
    }

    @Test
    void refusesServersElsewhereUnlessTheyAreAllowed() {
        assertThatExceptionOfType(ThroughlineException.class)
                .isThrownBy(() -> Place.parse("--smtp", "192.0.2.1:25", false))
                .withMessage("--smtp 192.0.2.1:25: this is not the loopback interface; expected"
                        + " --deliver-to-real-addresses beside it");
        assertThat(Place.parse("--smtp", "192.0.2.1:25", true)).isEqualTo(new Place("192.0.2.1", 25));
        assertThat(Place.parse("--smsc", "127.0.0.1:2775", false).isHere()).isTrue();
    }

    @Test
    void failsWithTheListOfChecksWhereOneDoesNotExist() {
        var written = new ByteArrayOutputStream();
        PrintStream console = System.err;
        System.setErr(new PrintStream(written, true, UTF_8));
        int code;
        try {
            code = Shop.run("--disable-check", "window");
        } finally {
            System.setErr(console);
        }

        assertThat(code).isEqualTo(1);
        assertThat(written.toString(UTF_8))
                .isEqualToNormalizingNewlines(
                        "--disable-check window: expected one of age, cap, consent, content, hours,"
                                + " pool, registry, sender, suppression\n");
    }

    static RetailOrders slice(RetailOrders all) {
        var invoices = all.invoices().stream()
                .filter(order -> !order.at().isBefore(FROM) && order.at().isBefore(TO))
                .toList();
        Set<String> chosen = invoices.stream()
                .map(Order::customerId)
                .distinct()
                .limit(CUSTOMERS)
                .collect(Collectors.toSet());
        return new RetailOrders(
                invoices.stream()
                        .filter(order -> chosen.contains(order.customerId()))
                        .toList(),
                all.counts(),
                List.of());
    }

    private static ShopRun.Result play(ShopRun.Setup setup) {
        return ShopRun.of(setup).play(happened -> {});
    }

    private static ShopReceipts receipts(ShopRun.Result result) {
        return Objects.requireNonNull(result.receipts());
    }

    private static long sent(ShopRun.Result result, String channel) {
        return result.decisions().stream()
                .filter(decision -> decision.channel().equals(channel))
                .filter(decision -> decision.verdict().equals("SENT"))
                .count();
    }

    private static String lines(ShopRun.Result result) {
        return result.decisions().stream().map(ShopDecision::json).collect(Collectors.joining("\n"));
    }
}
