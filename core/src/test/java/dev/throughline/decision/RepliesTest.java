// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.decision.Scene.MAI;
import static dev.throughline.decision.Scene.advert;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Receipt.Status;
import dev.throughline.consent.Question;
import org.junit.jupiter.api.Test;

/** What replies and unsubscriptions do to the consents at an address. */
class RepliesTest {

    private final Plan advert = advert("tea");

    @Test
    void stopBindsControllersThatThisHostDoesNotKnow() {
        var scene = Scene.agreed().replies("TC");

        assertThat(isRefused(scene, "A brand of another host")).isTrue();
    }

    @Test
    void unsubscriptionBindsControllersThatThisHostDoesNotKnow() {
        var scene = Scene.agreed().enqueued(advert).accepted(advert).receipt(advert.id(), Status.UNSUBSCRIBED);

        assertThat(isRefused(scene, "A brand of another host")).isTrue();
    }

    private static boolean isRefused(Scene scene, String controller) {
        var question = new Question(MAI, controller, SMS, ADVERTISING, scene.now());
        return !scene.point().consent().standing(question).denials().isEmpty();
    }
}
