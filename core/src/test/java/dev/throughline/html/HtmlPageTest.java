// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser would make of it decides, not what was meant. */
class HtmlPageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
                    <p>hi</p><div style="display:none">            ^ <div>
                    <div style="max-height:0">Preheader<p>hi</p>   ^ <div>
                    <p>hi</p><title>                               ^ <title>
                    <p>hi</p><textarea></body></textarea           ^ <textarea>
                    <p>hi</p><template>                            ^ <template>
                    <p>hi</p><noscript>                            ^ <noscript>
                    <p>hi</p><select>                              ^ <select>
                    <p>hi</p><object>                              ^ <object>
                    <p>hi</p><svg>                                 ^ <svg>
                    <title></titlex></body></html>                 ^ <title>
                    <style>p { }</body>                            ^ <style>
                    <plaintext></plaintext></body>                 ^ <plaintext>
                    <!--[if mso]><p>x</p>                          ^ <!--[if>
                    <!--[if mso]><p>x</p></body>                   ^ <!--[if>
                    <p>hi</p><!-- </body>                          ^ <!
                    <![CDATA[ </body                               ^ <!
                    <p>hi</p></body                                ^ </body
                    <img alt="</body>                              ^ <img
                    <div></body></div><div>                        ^ <div>
                    <div><table><tr><td></div></td></tr></table>   ^ <div>
                    <span><div></span></div>                       ^ <span>
                    <div><font></div>                              ^ <font>
                    <b><div></b>                                   ^ <div>
                    <ul><li>a                                      ^ <ul>
                    <li hidden>a                                   ^ <li>
                    <div/>                                         ^ <div>
                    """)
    void namesWhatIsOpenAndCouldHideWhatFollows(String html, String open) {
        HtmlPage page = HtmlPage.of(html);

        assertThat(page.open()).hasValue(open);
        assertThat(page.end()).isEqualTo(html.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>a<p>b<br>c<img src='x'/></div></span>",
                "<ul><li>a<li>b</ul><table><tr><td>a<td><b>b</table>",
                "<svg><path d='x'/><g/></svg><v:rect/>",
                "<!--[if mso]><table><tr><td><![endif]--><div>a</div><!--[if mso]></td></tr></table><![endif]-->",
                "<!--[if !mso]><!--><p>a</p><!--<![endif]-->",
                "<html><head><title>T</title><style>p > a { }</style><body><p><i><b>a</b></i>"
            })
    void slovenlyHtmlHidesNothing(String html) {
        assertThat(HtmlPage.of(html).open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>a</p>|</body><style>x:after{content:'</body>'}</style>",
                "<p>a</p>|</body><script>'</body>'</script>",
                "<p>a</p>|</body><img alt='</body>'>",
                "<p>a</p>|</body><textarea></body></textarea>",
                "<p>a</p>|</body><title></body></title>",
                "<p>a</p>|</body><template></bodyguard></template>",
                "<p>a</p>|</body><template></body></template>",
                "<p>a</p>|</body><!--[if mso]></body><![endif]-->",
                "<p>a</p>|</body><![CDATA[ </body>",
                "<p>a</p>|</BODY ></html><!-- </body> -->",
                "<p>a</p></bodyguard>|",
                "<p>a</p><script></body></script>|"
            })
    void endsWhereTheBodyDoes(String marked) {
        HtmlPage page = HtmlPage.of(marked.replace("|", ""));

        assertThat(page).isEqualTo(new HtmlPage(marked.indexOf('|'), Optional.empty()));
    }

    @Test
    void commentEndsAsBrowsersEndIt() {
        assertThat(HtmlPage.of("<!-- --!><div><!-- -->").open()).hasValue("<div>");
    }
}
