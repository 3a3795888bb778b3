// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.util.LinkedHashMap;
import java.util.Map;

/** A run in numbers: as JSON for machines, as text for people. */
final class ShopSummary {

    static final String SCENARIO =
            "Scenario, not data: names, e-mail addresses, phone numbers, languages, the time zone, consents,"
                    + " the do-not-call list, dead mailboxes and the sale. Data: who ordered or cancelled what, when, at what price.";

    private final ShopRun.Result run;
    private final Figures figures;

    ShopSummary(ShopRun.Result run) {
        this.run = run;
        this.figures = new Figures(run);
    }

    String json() {
        return Figures.json(fields());
    }

    private Map<String, Object> fields() {
        var counts = run.counts();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("scenario", SCENARIO);
        fields.put("customers", counts.customers());
        fields.put("customersWithOrder", counts.customersWithOrder());
        fields.put("customersWithCancellationsOnly", counts.customersWithCancellationsOnly());
        fields.put("orders", counts.orders());
        fields.put("cancellations", counts.cancellations());
        fields.put("rows", counts.rows());
        fields.put("droppedRows", dropped());
        fields.putAll(figures.fields());
        var receipts = run.receipts();
        if (receipts != null) {
            fields.put("servers", servers(receipts));
        }
        return fields;
    }

    private Map<String, Object> dropped() {
        var counts = run.counts();
        var dropped = new LinkedHashMap<String, Object>();
        dropped.put("withoutCustomer", counts.rowsWithoutCustomer());
        dropped.put("bookkeeping", counts.bookkeepingRows());
        dropped.put("gifts", counts.giftRows());
        dropped.put("malformed", counts.malformedRows());
        return dropped;
    }

    private Map<String, Object> servers(ShopReceipts receipts) {
        var violations = receipts.violations(run.advertising());
        var servers = Figures.servers(receipts);
        servers.put("advertisingTextsOutsideHours", violations.outsideHours());
        servers.put("advertisingTextsAboveCap", violations.aboveCap());
        servers.put("advertisingTextsWithoutLabel", violations.unlabelled());
        return servers;
    }

    /** For people. */
    @Override
    public String toString() {
        var counts = run.counts();
        var text = new StringBuilder();
        text.append(Figures.line(
                "%,d customers, %,d orders and %,d cancellations, out of %,d rows (%,d without a customer).",
                counts.customers(),
                counts.orders(),
                counts.cancellations(),
                counts.rows(),
                counts.rowsWithoutCustomer()));
        if (run.resumed() != null) {
            text.append(Figures.line("Resumed at %s, where an earlier run on this store had come to.", run.resumed()));
        }
        text.append(SCENARIO).append("\n\n").append(figures);
        var receipts = run.receipts();
        if (receipts != null) {
            text.append(seen(receipts));
        }
        return text.toString();
    }

    private String seen(ShopReceipts receipts) {
        var violations = receipts.violations(run.advertising());
        return Figures.line(
                "%nThe mail server has %,d different mails, the SMSC %,d whole texts. Advertising texts at night: %,d; above 3 in"
                        + " 24 hours: %,d; without [QC] in front: %,d.",
                receipts.distinctMails(),
                receipts.distinctTexts(),
                violations.outsideHours(),
                violations.aboveCap(),
                violations.unlabelled());
    }
}
