// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryTest {

    private static final Instant AS_OF = Instant.parse("2026-11-23T00:00:00Z");
    private static final Address NUMBER = Address.phone("+84900000001");

    @TempDir
    Path directory;

    @Test
    void readsAFileOnce() throws IOException {
        Path file = Files.writeString(
                directory.resolve("dnc.txt"),
                "# drawn on Monday\n\n+84 90 000 0001\n84900000002 s # by text\n+84900000003,V\n+84900000003 S\n");

        var registry = FileRegistry.read(file, AS_OF);

        assertThat(registry.id()).isEqualTo("dnc.txt");
        assertThat(registry.size()).isEqualTo(3);
        assertThat(registry.check(NUMBER, Channel.CALL)).isEqualTo(CheckResult.listed(AS_OF));
        assertThat(registry.check(Address.phone("+84900000002"), Channel.SMS).listed())
                .isTrue();
        assertThat(registry.check(Address.phone("+84900000002"), Channel.CALL).listed())
                .isFalse();
        assertThat(registry.check(Address.phone("+84900000003"), Channel.CALL).listed())
                .isTrue();
        assertThat(registry.check(Address.phone("+84900000003"), Channel.SMS).listed())
                .isTrue();
        assertThat(registry.check(Address.phone("+84900000004"), Channel.SMS)).isEqualTo(CheckResult.clear(AS_OF));
    }

    @Test
    void namesTheLinesThatAreNoNumbers() {
        assertThatThrownBy(() -> FileRegistry.of("dnc", List.of("+84900000001", "Mai", "", "0900000001"), AS_OF))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "do-not-call list dnc: 2 unreadable lines ([2, 4]), expected a number such as +84 90 123 4567,"
                                + " alone or followed by S or V");
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = directory.resolve("missing.txt");

        assertThatThrownBy(() -> FileRegistry.read(missing, AS_OF))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("do-not-call list " + missing + " cannot be read: ");
    }

    @Test
    void readsAnAnswerBackFromItsBytes() {
        for (var answer : List.of(CheckResult.listed(AS_OF), CheckResult.clear(AS_OF), CheckResult.unavailable())) {
            assertThat(CheckResult.CODEC.decode(CheckResult.CODEC.encode(answer)))
                    .isEqualTo(answer);
        }
    }
}
