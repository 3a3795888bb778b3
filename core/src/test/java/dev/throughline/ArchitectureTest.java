// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plan of the house, as docs/architecture.md draws it. */
class ArchitectureTest {
    private static final String HOUSE = "dev.throughline";

    /** From the front door down to the cellar: a room knows those below it and none above. */
    private static final List<String> ROOMS = List.of(
            "",
            "rehearsal",
            "engine",
            "store.memory",
            "store",
            "campaign",
            "decision",
            "message",
            "segment",
            "preference",
            "policy",
            "consent",
            "commerce",
            "customer",
            "pool",
            "ring",
            "touchpoint",
            "link",
            "channel",
            "identity",
            "json",
            "html",
            "wire");

    /** Where the system's clock and ticker may come in, as a default that a builder replaces. */
    private static final Set<String> ROOMS_WITH_A_CLOCK = Set.of("", "engine", "store.memory");

    /** Libraries whose types stay inside; annotations of Jackson are no part of a signature. */
    private static final List<String> INSIDE = List.of(
            "com.google.common.",
            "com.google.i18n.phonenumbers.",
            "com.fasterxml.jackson.",
            "tools.jackson.",
            "io.pebbletemplates.");

    private static final List<String> CLOCKS = List.of(
            "java\\.time\\.(Clock|InstantSource)\\.(system|tick[A-Z])\\w*\\(.*",
            "java\\.lang\\.System\\.nanoTime\\(\\)");

    /** Names what a host hands in without a name of its own; everything after that is a hash of it. */
    private static final List<String> NAMES_AT_THE_EDGE = List.of("java\\.util\\.UUID\\.randomUUID\\(\\)");

    /** What gives another answer on another machine, or on the next day. */
    private static final List<String> AMBIENT = List.of(
            "java\\.time\\..*\\.now\\((java\\.time\\.ZoneId)?\\)",
            "java\\.lang\\.System\\.(currentTimeMillis|identityHashCode|getenv|getProperty|lineSeparator)\\(.*",
            "java\\.util\\.Date\\.<init>\\(\\)",
            "java\\.util\\.(Gregorian)?Calendar\\.(getInstance|<init>)\\(.*",
            "java\\.lang\\.(Strict)?Math\\.random\\(\\)",
            "java\\.util\\.(Random|SplittableRandom)\\.<init>\\(\\)",
            "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
            "java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)\\(.*",
            "java\\.security\\.SecureRandom\\..*",
            "java\\.util\\.Locale\\.getDefault\\(.*",
            "java\\.util\\.TimeZone\\.getDefault\\(\\)",
            "java\\.time\\.ZoneId\\.systemDefault\\(\\)",
            "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(\\)",
            "java\\.lang\\.String\\.format\\(java\\.lang\\.String, \\[Ljava\\.lang\\.Object;\\)",
            "java\\.lang\\.String\\.formatted\\(.*",
            "java\\.lang\\.String\\.to(Upper|Lower)Case\\(\\)",
            "java\\.io\\.Print(Stream|Writer)\\.(format|printf)\\(java\\.lang\\.String, .*",
            "java\\.util\\.Formatter\\.<init>\\((java\\.lang\\.Appendable)?\\)",
            "java\\.time\\.format\\.DateTimeFormatter\\.(ofPattern\\(java\\.lang\\.String\\)|ofLocalized\\w+\\(.*)",
            "java\\.time\\.format\\.DateTimeFormatterBuilder\\.toFormatter\\(\\)",
            "java\\.text\\.\\w+\\.(get\\w*Instance\\((int(, int)?)?\\)|<init>\\((java\\.lang\\.String)?\\))",
            "java\\.text\\.MessageFormat\\.format\\(.*");

    private final JavaClasses house = new ClassFileImporter().importPath(classesOfTheCore());

    @Test
    void eachPackageIsARoomOrInOne() {
        classes().should(standInARoom()).check(house);
    }

    @Test
    void aRoomKnowsOnlyTheRoomsBelow() {
        classes().should(dependDownward()).check(house);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(house);
    }

