// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import java.util.Optional;

/** Marks what somebody of the shop gets to see before customers do, so that nobody takes it for news. */
public final class ProofMark {

    private ProofMark() {}

    /**
     * A content with the mark in front of what a reader sees first: a mail's subject, or the text. What the law puts in front comes
     * before it.
     *
     * @param content as a customer would get it
     * @param language the language of the mark: Vietnamese, or any other for English
     * @return such as {@code [PROOF] Tea}; empty if the content takes no mark, because a provider keeps its words
     */
    public static Optional<Content> on(Content content, String language) {
        Wording wording = Wording.in(language);
        if (content instanceof EmailContent mail) {
            return Optional.of(new EmailContent(wording.proof() + " " + mail.subject(), mail.html(), mail.text()));
        }
        return content instanceof TextContent text
                ? Optional.of(new TextContent(wording.shortProof() + " " + text.text()))
                : Optional.empty();
    }
}
