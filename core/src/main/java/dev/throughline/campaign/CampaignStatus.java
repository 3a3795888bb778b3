// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a campaign runs, and who has said so. Kept in the store, so that it is the same for every host.
 *
 * @param campaign the campaign's name
 * @param mode what it does
 * @param stops how often it has been stopped: who entered before the last time is out
 * @param who who said so last; empty if nobody has said anything
 * @param why why
 * @param at when
 */
public record CampaignStatus(String campaign, Mode mode, int stops, String who, String why, Instant at) {

    private static final String PREFIX = "campaign/";

    /** Under a prefix of its own, because what is past decides nothing. */
    private static final String PAST = "past/campaign/";

    private static final int MOST_PAST = 20;

    /** What a campaign can do. */
    public enum Mode {
        /** Customers enter and go on. */
        RUNNING,
        /** Nobody enters; who comes to an action waits there. */
        HELD,
        /** Nobody enters; who comes to an action leaves. */
        DROPPING,
        /** Nobody enters; those inside go on. */
        CLOSED,
        /** Nobody enters, and nobody is inside. */
        STOPPED;

        /** Why nobody enters, as a code. */
        String refusal() {
            return this == HELD || this == DROPPING ? "PAUSED" : name();
        }

        boolean acts() {
            return this != HELD && this != DROPPING;
        }
    }

    /**
     * What is said of a campaign of which nothing has been said: it runs.
     *
     * @param campaign its name
     * @return the status
     */
    public static CampaignStatus running(String campaign) {
        return new CampaignStatus(campaign, Mode.RUNNING, 0, "", "", Instant.EPOCH);
    }

    /**
     * The status of a campaign.
     *
     * @param settings a store's settings
     * @param campaign its name
     * @return the status
     */
    public static CampaignStatus of(Map<String, String> settings, String campaign) {
        String setting = settings.get(PREFIX + campaign);
        return setting == null ? running(campaign) : parse(campaign, setting);
    }

    /**
     * The status that a setting holds.
     *
     * @param name the setting's name
     * @param value its value
     * @return the status, or empty if the setting is another
     */
    static Optional<CampaignStatus> parsed(String name, String value) {
        return name.startsWith(PREFIX) ? Optional.of(parse(name.substring(PREFIX.length()), value)) : Optional.empty();
    }

    /**
     * Somebody changes what it does.
     *
     * @param next what it does from now on
     * @param who who says so
     * @param why why
     * @param now when
     * @return the new status; the same if it does that already
     * @throws ThroughlineException if it cannot do that from where it is, or who or why are not one line each
     */
    public CampaignStatus to(Mode next, String who, String why, Instant now) {
        if (!Identity.isLine(who) || !Identity.isLine(why)) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': expected one line that says who and one that says why");
        }
        boolean over = mode == Mode.CLOSED || mode == Mode.STOPPED;
        if (over && !next.acts()) {
            throw new ThroughlineException("campaign '" + campaign + "' is "
                    + mode.name().toLowerCase(Locale.ROOT) + ": expected one that runs, to be paused");
        }
        if (mode == Mode.STOPPED && next == Mode.CLOSED) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' is stopped: nobody is inside, expected one that runs, to be closed");
        }
        int stopped = next == Mode.STOPPED ? stops + 1 : stops;
        return next == mode ? this : new CampaignStatus(campaign, next, stopped, who, why, now);
    }

    /**
     * What somebody has said of a campaign; of more than 20 the last ones.
     *
     * @param settings the store's
     * @param campaign the campaign's name
     * @return the oldest first, the last of which holds; empty if nobody has said anything
     */
    public static List<CampaignStatus> said(Map<String, String> settings, String campaign) {
        String past = settings.get(PAST + campaign);
        if (past != null) {
            return past.lines().map(line -> parse(campaign, line)).toList();
        }
        String present = settings.get(PREFIX + campaign);
        return present == null ? List.of() : List.of(parse(campaign, present));
    }

    /**
     * What a store keeps of it and of what was said before.
     *
     * @param before the store's settings
     * @return the settings to write
     */
    public Map<String, String> settings(Map<String, String> before) {
        var said = new ArrayList<>(said(before, campaign));
        said.add(this);
        String past = said.stream()
                .skip(Math.max(0, said.size() - MOST_PAST))
                .map(CampaignStatus::written)
                .collect(Collectors.joining("\n"));
        return Map.of(PREFIX + campaign, written(), PAST + campaign, past);
    }

    private String written() {
        return String.join("\t", mode.name(), Integer.toString(stops), at.toString(), who, why);
    }

    private static CampaignStatus parse(String campaign, String value) {
        String[] parts = value.split("\t", 5);
        return new CampaignStatus(
                campaign,
                Mode.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                parts[3],
                parts[4],
                Instant.parse(parts[2]));
    }
}
