// SPDX-License-Identifier: Apache-2.0
/**
 * What should happen, when: campaigns, their journeys, and the interpreter that moves customers along. Entry type: {@link
 * dev.throughline.campaign.Campaign}. Plans messages; whether one may leave is not decided here.
 */
@NullMarked
package dev.throughline.campaign;

import org.jspecify.annotations.NullMarked;
