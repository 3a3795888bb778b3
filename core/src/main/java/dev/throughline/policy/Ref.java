// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.util.Locale;

/**
 * Where a rule comes from.
 *
 * @param law the law, decree or norm
 * @param article the article
 * @param confidence how well the source was read
 * @param url the page that was read; empty if none is named
 * @param note what else must be known, in English; empty if nothing
 * @param noteVietnamese the same in Vietnamese; empty if nobody has put it into Vietnamese
 */
public record Ref(String law, String article, Confidence confidence, String url, String note, String noteVietnamese) {

    /** In Vietnamese where there is one and that is asked for. */
    String note(Locale locale) {
        return locale.getLanguage().equals("vi") && !noteVietnamese.isEmpty() ? noteVietnamese : note;
    }
}
