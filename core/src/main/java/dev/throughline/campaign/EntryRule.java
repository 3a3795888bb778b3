// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

/** What starts a journey: an event, a date of the customer or a schedule. Data; its text is canonical. */
public sealed interface EntryRule permits EventRule, DateEntry, ScheduleEntry {}
