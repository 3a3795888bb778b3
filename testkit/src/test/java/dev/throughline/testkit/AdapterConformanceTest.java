// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.testkit.Postman.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check of the suite fails for an adapter that breaks the promise it looks at; {@link PostConformanceTest} breaks none. */
class AdapterConformanceTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsAFault(Fault fault) throws Exception {
        Method check = AdapterConformance.class.getDeclaredMethod(fault.foundBy);

        assertThatThrownBy(() -> run(check, fault)).isInstanceOfAny(AssertionError.class, IllegalStateException.class);
    }

    @Test
    void namesTheThreadsThatAnAdapterLeaves() throws Exception {
        Method check = AdapterConformance.class.getDeclaredMethod("closesTwiceAndEndsItsThreads");

        assertThatThrownBy(() -> run(check, Fault.LEAVES_A_THREAD))
                .hasMessageContaining("the threads of the adapter to end, still there: pool-");
    }

    @Test
    void hasAFaultForEachOfItsChecks() {
        Set<String> checks = Arrays.stream(AdapterConformance.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Arrays.stream(Fault.values())
                        .filter(fault -> fault != Fault.NONE)
                        .map(fault -> fault.foundBy))
                .containsAll(checks);
    }

    private static void run(Method check, Fault fault) throws Throwable {
        var suite = new AdapterConformance() {
            @Override
            protected ProviderDouble startProvider() {
                return new Post(fault);
            }

            @Override
            protected Duration patience() {
                return Duration.ofSeconds(2);
            }
        };
        suite.begin();
        try {
            check.invoke(suite);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        } finally {
            suite.end();
        }
    }
}
