// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.CampaignStatus;
import dev.throughline.campaign.CampaignStatus.Mode;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.MigrationOrder;
import dev.throughline.campaign.MigrationReport;
import dev.throughline.campaign.Pause;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pauses, closes and stops one campaign, and moves customers from version to version. What is said here is durable, and every host of
 * the store goes by it from its next commit on; who waits or is inside is told in the background, also after a restart. A {@link
 * KillSwitch} is something else: it stops sending, while journeys go on. Entries that are refused stand on timelines, with PAUSED, CLOSED
 * or STOPPED. Thread-safe.
 *
 * <p>All methods that change something throw {@link ThroughlineException} if who or why are not one line each, or if the campaign
 * cannot do that from where it is: what is closed or stopped cannot be paused, what is stopped cannot be closed. What it does already
 * changes nothing, and whoever said so first remains.
 */
public final class CampaignControl {

    private final String campaign;
    private final Store store;
    private final InstantSource clock;
    private final Migrator migrator;

    /**
     * Control of one campaign.
     *
     * @param campaign its name
     * @param store where its status is kept
     * @param clock business time
     * @param campaigns the campaigns of the host
     */
    public CampaignControl(String campaign, Store store, InstantSource clock, Collection<Campaign> campaigns) {
        this.campaign = campaign;
        this.store = store;
        this.clock = clock;
        this.migrator = new Migrator(campaign, store, campaigns);
    }

    /**
     * What it does at present.
     *
     * @return the status
     */
    public CampaignStatus status() {
        return CampaignStatus.of(store.settings(), campaign);
    }

    /**
     * Lets nobody enter and nobody act. Delays and waits run on, exits and goals count at once. A message that was deferred and is due
     * is taken back, and planned anew when the campaign goes on; what lies in the outbox is sent.
     *
     * @param pause what becomes of whoever comes to an action
     * @param who who says so
     * @param why why
     * @return this
     */
    public CampaignControl pause(Pause pause, String who, String why) {
        if (pause == null) {
            throw new ThroughlineException(
                    "pause of campaign '" + campaign + "': it is not said how, expected HOLD or DROP");
        }
        return to(pause == Pause.HOLD ? Mode.HELD : Mode.DROPPING, who, why);
    }

    /**
     * Ends a pause: who waits goes on from where she is, as she is now. Nothing but time has changed for her.
     *
     * @param who who says so
     * @param why why
     * @return this
     * @throws ThroughlineException if it is closed or stopped, which {@link #start} ends
     */
    public CampaignControl resume(String who, String why) {
        return to(Mode.RUNNING, who, why, this::requireNotOver);
    }

    /**
     * Lets nobody enter any more; those inside go on to their ends, also who waited in a pause.
     *
     * @param who who says so
     * @param why why
     * @return this
     */
    public CampaignControl close(String who, String why) {
        return to(Mode.CLOSED, who, why);
    }

    /**
     * Ends it for everybody at once: who is inside leaves with STOPPED, what is planned or lies in the outbox is cancelled. What an
     * adapter has already, it may send.
     *
     * @param who who says so
     * @param why why
     * @return this
     */
    public CampaignControl stop(String who, String why) {
        return to(Mode.STOPPED, who, why);
    }

    /**
     * Lets customers enter again, after it was closed, stopped or paused. Who was inside when it was stopped does not come back.
     *
     * @param who who says so
     * @param why why
     * @return this
     */
    public CampaignControl start(String who, String why) {
        return to(Mode.RUNNING, who, why);
    }

    /**
     * Says what a migration would do now, and does nothing. Looks at every customer, one by one.
     *
     * @param migration which
     * @return for each step of the old versions how many would be moved, leave or stay; all that is wrong with it
     */
    public MigrationReport tryOut(Migration migration) {
        return migrator.tryOut(migration, clock.instant());
    }

    /**
     * Moves who is inside to another version, once: who enters later is not meant. Each customer is moved in the background, or before the
     * next thing that happens to her, whichever comes first.
     *
     * <p>Who waits (a delay, an event, a condition, a response, the end of a pause) goes to the counterpart of her step. Her wait keeps its
     * beginning and is reckoned anew: what is overdue goes on at once, also where it leads to an action of a paused campaign, before
     * which she then waits. Who is amid a step (a message on its way, a call, a table of the host's) hears first in her version what came
     * of it, the legs for what could not be delivered included, and then goes on behind the counterpart. Exit rules, goals and re-entry
     * are those of the new version from then on; what she has reached, been drawn and answered stays hers. Her timeline tells it, with
     * who and why.
     *
     * <p>Several migrations follow one another for each customer, in the order in which they were said; the same one once more means
     * those who have come into an old version since. A stop comes before a migration. A host whose library or campaigns lack what the new
     * version needs leaves customers to hosts that have it. Of a campaign the last 16 are kept: who has been amid one step ever since is
     * forgotten.
     *
     * @param migration which
     * @param who who says so
     * @param why why
     * @return this
     * @throws ThroughlineException telling everything that {@link #tryOut} calls faults, if there are any
     */
    public CampaignControl migrate(Migration migration, String who, String why) {
        migrator.order(migration, new MigrationOrder.Signature(who, why, clock.instant()));
        return this;
    }

    private void requireNotOver(Mode mode) {
        if (mode == Mode.CLOSED || mode == Mode.STOPPED) {
            throw new ThroughlineException("campaign '" + campaign + "' is "
                    + mode.name().toLowerCase(Locale.ROOT) + ": expected one that is paused, to be resumed");
        }
    }

    private CampaignControl to(Mode mode, String who, String why) {
        return to(mode, who, why, any -> {});
    }

    private CampaignControl to(Mode mode, String who, String why, Consumer<Mode> required) {
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool("campaign/" + campaign)), true);
            var before = CampaignStatus.of(unit.settings(), campaign);
            required.accept(before.mode());
            var after = before.to(mode, who, why, clock.instant());
            if (!after.equals(before)) {
                Changes changes = Changes.none();
                changes.settings().putAll(after.settings(unit.settings()));
                changes.settings().putAll(Sweep.begun(after));
                unit.commit(changes);
            }
        }
        return this;
    }
}