    @Test
    void exportedSignaturesNameNoLibraryThatStaysInside() {
        classes()
                .that(are(inPackagesOf(exports())))
                .should(showNoTypeOf(INSIDE))
                .check(house);
    }

    @Test
    void noRoomAsksForTheTimeOrChanceOrTheMachinesLocale() {
        noClasses()
                .should(accessTargetWhere(target(oneOf("an ambient source", AMBIENT))))
                .check(house);
    }

    @Test
    void aClockIsTakenOnlyWhereABuilderHasItAsItsDefault() {
        noClasses()
                .should(accessTargetWhere(
                        target(oneOf("the system's clock", CLOCKS)).and(outside(ROOMS_WITH_A_CLOCK))))
                .check(house);
    }

    @Test
    void chanceNamesInputsAtTheFrontDoorAlone() {
        noClasses()
                .should(accessTargetWhere(
                        target(oneOf("a random name", NAMES_AT_THE_EDGE)).and(outside(Set.of("")))))
                .check(house);
    }

    @Test
    void nobodyPrints() {
        noClasses()
                .should(accessTargetWhere(
                        target(oneOf("a stream of the console", List.of("java\\.lang\\.System\\.(out|err)")))))
                .check(house);
    }

    private static Path classesOfTheCore() {
        try {
            return Path.of(Throughline.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> exports() {
        return ModuleFinder.of(classesOfTheCore()).find(HOUSE).orElseThrow().descriptor().exports().stream()
                .filter(exported -> !exported.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /** The room of a class: the front door for its own package alone, else the innermost room around it. */
    private static Optional<String> roomOf(JavaClass type) {
        String name = type.getPackageName();
        return ROOMS.stream()
                .filter(room -> room.isEmpty() ? name.equals(HOUSE) : (name + ".").startsWith(HOUSE + "." + room + "."))
                .max(Comparator.comparingInt(String::length));
    }

    private static int floorOf(JavaClass type) {
        return roomOf(type).map(ROOMS::indexOf).orElse(Integer.MAX_VALUE);
    }

    private static ArchCondition<JavaClass> standInARoom() {
        return new ArchCondition<>("stand in a room of the plan") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (roomOf(type).isEmpty() && !type.getPackageName().isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " stands in no room of the plan"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> dependDownward() {
        return new ArchCondition<>("depend only on rooms below") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (floorOf(dependency.getTargetClass()) < floorOf(type)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static DescribedPredicate<JavaClass> inPackagesOf(Set<String> packages) {
        return DescribedPredicate.describe("in exported packages", type -> packages.contains(type.getPackageName()));
    }

    private static DescribedPredicate<JavaAccess<?>> outside(Set<String> rooms) {
        return DescribedPredicate.describe("from outside " + rooms, access -> roomOf(access.getOriginOwner())
                .filter(rooms::contains)
                .isEmpty());
    }

    private static DescribedPredicate<AccessTarget> oneOf(String name, List<String> patterns) {
        var pattern = Pattern.compile(String.join("|", patterns));
        return DescribedPredicate.describe(
                name, target -> pattern.matcher(target.getFullName()).matches());
    }

    private static ArchCondition<JavaClass> showNoTypeOf(List<String> libraries) {
        return new ArchCondition<>("show no type of " + libraries) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                shown(type)
                        .filter(seen -> libraries.stream().anyMatch(seen.type()::startsWith))
                        .forEach(seen -> events.add(
                                SimpleConditionEvent.violated(type, seen.where() + " shows " + seen.type())));
            }
        };
    }

    private record Seen(String where, String type) {}

    private static Stream<Seen> shown(JavaClass type) {
        if (!isShown(type.getModifiers())) {
            return Stream.empty();
        }
        var ancestors = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        var ownTypes = Stream.concat(ancestors, type.getTypeParameters().stream());
        return Stream.concat(
                seen(type.getFullName(), ownTypes),
                type.getMembers().stream()
                        .filter(member -> isShown(member.getModifiers()))
                        .flatMap(member -> seen(member.getFullName(), typesOf(member))));
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<Seen> seen(String where, Stream<? extends JavaType> types) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(raw -> new Seen(where, raw.getBaseComponentType().getName()))
                .distinct();
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        var unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }
}
