// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.campaign.Definitions;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The main job without Java: anybody's events in the form of the Segment spec and campaigns as JSON under virtual time, mails to a real
 * SMTP server and texts to a real SMSC, both in this process unless others are named.
 */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Replays events with campaigns and says which messages were sent, and why the others were not.")
public final class Run implements Callable<Integer> {

    private static final int SHOWN = 10;

    @Option(
            names = "--events",
            required = true,
            paramLabel = "FILE.jsonl",
            description = "One call of the Segment spec a line, in any order.")
    private Path events = Path.of("");

    @Option(
            names = "--campaigns",
            required = true,
            paramLabel = "DIR|FILE.json",
            description = "Campaigns, messages and brands as JSON: one file, or all .json files of a folder.")
    private Path campaigns = Path.of("");

    @Option(
            names = "--consents",
            paramLabel = "FILE.jsonl",
            description = "One consent a line: user, purpose, channels, at, method, evidence.")
    private @Nullable Path consents;

    @Option(
            names = "--policy",
            defaultValue = "base",
            paramLabel = "vn|base|FILE.json",
            description = "A preset, or a policy of your own. Default: ${DEFAULT-VALUE}")
    private String policy = "base";

    @Option(
            names = "--brand",
            paramLabel = "FILE.json",
            description = "The brand that the messages name, if the campaigns' files have none.")
    private @Nullable Path brand;

    @Option(
            names = "--store",
            defaultValue = "memory",
            description = "memory, sqlite:FILE or jdbc:postgresql:..; must be empty. Default: ${DEFAULT-VALUE}")
    private String store = "memory";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where summary.json, decisions.jsonl and bad-lines.jsonl are written.")
    private Path out = Path.of("");

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    private Run() {}

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
        return Outputs.telling(new CommandLine(new Run())).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        var rules = policy();
        var mail = servers.mail();
        var text = servers.text();
        var definitions = brand == null ? Definitions.load(campaigns) : Definitions.load(campaigns, brand);
        var files = files();
        var touchpoints =
                files.stream().flatMap(file -> file.touchpoints().stream()).toList();
        var bad = files.stream().flatMap(file -> file.bad().stream()).toList();
        bad.stream().limit(SHOWN).forEach(line -> System.err.println("Left out: " + line));
        var setup = new EventRun.Setup(definitions, rules, touchpoints, Outputs.store(store, 0), mail, text);
        var result = EventRun.of(setup).play();
        var summary = new RunSummary(files, definitions, rules, result);
        System.out.println(summary);
        Outputs.write(out, summary.json(), result);
        Files.writeString(out.resolve("bad-lines.jsonl"), lines(bad));
        return result.planned() == result.decisions().size() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<JsonLines> files() throws IOException {
        var files = new ArrayList<JsonLines>();
        files.add(JsonLines.read(events, EventLine::read));
        if (consents != null) {
            files.add(JsonLines.read(consents, ConsentLine::read));
        }
        return files;
    }

    private Policy policy() {
        return switch (policy) {
            case "vn" -> Policy.vietnam();
            case "base" -> Policy.base();
            default -> own();
        };
    }

    private Policy own() {
        if (!policy.endsWith(".json")) {
            throw new ThroughlineException("--policy " + policy + ": expected vn, base or a file that ends with .json");
        }
        return Policy.load(Path.of(policy));
    }

    private static String lines(List<JsonLines.Bad> bad) {
        return bad.stream().map(line -> line.json() + "\n").collect(Collectors.joining());
    }
}
