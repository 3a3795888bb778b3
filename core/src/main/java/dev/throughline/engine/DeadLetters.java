// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be stepped and was set aside, so that everybody else could go on: to be looked at, and then tried again or thrown away.
 * Whatever came after a letter has been applied without it. Thread-safe, and safe on several hosts: of two who retry one letter, one does.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int PAGE = 1_000;

    private final Store store;

    /**
     * Those of a store.
     *
     * @param store the store, which is open
     */
    public DeadLetters(Store store) {
        this.store = store;
    }

    /**
     * All letters that are there, read page by page. No more are read than there were when the stream began, so that retrying them all
     * comes to an end though some fail again.
     *
     * @return the letters in the order in which they were set aside
     * @throws StoreException if the store cannot be read, also while the stream is
     */
    public Stream<DeadLetter> all() {
        long there = store.backlog().getOrDefault("dead", 0L);
        return Stream.iterate(
                        store.deadLetters(0, PAGE),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE
                                ? List.of()
                                : store.deadLetters(page.get(page.size() - 1).id(), PAGE))
                .flatMap(List::stream)
                .limit(there);
    }

    /**
     * Steps one once more, in the background, as what happened then: with the id that it had, so that what it does has not been done yet
     * or is not done again. What fails again is a new letter.
     *
     * @param id the letter's {@link DeadLetter#id}
     * @throws ThroughlineException if there is no such letter, or not any more
     * @throws StoreException if the store cannot be reached; then the letter is where it was
     */
    public void retry(long id) {
        take(id, true);
    }

    /**
     * Throws one away for good, which the log tells with its input, who and why.
     *
     * @param id the letter's {@link DeadLetter#id}
     * @param who decided it, such as an e-mail address
     * @param why in words
     * @throws ThroughlineException if there is no such letter, or not any more, or if who or why is no line
     * @throws StoreException if the store cannot be reached; then the letter is where it was
     */
    public void discard(long id, String who, String why) {
        line(id, "who", who);
        line(id, "why", why);
        DeadLetter letter = take(id, false);
        LOG.atWarn()
                .addKeyValue("kind", letter.envelope().to().kind())
                .addKeyValue("input", letter.envelope().input().id())
                .addKeyValue("error", letter.error())
                .addKeyValue("who", who)
                .addKeyValue("why", why)
                .log("a dead letter was thrown away");
    }

    private DeadLetter take(long id, boolean again) {
        try (Unit unit = store.begin()) {
            var letter = unit.takeDeadLetter(id)
                    .orElseThrow(() -> new ThroughlineException("dead letter " + id
                            + ": there is none, expected an id of deadLetters().all(); it may have been retried"
                            + " or thrown away"));
            var changes = Changes.none();
            if (again) {
                changes.told().add(letter.envelope());
            }
            unit.commit(changes);
            return letter;
        }
    }

    private static void line(long id, String what, String text) {
        if (!Identity.isLine(text)) {
            throw new ThroughlineException(
                    "dead letter " + id + ": " + what + " is '" + text + "', expected one line that is not empty");
        }
    }
}
