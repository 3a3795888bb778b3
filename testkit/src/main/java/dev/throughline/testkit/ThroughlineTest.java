// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.campaign.Campaign;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of campaigns under virtual time. The method takes a {@link TestHost}, whose clock stands at Monday 2026-11-23, 09:00 in the zone
 * of the first campaign's brand, and which is closed after it.
 */
@Documented
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ThroughlineExtension.class)
public @interface ThroughlineTest {

    /**
     * What makes the campaigns; each has a constructor without parameters.
     *
     * @return their classes, at least one
     */
    Class<? extends Supplier<Campaign>>[] value();

    /**
     * Whose law applies.
     *
     * @return the law, that of Vietnam unless said otherwise
     */
    Law under() default Law.VIETNAM;
}
