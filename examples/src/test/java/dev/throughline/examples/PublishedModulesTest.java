// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every module that is published, seen from the class path on which a host would have them. */
class PublishedModulesTest {
    private static final String SERVICES = "META-INF/services/";

    /** The system's {@code InstantSource} alone may be an adapter's default; its builder takes another. */
    private static final Pattern AMBIENT = Pattern.compile(String.join(
            "|",
            "java\\.time\\..*\\.now\\((java\\.time\\.ZoneId)?\\)",
            "java\\.time\\.Clock\\.(system|tick[A-Z])\\w*\\(.*",
            "java\\.time\\.InstantSource\\.tick\\w*\\(.*",
            "java\\.time\\.ZoneId\\.systemDefault\\(\\)",
            "java\\.lang\\.System\\.currentTimeMillis\\(\\)",
            "java\\.lang\\.Math\\.random\\(\\)",
            "java\\.util\\.(Random|Date)\\.<init>\\(\\)",
            "java\\.util\\.UUID\\.randomUUID\\(\\)",
            "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*"));

    @Test
    void theModulesWithADescriptorAreThese() throws IOException {
        assertThat(published())
                .extracting(module -> module.descriptor().name())
                .containsExactlyInAnyOrder(
                        "dev.throughline", "dev.throughline.testkit", "dev.throughline.email", "dev.throughline.jdbc");
    }

    @ParameterizedTest
    @MethodSource("published")
    void aModulePathAndAClassPathFindTheSameProviders(ModuleReference module) throws IOException {
        assertThat(servicesOf(module)).isEqualTo(providesOf(module.descriptor()));
    }

    @Test
    void adaptersTakeTimeAndChanceFromTheirCaller() {
        var adapters = new ClassFileImporter()
                .importPackages(
                        "dev.throughline.email",
                        "dev.throughline.sms",
                        "dev.throughline.jdbc",
                        "dev.throughline.testkit");

        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.throughline.jdbc.ProcessName") // whose only word is its name
                .should(accessTargetWhere(target(ambient())))
                .check(adapters);
    }

    /** Each module of ours on the class path that has a descriptor, be it a jar or a directory of classes. */
    private static Set<ModuleReference> published() throws IOException {
        var roots =
                Collections.list(PublishedModulesTest.class.getClassLoader().getResources("dev/throughline")).stream()
                        .map(PublishedModulesTest::rootOf)
                        .toArray(Path[]::new);
        return ModuleFinder.of(roots).findAll().stream()
                .filter(module -> !module.descriptor().isAutomatic())
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Path rootOf(URL house) {
        try {
            String file = house.toURI().toString();
            return Path.of(URI.create(file.replaceFirst("^jar:", "").replaceFirst("!?/dev/throughline/?$", "")));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Set<String>> providesOf(ModuleDescriptor descriptor) {
        return descriptor.provides().stream()
                .collect(toMap(ModuleDescriptor.Provides::service, provided -> new TreeSet<>(provided.providers())));
    }

    private static Map<String, Set<String>> servicesOf(ModuleReference module) throws IOException {
        try (ModuleReader reader = module.open();
                var resources = reader.list()) {
            return resources
                    .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                    .collect(toMap(name -> name.substring(SERVICES.length()), name -> providersIn(reader, name)));
        }
    }

    private static Set<String> providersIn(ModuleReader reader, String name) {
        try (InputStream in = reader.open(name).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribedPredicate<AccessTarget> ambient() {
        return DescribedPredicate.describe(
                "the system's clock or chance",
                target -> AMBIENT.matcher(target.getFullName()).matches());
    }
}
