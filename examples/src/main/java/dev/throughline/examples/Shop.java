// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.engine.Disorder;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The main job: a year of a real shop's orders under virtual time, five campaigns under Vietnamese law, mails to a real SMTP
 * server and texts to a real SMSC, both in this process unless others are named.
 */
@Command(
        name = "shop",
        mixinStandardHelpOptions = true,
        description =
                "Replays a year of orders of a web shop and says which messages were sent, and why the others were"
                        + " not.")
public final class Shop implements Callable<Integer> {

    /** As of a process that has ended by SIGINT. */
    private static final int INTERRUPTED = 130;

    private static final Duration LONGEST_MOMENT = Duration.ofSeconds(30);

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description =
                    "The UCI Online Retail file, plain or gzip'd; by default the sample that ships with the example.")
    private @Nullable Path orders;

    @Option(
            names = "--store",
            defaultValue = "memory",
            description =
                    "memory, sqlite:FILE or jdbc:postgresql:..; empty, or of a run that was stopped or has died, which"
                            + " goes on. Default: ${DEFAULT-VALUE}")
    private String store = "memory";

    @Option(
            names = "--history-until",
            paramLabel = "DATE",
            description =
                    "Brings in what happened before this day (UTC), such as 2011-06-01, as history, which starts no"
                            + " journey, and begins there.")
    private @Nullable LocalDate historyUntil;

    @Option(names = "--out", paramLabel = "DIR", description = "Where summary.json and decisions.jsonl are written.")
    private @Nullable Path out;

    @Option(
            names = "--disable-check",
            paramLabel = "NAME",
            description =
                    "Leaves out a check, such as hours, cap or content, to show what it is good for; a name that is"
                            + " none tells all.")
    private Set<String> disabled = new LinkedHashSet<>();

    @Option(names = "--lanes", defaultValue = "1", description = "Threads; changes nothing but speed.")
    private int lanes = 1;

    @Option(
            names = "--scrambled",
            paramLabel = "SEED",
            description = "Repeats and permutes messages within each round; changes nothing.")
    private @Nullable Long scrambled;

    @Option(
            names = "--shuffled",
            paramLabel = "SEED",
            description = "Shuffles what happens at one instant; changes nothing.")
    private long shuffled;

    @Option(
            names = "--shards",
            paramLabel = "NUMBER",
            description = "Into how many shards a database is divided; changes nothing. Default: the store's own.")
    private int shards;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    private Shop() {}

    /**
     * Runs it, and ends the JVM with its exit code if it fails.
     *
     * @param args the options; {@code --help} tells them
     */
    public static void main(String[] args) {
        int code = run(args);
        if (code != CommandLine.ExitCode.OK) {
            System.exit(code);
        }
    }

    static int run(String... args) {
        return Outputs.telling(new CommandLine(new Shop())).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        checkDisabled();
        var mail = servers.mail();
        var text = servers.text();
        var read = orders == null ? RetailOrders.sample() : RetailOrders.read(orders);
        read.malformed().stream().limit(10).forEach(row -> System.err.println("Left out: " + row));
        var result = stoppable(ShopRun.of(ShopRun.Setup.of(read, Outputs.store(store, shards))
                .lanes(lanes)
                .disordered(scrambled == null ? Disorder.NONE : Disorder.scrambled(scrambled))
                .shuffled(shuffled)
                .without(disabled)
                .historyUntil(
                        historyUntil == null
                                ? null
                                : historyUntil.atStartOfDay(ZoneOffset.UTC).toInstant())
                .through(mail, text)));
        if (!result.isWhole()) {
            System.out.println("Stopped at " + result.end() + "; the same command goes on from there.");
            return INTERRUPTED;
        }
        var summary = new ShopSummary(result);
        System.out.println(summary);
        if (out != null) {
            Outputs.write(out, summary.json(), result);
        }
        return result.planned() == result.decisions().size() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** An end that is asked for, as by Ctrl-C, is waited for: what happens at the present moment is finished first. */
    private static ShopRun.Result stoppable(ShopRun run) {
        var stopping = new AtomicBoolean();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            try {
                stopped.await(LONGEST_MOMENT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException enough) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            return played(run, stopping::get);
        } finally {
            stopped.countDown();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // on newer JDKs the bar is drawn into a file, too, which harms nothing
    private static ShopRun.Result played(ShopRun run, BooleanSupplier stopping) {
        var bar = new ProgressBarBuilder()
                .setTaskName("Replaying the year")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(run.touchpoints())
                .setUnit(" touchpoints", 1);
        if (System.console() == null) {
            return run.play(happened -> {}, stopping);
        }
        try (var progress = bar.build()) {
            return run.play(progress::stepBy, stopping);
        }
    }

    private void checkDisabled() {
        for (String check : disabled) {
            if (!Rehearsal.checks().contains(check)) {
                throw new ThroughlineException(
                        "--disable-check " + check + ": expected one of " + String.join(", ", Rehearsal.checks()));
            }
        }
    }
}
