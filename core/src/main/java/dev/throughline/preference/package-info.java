// SPDX-License-Identifier: Apache-2.0
/**
 * The logic of a preference centre: what a host offers ({@link dev.throughline.preference.PreferenceMenu}), what somebody has of it
 * ({@link dev.throughline.preference.PreferenceCentre}), and what a submitted form asks for ({@link
 * dev.throughline.preference.PreferenceChoice}). Pure; it makes no pages and records nothing.
 */
@NullMarked
package dev.throughline.preference;

import org.jspecify.annotations.NullMarked;
