// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** The durable switch that every SENDING transaction reads. */
enum KillSwitch {
    OFF,
    HOLD,
    DROP
}
