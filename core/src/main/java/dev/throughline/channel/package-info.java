// SPDX-License-Identifier: Apache-2.0
/**
 * The port to the outside: what an adapter is given and what it answers. Entry type: {@link
 * dev.throughline.channel.ChannelAdapter}. Knows no campaign, no consent and no store.
 */
@NullMarked
package dev.throughline.channel;

import org.jspecify.annotations.NullMarked;
