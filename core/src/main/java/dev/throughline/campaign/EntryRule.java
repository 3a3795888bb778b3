// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

/** What starts a journey: an event, or a date of the customer. Data; its text is canonical. */
public sealed interface EntryRule permits EventRule, DateEntry {}
