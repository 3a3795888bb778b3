// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import dev.throughline.engine.Observer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The library's figures as meters. Told by one thread. */
final class MeterObserver implements Observer {

    private record Level(String metric, Tags tags) {}

    private final MeterRegistry metrics;
    private final Map<Level, AtomicLong> levels = new HashMap<>();

    MeterObserver(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void count(String metric, long number, Map<String, String> tags) {
        metrics.counter(metric, tags(tags)).increment((double) number);
    }

    @Override
    public void time(String metric, Duration took, Map<String, String> tags) {
        metrics.timer(metric, tags(tags)).record(took);
    }

    @Override
    public void level(String metric, long value, Map<String, String> tags) {
        levels.computeIfAbsent(new Level(metric, tags(tags)), level -> register(level, new AtomicLong()))
                .set(value);
    }

    private AtomicLong register(Level level, AtomicLong value) {
        metrics.gauge(level.metric, level.tags, value);
        return value;
    }

    private static Tags tags(Map<String, String> tags) {
        return Tags.of(tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .collect(Collectors.toList()));
    }
}
