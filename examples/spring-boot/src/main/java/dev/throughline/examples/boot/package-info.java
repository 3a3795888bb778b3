// SPDX-License-Identifier: Apache-2.0
/** A shop on Spring Boot: how a container's beans, transactions, controllers, health and metrics meet the library. Entry type: {@link
 * dev.throughline.examples.boot.ShopApplication}. */
@NullMarked
package dev.throughline.examples.boot;

import org.jspecify.annotations.NullMarked;
