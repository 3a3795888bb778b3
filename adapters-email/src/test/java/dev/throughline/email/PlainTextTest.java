// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void separatesParagraphsByABlankLine() {
        assertThat(text("<h1>Chào Mai</h1><p>Giỏ hàng\n  của   bạn</p><p>vẫn <b>còn</b> đây.</p>"))
                .isEqualTo("Chào Mai\n\nGiỏ hàng của bạn\n\nvẫn còn đây.");
    }

    @Test
    void breaksLinesWhereTheHtmlDoes() {
        assertThat(text("one<br>two<br><br><br>three<div>four</div><div>five</div><hr>six"))
                .isEqualTo("one\ntwo\n\nthree\nfour\nfive\n----------\nsix");
    }

    @Test
    void keepsTheTargetsOfLinks() {
        assertThat(text("See <a href='https://shop.example/b?x=1&amp;y=2'>your basket</a>."))
                .isEqualTo("See your basket (https://shop.example/b?x=1&y=2).");
        assertThat(text("<a href='https://shop.example'>https://shop.example</a>"))
                .isEqualTo("https://shop.example");
        assertThat(text("Write <a href='mailto:hi@shop.example'>hi@shop.example</a>"))
                .isEqualTo("Write hi@shop.example");
        assertThat(text("<a href='https://shop.example'><img src='b.png' alt='Shop'></a>"))
                .isEqualTo("Shop (https://shop.example)");
        assertThat(text("<a href='https://shop.example'><img src='b.png'></a>")).isEqualTo("https://shop.example");
        assertThat(text("<p>one</p><p><a href='https://shop.example'>two</a></p>"))
                .isEqualTo("one\n\ntwo (https://shop.example)");
        assertThat(text("<a href='#top'>up</a> <a href='javascript:x()'>run</a> <a name='x'>here</a>"))
                .isEqualTo("up run here");
    }

    @Test
    void marksTheItemsOfLists() {
        assertThat(text("To do:<ul><li>tea<li>cups<ol><li>red<li>blue</ol><li>spoons</ul>done"))
                .isEqualTo("To do:\n\n- tea\n- cups\n  1. red\n  2. blue\n- spoons\n\ndone");
    }

    @Test
    void keepsTheRowsOfTables() {
        assertThat(
                        text(
                                "<table><tr><th>Item<th>Price</tr><tr><td>Tea set<td>450.000 ₫</tr><tr><td></td><td>Sum</td></tr></table>"))
                .isEqualTo("Item | Price\nTea set | 450.000 ₫\nSum");
    }

    @Test
    void readsATableThatOnlyLaysOut() {
        assertThat(text("<table><tr><td><table><tr><td><p>Hello</p><p>Mai</p></td></tr></table></td><td>aside</td></tr>"
                        + "<tr><td>foot</td></tr></table>"))
                .isEqualTo("Hello\n\nMai\naside\nfoot");
    }

    @Test
    void leavesOutWhatNobodySees() {
        assertThat(text(
                        "<style>p{}</style><script>x()</script><title>t</title><div style='Display : none'>preview</div>"
                                + "<p hidden>x</p><p>see\u200B\u00AD\u00A0this</p>"))
                .isEqualTo("see this");
    }

    @Test
    void keepsPreformattedLines() {
        assertThat(text("<p>a</p><pre>  x = 1\n    y</pre>")).isEqualTo("a\n\n  x = 1\n    y");
    }

    @Test
    void survivesHostileNesting() {
        String deep = "<table><tr><td>".repeat(20_000) + "tea" + "<div>".repeat(20_000);

        assertThat(text(deep)).isEqualTo("tea");
    }

    private static String text(String html) {
        return PlainText.of(Jsoup.parse(html));
    }
}
