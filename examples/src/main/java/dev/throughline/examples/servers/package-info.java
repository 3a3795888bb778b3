// SPDX-License-Identifier: Apache-2.0
/**
 * An SMTP server and an SMSC that run inside the process, for examples and for tests of adapters: they speak the real
 * protocols on the loopback interface, read the run's clock, deliver nothing and misbehave on request. Begin with {@link
 * dev.throughline.examples.servers.SmtpServer} and {@link dev.throughline.examples.servers.SmscServer}. They know nothing
 * of the library whose messages they receive.
 */
@NullMarked
package dev.throughline.examples.servers;

import org.jspecify.annotations.NullMarked;
