// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import dev.throughline.Throughline;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.engine.Delivery;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.policy.Policy;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The library as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShopSettings.class)
class EngagementConfiguration {

    /** Built with the other beans, and started when all of them are there. On PostgreSQL: {@code JdbcStore.postgresql(dataSource)}. */
    @Bean
    Throughline throughline(ShopSettings settings, MeterRegistry metrics) {
        var sms =
                Map.of("Url", settings.smsUrl(), "Token", settings.smsToken(), "CallbackSecret", settings.hookSecret());
        return Throughline.build(t -> t.store(JdbcStore.sqlite(settings.database()))
                .environment(settings.environment())
                .delivery(Delivery.LIVE)
                .channel(SmtpEmail.at(settings.smtpHost(), settings.smtpPort()).tls(Tls.NONE))
                .channel(HttpSms.gateway("generic", Credentials.of(sms)).callbackUrl("https://shop.example/hooks/sms"))
                .policy(Policy.base())
                .observer(new MeterObserver(metrics))
                .campaign(ShopCampaigns.confirmation())
                .campaign(ShopCampaigns.pickUp()));
    }

    @Bean
    SmartLifecycle engagement(Throughline throughline) {
        return new Running(throughline);
    }

    @Bean
    HealthIndicator engagementHealth(Throughline throughline) {
        return () -> {
            var status = throughline.health();
            var health = status.held().isEmpty() ? Health.up() : Health.down().withDetail("held", status.held());
            status.adapters().forEach((id, adapter) -> health.withDetail(id, adapter.state()));
            return health.withDetail("backlog", status.backlog()).build();
        };
    }

    /** Before the web server takes requests, and until it takes none. */
    private static final class Running implements SmartLifecycle {

        private final Throughline throughline;
        private volatile boolean running;

        Running(Throughline throughline) {
            this.throughline = throughline;
        }

        @Override
        public void start() {
            throughline.start();
            running = true;
        }

        @Override
        public void stop() {
            throughline.close();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0; // web servers have the highest ones
        }
    }
}
