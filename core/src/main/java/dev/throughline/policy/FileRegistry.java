// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A do-not-call list read from a file: one number in international form per line, alone (all channels) or followed by {@code S}
 * (texts) or {@code V} (calls), as in {@code DK DNC S}. Empty lines and what follows {@code #} are passed over. The file is read
 * once; for a fresh list read it again. Immutable.
 */
public final class FileRegistry implements Registry {

    private static final int FAULTS_SHOWN = 10;
    private static final int TEXTS = 1;
    private static final int CALLS = 2;

    private final String id;
    private final Instant asOf;
    private final Map<Address, Integer> scopes;

    private FileRegistry(String id, Instant asOf, Map<Address, Integer> scopes) {
        this.id = id;
        this.asOf = asOf;
        this.scopes = scopes;
    }

    /**
     * Reads a list.
     *
     * @param file the file, in UTF-8
     * @param asOf when the list was drawn; the policy says how old it may be
     * @return the registry, named after the file
     * @throws ThroughlineException if the file cannot be read, or naming the lines that are not numbers
     */
    public static FileRegistry read(Path file, Instant asOf) {
        try {
            return of(String.valueOf(file.getFileName()), Files.readAllLines(file, StandardCharsets.UTF_8), asOf);
        } catch (IOException unreadable) {
            throw new ThroughlineException("do-not-call list " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Takes a list that was read elsewhere.
     *
     * @param id the registry's name
     * @param lines its lines
     * @param asOf when the list was drawn
     * @return the registry
     * @throws ThroughlineException naming the lines that are not numbers
     */
    public static FileRegistry of(String id, List<String> lines, Instant asOf) {
        var scopes = new HashMap<Address, Integer>();
        var faults = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (!take(lines.get(i).replaceFirst("#.*", "").strip(), scopes)) {
                faults.add(i + 1);
            }
        }
        if (!faults.isEmpty()) {
            throw new ThroughlineException("do-not-call list " + id + ": " + faults.size() + " unreadable lines ("
                    + faults.subList(0, Math.min(FAULTS_SHOWN, faults.size()))
                    + "), expected a number such as +84 90 123 4567, alone or followed by S or V");
        }
        return new FileRegistry(id, asOf, scopes);
    }

    private static boolean take(String line, Map<Address, Integer> scopes) {
        if (line.isEmpty()) {
            return true;
        }
        String upper = line.toUpperCase(Locale.ROOT);
        int scope = upper.endsWith("S") ? TEXTS : upper.endsWith("V") ? CALLS : TEXTS | CALLS;
        String number = upper.replaceFirst("[SV]$", "").replaceAll("[,;\\s]+$", "");
        try {
            scopes.merge(Address.phone(number.startsWith("+") ? number : "+" + number), scope, (a, b) -> a | b);
            return true;
        } catch (ThroughlineException notANumber) {
            return false;
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CheckResult check(Address address, Channel channel) {
        int wanted = channel.equals(Channel.CALL) ? CALLS : TEXTS;
        boolean listed = (scopes.getOrDefault(address, 0) & wanted) != 0;
        return listed ? CheckResult.listed(asOf) : CheckResult.clear(asOf);
    }

    /**
     * How many numbers the list holds.
     *
     * @return the count
     */
    public int size() {
        return scopes.size();
    }
}
