// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KitTest {

    @ParameterizedTest
    @ValueSource(strings = {"red", "#fff", "#12345g", "#1234567", "url(x)", ""})
    void refusesAColourThatIsNone(String colour) {
        assertThatThrownBy(() -> Kit.of(colour))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand kit, colour '" + colour + "': expected #rrggbb such as #0a5c36");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/l.png",
                "javascript:alert(1)",
                "https://",
                "https://x/\"onload",
                "data:image/png"
            })
    void refusesALogoThatIsNotLoadedOverHttps(String logo) {
        assertThatThrownBy(() -> Kit.NONE.logo(logo))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand kit, logo '" + logo + "': expected an https address of at most 2000 characters");
    }

    @Test
    void refusesWhatWouldLeaveItsPlaceInAPage() {
        assertThatThrownBy(() -> Kit.NONE.font("Arial; background: url(x)"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "brand kit, font 'Arial; background: url(x)': expected names of fonts such as Arial, sans-serif");
        assertThatThrownBy(() -> Kit.NONE.line("two\nlines"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand kit, line 'two\\nlines': expected one line of at most 200 characters");
        assertThatThrownBy(() -> Kit.NONE.usually("festive"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("brand kit, layout 'festive': expected a layout, but none is defined");
        assertThatThrownBy(() -> Layout.html("none", "{{ content }}"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("layout name 'none': expected one line of text other than none");
    }

    @Test
    void firstLayoutIsTheUsualOne() {
        var kit = Kit.NONE.layout(Layout.html("b", "{{ content }}")).layout(Layout.html("a", "{{ content }}"));

        assertThat(kit.layout()).isEqualTo("b");
        assertThat(kit.usually("a").layout()).isEqualTo("a");
        assertThat(kit.usually(Layout.NONE).layout()).isEmpty();
    }
}
