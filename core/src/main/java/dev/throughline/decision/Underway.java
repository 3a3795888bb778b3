// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages to an address that have no verdict yet, in the order of their ids: most often none or one. Immutable. */
final class Underway extends AbstractCollection<Open> {

    static final Underway NOTHING = new Underway(new Open[0]);

    private static final Comparator<Open> BY_ID =
            Comparator.comparing(message -> message.plan().id());

    private final Open[] messages;

    private Underway(Open[] messages) {
        this.messages = messages;
    }

    static Underway of(Collection<Open> messages) {
        var all = messages.toArray(NOTHING.messages);
        Arrays.sort(all, BY_ID);
        return all.length == 0 ? NOTHING : new Underway(all);
    }

    @Nullable
    Open get(MessageId id) {
        int place = place(id);
        return isAt(place, id) ? messages[place] : null;
    }

    /** With one more, or another in its place. */
    Underway with(Open message) {
        MessageId id = message.plan().id();
        int place = place(id);
        boolean known = isAt(place, id);
        var more = Arrays.copyOf(messages, known ? messages.length : messages.length + 1);
        if (!known) {
            System.arraycopy(messages, place, more, place + 1, messages.length - place);
        }
        more[place] = message;
        return new Underway(more);
    }

    Underway without(MessageId id) {
        int place = place(id);
        if (!isAt(place, id)) {
            return this;
        }
        if (messages.length == 1) {
            return NOTHING;
        }
        var fewer = Arrays.copyOf(messages, messages.length - 1);
        System.arraycopy(messages, place + 1, fewer, place, fewer.length - place);
        return new Underway(fewer);
    }

    @Override
    public int size() {
        return messages.length;
    }

    @Override
    public Iterator<Open> iterator() {
        return List.of(messages).iterator();
    }

    /** Where a message is, or would be; they are few, and one more copies them all anyway. */
    private int place(MessageId id) {
        int place = 0;
        while (place < messages.length && messages[place].plan().id().compareTo(id) < 0) {
            place++;
        }
        return place;
    }

    private boolean isAt(int place, MessageId id) {
        return place < messages.length && messages[place].plan().id().equals(id);
    }
}
