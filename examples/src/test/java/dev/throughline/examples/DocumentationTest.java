// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the sources: what a user can call has a comment. Overrides inherit theirs, records say it all in their head. */
class DocumentationTest {
    @ParameterizedTest
    @ValueSource(strings = {"core", "testkit", "adapters-email", "adapters-sms", "adapters-jdbc"})
    void everyExportedTypeAndMemberHasAComment(String module) throws IOException {
        assertThat(undocumentedIn(Path.of("..", module, "src", "main", "java"))).isEmpty();
    }

    private static List<String> undocumentedIn(Path sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8);
                var walk = Files.walk(sources)) {
            var paths = walk.filter(path -> path.toString().endsWith(".java")).toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            var units = StreamSupport.stream(task.parse().spliterator(), false).toList();
            var scanner = new Undocumented(DocTrees.instance(task));
            units.stream().filter(unit -> isExported(unit, units)).forEach(unit -> scanner.scan(unit, null));
            return scanner.found;
        }
    }

    /** A module without a descriptor exports all it has. */
    private static boolean isExported(CompilationUnitTree unit, List<? extends CompilationUnitTree> units) {
        if (unit.getPackageName() == null) {
            return false;
        }
        return units.stream()
                .filter(other -> other.getModule() != null)
                .findFirst()
                .map(descriptor ->
                        exportsOf(descriptor).contains(unit.getPackageName().toString()))
                .orElse(true);
    }

    private static Set<String> exportsOf(CompilationUnitTree descriptor) {
        return descriptor.getModule().getDirectives().stream()
                .filter(ExportsTree.class::isInstance)
                .map(directive -> ((ExportsTree) directive).getPackageName().toString())
                .collect(Collectors.toSet());
    }

    private static final class Undocumented extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> found = new ArrayList<>();

        Undocumented(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isShown(type.getModifiers())) {
                return null;
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean constructsRecord =
                    method.getReturnType() == null && enclosing().getKind() == Kind.RECORD;
            if (isShown(method.getModifiers()) && !overrides(method) && !constructsRecord) {
                check(method.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void nothing) {
            if (isShown(field.getModifiers())) {
                check(field.getName().toString());
            }
            return null;
        }

        private void check(String name) {
            if (docs.getDocComment(getCurrentPath()) == null) {
                found.add(whereIs(getCurrentPath()) + " " + name);
            }
        }

        private String whereIs(TreePath path) {
            var unit = path.getCompilationUnit();
            long start = docs.getSourcePositions().getStartPosition(unit, path.getLeaf());
            return unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(start);
        }

        private boolean isShown(ModifiersTree modifiers) {
            var flags = modifiers.getFlags();
            boolean inInterface = isInterface(enclosing()) && !flags.contains(Modifier.PRIVATE);
            return inInterface || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        }

        private Tree enclosing() {
            return getCurrentPath().getParentPath().getLeaf();
        }

        private static boolean isInterface(Tree tree) {
            return tree.getKind() == Kind.INTERFACE || tree.getKind() == Kind.ANNOTATION_TYPE;
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .anyMatch(type -> type.toString().equals("Override"));
        }
    }
}
