// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Definitions;
import dev.throughline.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run in numbers: as JSON for machines, as text for people. */
final class RunSummary {

    private final List<JsonLines> files;
    private final Definitions definitions;
    private final Policy policy;
    private final EventRun.Result run;

    RunSummary(List<JsonLines> files, Definitions definitions, Policy policy, EventRun.Result run) {
        this.files = files;
        this.definitions = definitions;
        this.policy = policy;
        this.run = run;
    }

    String json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("policy", policy.name());
        fields.put("files", files.stream().map(RunSummary::fields).toList());
        fields.put("campaigns", campaigns());
        fields.put("customers", run.customers());
        fields.put("end", run.end().toString());
        fields.putAll(new Figures(run).fields());
        var receipts = run.receipts();
        if (receipts != null) {
            fields.put("servers", Figures.servers(receipts));
        }
        return Figures.json(fields);
    }

    private static Map<String, Object> fields(JsonLines file) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", file.name());
        fields.put("lines", file.lines());
        fields.put("bad", file.bad().size());
        return fields;
    }

    /** Their versions, by name. */
    private Map<String, String> campaigns() {
        var versions = new LinkedHashMap<String, String>();
        for (Campaign campaign : definitions.campaigns()) {
            versions.put(campaign.name(), campaign.version());
        }
        return versions;
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (JsonLines file : files) {
            text.append(Figures.line(
                    "%s: %,d lines, %,d of them left out.",
                    file.name(), file.lines(), file.bad().size()));
        }
        text.append(Figures.line("%,d customers, until %s, under %s.%n", run.customers(), run.end(), policy.name()));
        text.append(new Figures(run));
        var receipts = run.receipts();
        if (receipts != null) {
            text.append(Figures.line(
                    "%nThe mail server has %,d different mails, the SMSC %,d whole texts.",
                    receipts.distinctMails(), receipts.distinctTexts()));
        }
        return text.toString();
    }
}
