// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an SMSC has taken. Safe for several threads. */
final class SmscInbox {

    private final List<Submission> submissions = new ArrayList<>();
    private final List<ReceivedSms> received = new ArrayList<>();
    private final Map<String, Submission> dueReceipts = new LinkedHashMap<>();
    private final Reassembly reassembly = new Reassembly();

    synchronized void add(Submission submission) {
        submissions.add(submission);
        reassembly.add(submission).ifPresent(received::add);
        if (submission.wantsReceipt()) {
            dueReceipts.put(submission.id(), submission);
        }
    }

    synchronized List<Submission> submissions() {
        return List.copyOf(submissions);
    }

    synchronized List<ReceivedSms> received() {
        return List.copyOf(received);
    }

    synchronized int incomplete() {
        return reassembly.incomplete();
    }

    synchronized Optional<Submission> nextDue() {
        return dueReceipts.values().stream().findFirst();
    }

    synchronized void hasReceipt(Submission submission) {
        dueReceipts.remove(submission.id());
    }
}
