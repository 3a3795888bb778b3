// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.consent.ConsentAct;
import dev.throughline.engine.Ack;

/** Records what somebody agrees to or refuses. */
@FunctionalInterface
public interface Consents {

    /**
     * Records an act, at all her addresses of the channels that it names.
     *
     * @param act a grant or a withdrawal
     * @return when it is applied to the customer; her contact points follow in the same moment
     */
    Ack record(ConsentAct act);
}
