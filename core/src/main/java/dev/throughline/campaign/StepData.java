// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps as {@link StepJson} reads them. */
final class StepData {

    private final Map<String, @Nullable Object> object = new LinkedHashMap<>();

    private StepData() {}

    static List<Map<String, @Nullable Object>> of(List<Step> steps) {
        return steps.stream().map(StepData::of).toList();
    }

    private static Map<String, @Nullable Object> of(Step step) {
        var data = new StepData();
        if (!data.isWait(step) && !data.isFork(step)) {
            data.act(step);
        }
        return data.object;
    }

    private boolean isWait(Step step) {
        if (step instanceof Step.Delay delay) {
            object.put("delay", Json.text(delay.time()));
        } else if (step instanceof Step.CalendarDelay delay) {
            calendar(delay);
        } else if (step instanceof Step.DateDelay delay) {
            object.put("delayUntilDate", DateJson.written(delay.date()));
            object.put("ifPast", delay.ifPast().name());
        } else if (step instanceof Step.Await await) {
            object.put("waitUntil", CampaignJson.written(await.rule()));
            object.put("atMost", Json.text(await.atMost()));
            block("happened", await.happened());
            block("timeout", await.timeout());
        } else if (step instanceof Step.Until until) {
            object.put("waitUntil", until.condition().data());
            object.put("atMost", Json.text(until.atMost()));
            block("happened", until.met());
            block("timeout", until.timeout());
        }
        return !object.isEmpty();
    }

    private void calendar(Step.CalendarDelay delay) {
        String at = delay.at() == null ? null : delay.at().toString();
        if (delay.days() == 0) {
            object.put("delayUntil", at);
            if (delay.weekday() != null) {
                object.put("on", delay.weekday().name());
            }
        } else {
            object.put("delayDays", delay.days());
            if (at != null) {
                object.put("at", at);
            }
        }
    }

    private boolean isFork(Step step) {
        if (step instanceof Step.Branch branch) {
            object.put("branch", branch.condition().data());
            block("then", branch.then());
            block("otherwise", branch.otherwise());
        } else if (step instanceof Step.Choice choice) {
            object.put(
                    "branches", choice.options().stream().map(StepData::option).toList());
            if (choice.otherwise() != null) {
                object.put("otherwise", of(choice.otherwise()));
            }
        } else if (step instanceof Step.Experiment experiment) {
            object.put("experiment", experiment.name());
            object.put(
                    "variants",
                    experiment.variants().stream().map(StepData::variant).toList());
        }
        return !object.isEmpty();
    }

    private static Map<String, @Nullable Object> option(Step.Option option) {
        var data = new StepData();
        data.object.put("when", option.condition().data());
        data.block("then", option.then());
        return data.object;
    }

    private static Map<String, @Nullable Object> variant(Step.Variant variant) {
        var data = new StepData();
        data.object.put("variant", variant.name());
        data.object.put("percent", variant.percent());
        data.block("steps", variant.steps());
        return data.object;
    }

    private void act(Step step) {
        if (step instanceof Step.Send send) {
            object.put("send", send.message().name());
            object.put("over", send.route().legs().stream().map(StepData::leg).toList());
        } else if (step instanceof Step.SetTrait set) {
            object.put("setTrait", set.name());
            object.put("to", set.value());
        } else if (step instanceof Step.Call call) {
            call(call);
        } else if (step instanceof Step.End end) {
            object.put("end", end.reason().isEmpty() ? (Object) true : end.reason());
        }
    }

    private void call(Step.Call call) {
        object.put("call", call.function());
        if (!call.arguments().paths().isEmpty()) {
            object.put("take", call.arguments().paths());
        }
        if (!call.arguments().constants().isEmpty()) {
            object.put("with", call.arguments().constants());
        }
        if (!call.name().equals(call.function().replace('-', '_'))) {
            object.put("as", call.name());
        }
        var usual = Step.Call.USUAL;
        if (call.retry().attempts() != usual.attempts()) {
            object.put("attempts", call.retry().attempts());
        }
        if (!call.retry().backoff().equals(usual.backoff())) {
            object.put("backoff", Json.text(call.retry().backoff()));
        }
        if (!call.retry().deadline().equals(usual.deadline())) {
            object.put("deadline", Json.text(call.retry().deadline()));
        }
        if (call.ifFails() != null) {
            object.put("ifFails", of(call.ifFails()));
        }
    }

    private static Map<String, Object> leg(Route.Leg leg) {
        var object = new LinkedHashMap<String, Object>();
        object.put("channel", leg.channel().written());
        if (leg.when() == Route.When.NO_RESPONSE) {
            object.put("ifNoResponse", Json.text(leg.after()));
        } else if (leg.when() == Route.When.UNDELIVERABLE) {
            object.put("ifUndeliverable", true);
        }
        return object;
    }

    private void block(String name, List<Step> steps) {
        if (!steps.isEmpty()) {
            object.put(name, of(steps));
        }
    }
}
