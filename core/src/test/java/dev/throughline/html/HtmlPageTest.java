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

        assertThat(page.veil()).hasValue(open);
        assertThat(page.end()).isEqualTo(html.length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
                    <html hidden><body><p>a</p></body></html>                     ^ <html hidden>
                    <body class=x HIDDEN=until-found><p>a</p></body>              ^ <body hidden>
                    <p>a</p></body><body hidden>                                  ^ <body hidden>
                    <body hidden/>a                                               ^ <body hidden>
                    <body style="margin:0; Display : NONE">a</body>               ^ <body style>
                    <body style='display:none !important'>a                       ^ <body style>
                    <body style=display:none>a                                    ^ <body style>
                    <html style="opacity:.01">a                                   ^ <html style>
                    <body style="height:300px;overflow:hidden">a</body>           ^ <body style>
                    <body style="margin:0;/* ; */visibility/**/:hidden">a</body>  ^ <body style>
                    <body style="position:absolute;left:-999em">a</body>          ^ <body style>
                    <body style="d\\69splay:none">a</body>                        ^ <body style>
                    <body style="display&#58;none">a</body>                       ^ <body style>
                    <style>body{max-height:9em;overflow:hidden}</style>a          ^ <style>
                    <style>p{} HTML > Body.x , i {display:none}</style>a          ^ <style>
                    <style>@media screen{:root{transform:scale(0)}}</style>a      ^ <style>
                    <style>a{color:red}/*{*/ * {opacity:0}</style></body>         ^ <style>
                    <body class='a m'><style>.m{display:none}</style>b             ^ <style>
                    <style>div,#All{display:none}</style><body id=all>b           ^ <style>
                    <style>[lang] {opacity:0}</style><html lang=vi>b              ^ <style>
                    <style>body{display:none</style>b                             ^ <style>
                    <style>body{font:'}';display:none}</style>b                   ^ <style>
                    <style>body{color:red;p{margin:0} display:none}</style>b      ^ <style>
                    <style>body{@media screen{display:none}}</style>b             ^ <style>
                    <style>html{& > body{display:none}}</style>b                  ^ <style>
                    <style>b\\6f dy{display:none}</style>b                         ^ <style>
                    <style>:is(body, i){display:none}</style>b                    ^ <style>
                    <style>html > *, :root * {visibility:hidden}</style>b         ^ <style>
                    <style>body{--x:none;display:var(--x)}</style>b               ^ <style>
                    <style>body{position:relative;left:-9999px}</style>b          ^ <style>
                    <style>body{margin:0 0 0 -100vw}</style>b                     ^ <style>
                    <style>@keyframes x{to{opacity:0}} body{animation:x 1s both}</style>b ^ <style>
                    """)
    void namesWhatHidesThePage(String html, String veil) {
        assertThat(HtmlPage.of(html).veil()).hasValue(veil);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<body style=\"margin:0;height:100% !important;text-transform:none;background-position:fixed\"><p>a</p></body>",
                "<body style=\"font-family:&quot;Arial&quot;;overflow-x:hidden;opacity:1;transform:none\"><p>a</p></body>",
                "<body class='hidden' id=hidden title='style=display:none'><p hidden>a</p><p style='display:none'>b</p></body>",
                "<style>body .x, #body, .body > p {display:none} body {margin:0} .sm\\:hide{opacity:0} * {margin:0}</style>",
                "<style>.preheader * {display:none} u + .body .x{overflow:hidden} @font-face{src:url(&)}</style>",
                "<body class='mail'><style>.mail .x, i.mail, [hidden], .a:not(.b){display:none} .mail{margin:0 -1px}</style></body>",
                "<style>body{margin:0;&.x{color:red} .y{display:none}} @media print{.z{display:none}}</style>",
                "<style>@font-face{font-family:'a;b'} body{opacity:1!important} .w:hover{animation:x 1s}</style>",
                "<html><!-- <body hidden> --><p>&lt;body style='display:none'&gt;</p></html>"
            })
    void pageThatIsSeenHidesNothing(String html) {
        assertThat(HtmlPage.of(html).veil()).isEmpty();
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
        assertThat(HtmlPage.of(html).veil()).isEmpty();
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
        assertThat(HtmlPage.of("<!-- --!><div><!-- -->").veil()).hasValue("<div>");
    }
}
