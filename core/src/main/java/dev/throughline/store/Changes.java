// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one unit of work changes; it happens as a whole or not at all. Filled by the engine, read once by the store.
 *
 * @param states new states, one for a key
 * @param timersSet timers to set, each replacing one of the same key and name
 * @param timersCancelled timers to remove, by key and name; removed before any is set
 * @param enqueued rows for the outbox; a row whose message id is there is left as it is
 * @param told inputs for keys that this unit could not claim
 * @param entries lines for the logs; a line whose id the log has is dropped, unless it is pruned in the same unit, which is then replaced
 * @param finished attempts whose outcome is known: their rows leave the outbox; the row of another attempt at the message stays
 * @param routes references (a provider's, or a message id) and the contact point that hears of them
 * @param deadLetters inputs whose step failed
 * @param settings settings to write; an empty value removes one
 * @param members which keys are in a named set from now on ({@code true}), and which are not any more
 * @param pruned lines to remove from the logs, by where they stand; a line that is not there is no fault
 * @param definitions what is published; what is there already under the same kind, name and version is left as it is
 * @param erased keys under which everything is removed, before anything else of this unit is written
 */
public record Changes(
        List<State> states,
        List<Timer> timersSet,
        List<TimerName> timersCancelled,
        List<Outgoing> enqueued,
        List<Envelope> told,
        List<Entry> entries,
        List<Attempt> finished,
        Map<String, Key> routes,
        List<DeadLetter> deadLetters,
        Map<String, String> settings,
        Map<Member, Boolean> members,
        Map<Entry.Log, List<LinePlace>> pruned,
        List<Definition> definitions,
        List<Erased> erased) {

    /**
     * A new state.
     *
     * @param key whose
     * @param state the state
     */
    public record State(Key key, Object state) {}

    /**
     * A claimed key under which everything is removed so that nothing of it can be read in the store's files: timers, rows of the outbox that
     * bear it, also what is being sent, what is told to it or recorded for it, routes that lead to it; and of a customer or a contact point
     * all lines of logs whose subject is its id.
     *
     * @param key which
     * @param state whether its state is removed as well
     */
    public record Erased(Key key, boolean state) {

        /**
         * Whether logs have lines under its id.
         *
         * @return whether it is a customer's or a contact point's
         */
        public boolean isSubject() {
            return key.kind() == Key.Kind.CUSTOMER || key.kind() == Key.Kind.CONTACT_POINT;
        }
    }

    /**
     * A timer's name.
     *
     * @param key whose
     * @param name its name under the key
     */
    public record TimerName(Key key, String name) {}

    /**
     * A key's place in a named set.
     *
     * @param set the set's name
     * @param key whose
     */
    public record Member(String set, Key key) {}

    /**
     * One attempt at a message.
     *
     * @param message the message's id
     * @param attempt which attempt, from 1
     */
    public record Attempt(MessageId message, int attempt) {

        /**
         * The attempt that a row of the outbox is for.
         *
         * @param row the row
         * @return its attempt
         */
        public static Attempt of(Outgoing row) {
            return new Attempt(row.message().id(), row.message().attempt());
        }
    }

    /**
     * Gives a key a new state, once.
     *
     * @param key whose
     * @param state the state
     */
    public void change(Key key, Object state) {
        states.add(new State(key, state));
    }

    /**
     * Nothing so far.
     *
     * @return empty collections, to be filled
     */
    public static Changes none() {
        return new Changes(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new EnumMap<>(Entry.Log.class),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
