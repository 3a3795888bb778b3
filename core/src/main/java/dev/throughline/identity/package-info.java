// SPDX-License-Identifier: Apache-2.0
/**
 * Who and where: identities of a person, addresses, channels, brands and money. Entry type: {@link
 * dev.throughline.identity.Identity}. Depends on nothing but the codec.
 */
@NullMarked
package dev.throughline.identity;

import org.jspecify.annotations.NullMarked;
