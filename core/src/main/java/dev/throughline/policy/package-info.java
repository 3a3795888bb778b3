// SPDX-License-Identifier: Apache-2.0
/**
 * What the law and the house allow, as data: rules with their sources, presets, and one pure function for each kind of rule. Entry
 * type: {@link dev.throughline.policy.Policy}. It turns what consent says into findings; it knows no campaign and no decision.
 */
@NullMarked
package dev.throughline.policy;

import org.jspecify.annotations.NullMarked;
