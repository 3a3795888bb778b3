// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A provider without a wire, for {@link Postman}. */
final class Post implements ProviderDouble {

    /** What it says to a message. */
    enum Answer {
        TAKEN,
        TAKEN_BEFORE,
        NOBODY_THERE,
        TOO_FAST,
        WRONG_KEY,
        NOTHING,
        HUNG_UP,
        NOT_AT_HOME
    }

    static final String KEY = "k3y-of-the-post";

    private final Postman.Fault fault;
    private final List<String> taken = new ArrayList<>();
    private int connections;
    private Mood mood = Mood.ACCEPTING;
    private boolean stalling;
    private @Nullable Postman last;

    Post(Postman.Fault fault) {
        this.fault = fault;
    }

    synchronized Answer submit(String id) {
        connections++;
        return switch (mood) {
            case ACCEPTING -> taken.contains(id) ? Answer.TAKEN_BEFORE : taken(id, Answer.TAKEN);
            case KNOWING_NO_RECIPIENT -> Answer.NOBODY_THERE;
            case THROTTLING -> Answer.TOO_FAST;
            case REFUSING_LOGIN -> Answer.WRONG_KEY;
            case SILENT -> taken(id, Answer.NOTHING);
            case DROPPING -> taken(id, Answer.HUNG_UP);
            case DOWN -> Answer.NOT_AT_HOME;
        };
    }

    private Answer taken(String id, Answer answer) {
        taken.add(id);
        return answer;
    }

    @Override
    public ChannelAdapter adapter() {
        last = new Postman(this, fault);
        return last;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Address recipient() {
        return new Address("post", "mai-of-hanoi");
    }

    @Override
    public Sender sender() {
        return Sender.of("Shop");
    }

    @Override
    public Content content(String words) {
        return new TextContent(words);
    }

    @Override
    public List<Content> unfit() {
        return List.of(new EmailContent("Hello", "<p>Hello</p>", ""));
    }

    @Override
    public synchronized void turn(Mood mood) {
        this.mood = mood;
        stalling = false;
    }

    @Override
    public synchronized boolean stall() {
        turn(Mood.SILENT);
        stalling = true;
        return true;
    }

    synchronized boolean isAtHome() {
        return mood != Mood.DOWN;
    }

    synchronized boolean isStalling() {
        return stalling;
    }

    @Override
    public synchronized OptionalInt submissions() {
        return OptionalInt.of(connections);
    }

    @Override
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized int connections() {
        return connections;
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    public Optional<Callbacks> callbacks() {
        return Optional.of(new Callbacks(
                List.of(call(KEY, "delivered 7"), call(KEY, "delivered 8")),
                List.of(call("guessed", "delivered 9"), call("", "delivered 9"))));
    }

    private static RawCallback call(String key, String body) {
        return new RawCallback("POST", "/post?key=" + key, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Session> session() {
        return Optional.of(() -> last == null ? CompletableFuture.completedFuture(false) : told(last.receiver()));
    }

    private CompletionStage<Boolean> told(Receiver receiver) {
        var stored = receiver.receive(Postman.reply()).handle((nothing, failure) -> failure == null);
        return switch (fault) {
            case ACKNOWLEDGES_BEFORE_IT_IS_STORED -> CompletableFuture.completedFuture(true);
            case ACKNOWLEDGES_WHAT_COULD_NOT_BE_STORED -> stored.thenApply(done -> true);
            default -> stored;
        };
    }

    @Override
    public void close() {}
}
