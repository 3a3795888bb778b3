// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Preparation;
import dev.throughline.identity.Money;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** What a mail says, checked and with its text. */
final class Draft {

    private Draft() {}

    static Preparation prepare(Content content, @Nullable Money price) {
        try {
            EmailContent mail = check(content);
            Document page = Jsoup.parse(mail.html());
            EmailContent whole = mail.text().isBlank() ? withText(mail, page) : mail;
            return new Preparation(whole, 1, price, warnings(whole, page), null);
        } catch (Refusal refusal) {
            return Preparation.refused(content, refusal.detail());
        }
    }

    /** The mail in this content, its text made from the HTML where it has none. */
    static EmailContent finish(Content content) throws Refusal {
        EmailContent mail = check(content);
        return mail.text().isBlank() ? withText(mail, Jsoup.parse(mail.html())) : mail;
    }

    private static EmailContent check(Content content) throws Refusal {
        if (!(content instanceof EmailContent mail)) {
            throw Refusal.ofKind(content.getClass().getSimpleName() + " cannot go by mail: expected EmailContent");
        }
        if (Refusal.hasControls(mail.subject())) {
            throw Refusal.ofContent("the subject holds a line break or another control character: expected one line");
        }
        if (mail.html().isBlank() && mail.text().isBlank()) {
            throw Refusal.ofContent("the mail is empty: expected HTML or text");
        }
        return mail;
    }

    private static EmailContent withText(EmailContent mail, Document page) {
        return new EmailContent(mail.subject(), mail.html(), PlainText.of(page));
    }

    private static List<String> warnings(EmailContent mail, Document page) {
        var warnings = new ArrayList<String>();
        if (mail.subject().isBlank()) {
            warnings.add("the subject is empty");
        }
        if (mail.text().isBlank()) {
            warnings.add("without its pictures the mail says nothing");
        }
        int silent = page.select("img:not([alt])").size();
        if (silent > 0) {
            warnings.add(silent + (silent == 1 ? " picture has no alt text" : " pictures have no alt text"));
        }
        return warnings;
    }
}
