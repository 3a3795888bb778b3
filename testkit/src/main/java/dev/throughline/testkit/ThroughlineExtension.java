// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.ThroughlineException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a {@link TestHost} to tests that bear {@link ThroughlineTest}. */
final class ThroughlineExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ThroughlineExtension.class);

    /** Made by JUnit. */
    ThroughlineExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestHost.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var said = test.getRequiredTestMethod().getAnnotation(ThroughlineTest.class);
        var campaigns =
                Arrays.stream(said.value()).map(ThroughlineExtension::campaign).toArray(Campaign[]::new);
        var host = TestHost.of(said.under().policy(), campaigns);
        test.getStore(NAMESPACE).put(TestHost.class, host);
        return host;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        TestHost host = test.getStore(NAMESPACE).remove(TestHost.class, TestHost.class);
        if (host != null) {
            host.close();
        }
    }

    private static Campaign campaign(Class<? extends Supplier<Campaign>> maker) {
        try {
            Constructor<? extends Supplier<Campaign>> constructor = maker.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().get();
        } catch (ReflectiveOperationException unusable) {
            throw new ThroughlineException(
                    "@ThroughlineTest(" + maker.getSimpleName()
                            + ".class): expected a static or top-level class with a constructor without parameters",
                    unusable);
        }
    }
}
