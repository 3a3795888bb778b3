// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import dev.throughline.examples.crash.CrashScene.Database;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Kills hosts. Each is a process under load, with its mail server in another one; it is killed by SIGKILL at moments drawn at random and
 * started again, on PostgreSQL one of two; there one can also be made to stand still, and go on. In the end an audit counts what was lost
 * and what was doubled.
 */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = "Kills hosts under load at random moments and counts what is lost, doubled and unknown.")
public final class Crash implements Callable<Integer> {

    /** In milliseconds, from a host's first acknowledgement on. */
    private static final int LONGEST_LIFE = 3_000;

    @Option(
            names = "--store",
            defaultValue = "sqlite",
            description =
                    "${COMPLETION-CANDIDATES}: a file, or a server that Maven brings or THROUGHLINE_POSTGRES_URL names."
                            + " Default: ${DEFAULT-VALUE}")
    private Database store = Database.sqlite;

    @Option(names = "--kills", defaultValue = "5", description = "How often. Default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--freezes",
            defaultValue = "0",
            description = "How often one of two hosts stands still past all its leases. Default: ${DEFAULT-VALUE}")
    private int freezes;

    @Option(names = "--seed", defaultValue = "42", description = "Draws the moments. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Crash() {}

    /**
     * Runs it, and ends the JVM with 1 if anything was lost or doubled, or a cap passed or not reached.
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
        return new CommandLine(new Crash()).execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (freezes > 0 && store != Database.postgresql) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--freezes " + freezes + ": expected --store postgresql, which has another host");
        }
        var random = new Random(seed);
        try (var scene = CrashScene.on(store)) {
            for (int kill = 1; kill <= kills; kill++) {
                System.out.println("Kill " + kill + ": " + killed(scene, random));
            }
            for (int freeze = 1; freeze <= freezes; freeze++) {
                System.out.println("Freeze " + freeze + ": " + frozen(scene, random));
            }
            var result = scene.finished();
            result.faults().forEach(System.out::println);
            System.out.println("verdicts " + result.verdicts() + ", codes sent anew " + result.resent()
                    + ", caps broken " + result.caps().size());
            System.out.println("acknowledged " + scene.acknowledged() + ", lost "
                    + result.lost().size() + ", doubled " + result.doubled().size() + ", unknown " + result.unknown());
            return result.faults().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Now and then a host dies while it starts. */
    private static String killed(CrashScene scene, Random random) throws IOException, InterruptedException {
        int victim = random.nextInt(scene.size());
        boolean starting = random.nextInt(5) == 0;
        for (int host = 0; host < scene.size(); host++) {
            if (host != victim || !starting) {
                scene.host(host).awaitReady();
            }
        }
        CrashScene.pause(random.nextInt(LONGEST_LIFE));
        scene.host(victim).kill();
        String line = "acknowledged " + scene.acknowledged() + (scene.size() > 1 ? takenOver(scene) : "");
        scene.restart(victim);
        return line;
    }

    /** The other one goes on meanwhile, and so does the frozen one when it is thawed. */
    private static String frozen(CrashScene scene, Random random) throws IOException, InterruptedException {
        int victim = random.nextInt(scene.size());
        HostProcess frozen = scene.host(victim);
        HostProcess other = scene.host((victim + 1) % scene.size());
        other.awaitReady();
        frozen.awaitReady();
        CrashScene.pause(random.nextInt(LONGEST_LIFE));
        frozen.freeze();
        String line = "acknowledged " + scene.acknowledged() + takenOver(scene);
        other.awaitMore(20);
        CrashScene.pause((int) CrashShop.LEASE.multipliedBy(2).toMillis());
        frozen.thaw();
        frozen.awaitMore(20);
        return line;
    }

    private static String takenOver(CrashScene scene) {
        return ", what was being sent has come to an end after "
                + scene.doubts().untilSettled().toMillis() + " ms";
    }
}
