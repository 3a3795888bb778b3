// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.examples.servers.ReceivedMail;
import dev.throughline.examples.servers.ReceivedSms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the servers in this process received, by their own stamps: the proof of a run that does not ask the library. Advertising is
 * what the decisions say is, by the message id that each submission carries.
 *
 * @param incomplete text messages of which a part is missing
 */
record ShopReceipts(List<ReceivedMail> mails, List<ReceivedSms> texts, int incomplete) {

    private static final LocalTime EARLIEST = LocalTime.of(7, 0);
    private static final LocalTime LATEST = LocalTime.of(22, 0);
    private static final int MOST = 3;
    private static final Duration DAY = Duration.ofHours(24);

    /**
     * Advertising text messages that broke a rule of Decree 91/2020/ND-CP.
     *
     * @param outsideHours before 07:00 or from 22:00 on
     * @param aboveCap the fourth to one number within 24 hours, and each further one
     * @param unlabelled not beginning with {@code [QC]}
     */
    record Violations(long outsideHours, long aboveCap, long unlabelled) {}

    long distinctMails() {
        return mails.stream().map(ReceivedMail::messageId).distinct().count();
    }

    long distinctTexts() {
        return texts.stream()
                .map(text -> text.messageId().orElseThrow())
                .distinct()
                .count();
    }

    Violations violations(Set<String> advertising) {
        return new Violations(
                adverts(advertising).filter(text -> isNight(text.at())).count(),
                aboveCap(advertising),
                adverts(advertising)
                        .filter(text -> !text.text().startsWith("[QC]"))
                        .count());
    }

    private Stream<ReceivedSms> adverts(Set<String> advertising) {
        return texts.stream()
                .filter(text -> advertising.contains(text.messageId().orElseThrow()));
    }

    private static boolean isNight(Instant at) {
        var local = at.atZone(Scenario.ZONE).toLocalTime();
        return local.isBefore(EARLIEST) || !local.isBefore(LATEST);
    }

    private long aboveCap(Set<String> advertising) {
        var byNumber = new TreeMap<String, List<Instant>>();
        adverts(advertising).forEach(text -> byNumber.computeIfAbsent(text.destination(), number -> new ArrayList<>())
                .add(text.at()));
        return byNumber.entrySet().stream()
                .map(Map.Entry::getValue)
                .mapToLong(ShopReceipts::aboveCap)
                .sum();
    }

    private static long aboveCap(List<Instant> instants) {
        var sorted = instants.stream().sorted().toList();
        long above = 0;
        for (int i = MOST; i < sorted.size(); i++) {
            if (sorted.get(i).isBefore(sorted.get(i - MOST).plus(DAY))) {
                above++;
            }
        }
        return above;
    }
}
