// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.HostFunction;
import dev.throughline.channel.Content;
import dev.throughline.decision.Decision;
import dev.throughline.decision.MessageOrigin;
import dev.throughline.engine.CampaignControl;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Actor;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.rehearsal.Report;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A host for tests: the whole ring with every check of the law, under virtual time, with channels that record instead of sending. Hours
 * pass in milliseconds. Not thread-safe; to be closed.
 */
public final class TestHost implements AutoCloseable {

    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 23, 9, 0);

    private final Rehearsal rehearsal;
    private final ZoneId zone;
    private final Map<String, RecordingChannel> channels = new LinkedHashMap<>();
    private final Set<String> messages = new TreeSet<>(Set.of(MessageOrigin.OPT_OUT_CONFIRMATION));

    private TestHost(Rehearsal rehearsal, ZoneId zone) {
        this.rehearsal = rehearsal;
        this.zone = zone;
    }

    /**
     * A host of some campaigns, on Monday 2026-11-23 at 09:00 in the zone of the first campaign's brand.
     *
     * @param policy whose law applies
     * @param campaigns the campaigns, at least one
     * @return the host
     * @throws ThroughlineException if there is no campaign, or two have one name
     */
    public static TestHost of(Policy policy, Campaign... campaigns) {
        if (campaigns.length == 0) {
            throw new ThroughlineException("test host: no campaign, expected at least one");
        }
        ZoneId zone = campaigns[0].messages().stream()
                .findFirst()
                .map(message -> message.brand().zone())
                .orElse(ZoneId.of("UTC"));
        var rehearsal = Rehearsal.of(campaigns)
                .under(policy)
                .startingAt(START.atZone(zone).toInstant());
        var host = new TestHost(rehearsal, zone);
        for (Campaign campaign : campaigns) {
            campaign.messages().forEach(host::knows);
        }
        return host;
    }

    private void knows(Message message) {
        messages.add(message.name());
        message.channels().forEach(this::record);
    }

    private void record(Channel channel) {
        if (!channels.containsKey(channel.name())) {
            var recording = new RecordingChannel(channel, rehearsal.clock());
            channels.put(channel.name(), recording);
            rehearsal.channel(recording);
        }
    }

    /**
     * With code of the host's own that journeys call; said before the first customer appears. See {@link Rehearsal#function}.
     *
     * @param name under which name campaigns call it
     * @param function what it does
     * @return this
     */
    public TestHost function(String name, HostFunction function) {
        rehearsal.function(name, function);
        return this;
    }

    /**
     * Somebody with a login appears.
     *
     * @param name names her in this test; her {@code userId}
     * @param script who she is and what she agrees to
     * @return she
     */
    public TestCustomer customer(String name, Consumer<Actor> script) {
        return new TestCustomer(this, Identity.userId(name)).tells(script);
    }

    /**
     * Somebody appears who has not logged in.
     *
     * @param browser names her browser in this test; her {@code anonymousId}
     * @return she, of whom nothing is known until she does something
     * @see TestCustomer#logsInAs
     */
    public TestCustomer visitor(String browser) {
        return new TestCustomer(this, Identity.anonymousId(browser));
    }

    /**
     * Pauses, closes and stops a campaign.
     *
     * @param name its name
     * @return its control; what it changes shows when time passes
     */
    public CampaignControl campaign(String name) {
        return rehearsal.campaign(name);
    }

    /**
     * Time passes, and everything that is due happens.
     *
     * @param time how much, from nothing on
     * @return this
     * @throws ThroughlineException if it is negative
     */
    public TestHost advance(Duration time) {
        rehearsal.advance(time);
        return this;
    }

    /**
     * Time passes until the clock shows a time next, in the host's zone.
     *
     * @param time hours and minutes, such as {@code 21:30}
     * @return this
     * @throws ThroughlineException if it has another form
     */
    public TestHost advanceTo(String time) {
        LocalTime wanted = time(time);
        ZonedDateTime now = now();
        ZonedDateTime today = now.with(wanted);
        rehearsal.advanceTo((today.isAfter(now) ? today : now.plusDays(1).with(wanted)).toInstant());
        return this;
    }

    /**
     * The present instant.
     *
     * @return in the host's zone
     */
    public ZonedDateTime now() {
        return rehearsal.clock().instant().atZone(zone);
    }

    /**
     * The rehearsal behind this host, for what it says no word for.
     *
     * @return the rehearsal
     */
    public Rehearsal rehearsal() {
        return rehearsal;
    }

    /**
     * Everything that happened, when and why: what a failing assertion prints.
     *
     * @return the report
     */
    public Report report() {
        return rehearsal.report();
    }

    /**
     * What has left on all channels.
     *
     * @return in the order in which it left, channel by channel
     */
    public List<RecordingChannel.Recorded> sent() {
        var sent = new ArrayList<RecordingChannel.Recorded>();
        channels.values().forEach(channel -> sent.addAll(channel.recorded()));
        return List.copyOf(sent);
    }

    /** Nothing is said of a message that nobody could send: its name is misspelt. */
    void requireMessage(String name) {
        if (!messages.contains(name)) {
            throw new ThroughlineException(
                    "message '" + name + "' is of no campaign of this host: expected one of " + messages);
        }
    }

    /** Hours and minutes that a test says. */
    static LocalTime time(String said) {
        try {
            return LocalTime.parse(said);
        } catch (DateTimeException unreadable) {
            throw new ThroughlineException("time '" + said + "': expected hours and minutes such as 09:30", unreadable);
        }
    }

    /** What a message said. */
    Optional<Content> content(Decision decision) {
        return sent().stream()
                .filter(recorded -> recorded.message().id().equals(decision.message()))
                .map(recorded -> recorded.message().content())
                .findFirst();
    }

    /** Hours and minutes of an instant. */
    LocalTime local(Instant at) {
        return at.atZone(zone).toLocalTime();
    }

    ZoneId zone() {
        return zone;
    }

    @Override
    public void close() {
        rehearsal.close();
    }
}
