// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import com.google.common.html.HtmlEscapers;
import dev.throughline.channel.CallbackAnswer;
import java.util.Map;

/**
 * The plain pages behind links: a heading, a sentence, and a button where there is something to do. They need neither scripts nor
 * anything else from elsewhere, and tell nobody where they were read. For the rooms above.
 */
public enum Page {
    /** Asks whether to unsubscribe. */
    ASK(
            200,
            "List-Unsubscribe=One-Click",
            "Unsubscribe?",
            "Press the button, and we send you no more advertising this way.",
            "Ngừng nhận quảng cáo?",
            "Bấm nút bên dưới, chúng tôi sẽ không gửi quảng cáo cho bạn qua kênh này nữa."),
    /** Unsubscribed. */
    DONE(
            200,
            "",
            "You are unsubscribed",
            "We send you no more advertising this way, from now on.",
            "Đã ngừng gửi quảng cáo",
            "Kể từ bây giờ, chúng tôi không gửi quảng cáo cho bạn qua kênh này nữa."),
    /** The link cannot be used. */
    INVALID(
            404,
            "",
            "This link does not work",
            "Nothing was changed. Part of the address may be missing: please open the link in the message again.",
            "Liên kết này không dùng được",
            "Chưa có gì thay đổi. Có thể địa chỉ bị thiếu: vui lòng mở lại liên kết trong tin nhắn."),
    /** Its time is over. */
    EXPIRED(
            410,
            "",
            "This link has expired",
            "Nothing was changed. Please ask for a new link.",
            "Liên kết này đã hết hạn",
            "Chưa có gì thay đổi. Vui lòng yêu cầu liên kết mới."),
    /** Something else was posted than what the page has. */
    UNREADABLE(
            400,
            "",
            "That could not be read",
            "Nothing was changed. Please go back and press the button.",
            "Không đọc được yêu cầu",
            "Chưa có gì thay đổi. Vui lòng quay lại và bấm nút."),
    /** Neither looking nor posting. */
    METHOD(
            405,
            "",
            "That is not possible here",
            "Nothing was changed.",
            "Không thể thực hiện yêu cầu này",
            "Chưa có gì thay đổi."),
    /** Nothing could be stored. */
    LATER(
            503,
            "",
            "Please try again",
            "Your wish could not be stored yet. Please come back in a minute.",
            "Vui lòng thử lại",
            "Chưa lưu được yêu cầu của bạn. Vui lòng quay lại sau một phút."),
    /** Asks whether to confirm. */
    CONFIRM(
            200,
            "confirm=yes",
            "One more click",
            "Press the button to confirm that you want to hear from us. If it was not you, do nothing.",
            "Chỉ còn một bước",
            "Bấm nút để xác nhận bạn muốn nhận tin từ chúng tôi. Nếu không phải bạn đăng ký, bạn không cần làm gì."),
    /** Confirmed. */
    CONFIRMED(
            200,
            "",
            "Thank you",
            "You have confirmed that you want to hear from us. You can change your mind at any time.",
            "Cảm ơn bạn",
            "Bạn đã xác nhận muốn nhận tin từ chúng tôi. Bạn có thể đổi ý bất cứ lúc nào."),
    /** There is nothing to confirm, because it was taken back. */
    NOTHING_TO_CONFIRM(
            200,
            "",
            "There is nothing to confirm",
            "You have said no since, or never asked. Nothing was changed.",
            "Không có gì để xác nhận",
            "Bạn đã từ chối sau đó hoặc chưa từng đăng ký. Chưa có gì thay đổi."),
    /** Too late to confirm; a new link can be asked for. */
    CONFIRM_EXPIRED(
            410,
            "confirm=again",
            "This link has expired",
            "Nothing was confirmed. Press the button, and we send you a new link.",
            "Liên kết này đã hết hạn",
            "Chưa xác nhận gì. Bấm nút, chúng tôi sẽ gửi cho bạn liên kết mới."),
    /** A new link was asked for. */
    ANOTHER_LINK(
            200,
            "",
            "Please look into your mail",
            "We send you a new link. Nothing counts until you confirm.",
            "Vui lòng kiểm tra thư",
            "Chúng tôi gửi cho bạn liên kết mới. Chưa có gì có hiệu lực cho đến khi bạn xác nhận.");

    /** Nothing is kept on the way, nothing tells where the visitor came from, and nothing runs in the page. */
    public static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri"
                            + " 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Robots-Tag", "noindex");

    private static final String STYLE =
            "body{font:1.0625rem/1.5 Inter,system-ui,sans-serif;color:#1b1b1f;background:#f6f5f2;margin:0}"
                    + "main{max-width:34rem;margin:8vh auto;padding:1.5rem}h1{font-size:1.6rem;line-height:1.25}"
                    + "button{font:inherit;font-weight:600;color:#fff;background:#1f5132;border:0;border-radius:.5rem;"
                    + "padding:.75rem 1.25rem;min-height:2.75rem;cursor:pointer}:focus-visible{outline:3px solid #c2571a;"
                    + "outline-offset:3px}";

    private final int status;
    private final String field;
    private final String title;
    private final String text;
    private final String vietnameseTitle;
    private final String vietnameseText;

    Page(int status, String field, String title, String text, String vietnameseTitle, String vietnameseText) {
        this.status = status;
        this.field = field;
        this.title = title;
        this.text = text;
        this.vietnameseTitle = vietnameseTitle;
        this.vietnameseText = vietnameseText;
    }

    /**
     * The page as an answer.
     *
     * @param language {@code vi}, else English
     * @return the answer
     */
    public CallbackAnswer in(String language) {
        return language.equals("vi") ? in("vi", vietnameseTitle, vietnameseText) : in("en", title, text);
    }

    private CallbackAnswer in(String language, String heading, String sentence) {
        String page = "<!DOCTYPE html><html lang=\"" + language + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + escaped(heading)
                + "</title><style>" + STYLE + "</style></head><body><main><h1>" + escaped(heading) + "</h1><p>"
                + escaped(sentence) + "</p>" + (field.isEmpty() ? "" : form(language.equals("vi")))
                + "</main></body></html>";
        return new CallbackAnswer(status, "text/html; charset=utf-8", page, HEADERS);
    }

    private String form(boolean vietnamese) {
        String[] parts = field.split("=", 2);
        String button =
                switch (parts[1]) {
                    case "yes" -> vietnamese ? "Xác nhận" : "Yes, I confirm";
                    case "again" -> vietnamese ? "Gửi liên kết mới" : "Send me a new link";
                    default -> vietnamese ? "Ngừng nhận quảng cáo" : "Unsubscribe";
                };
        return "<form method=\"post\"><input type=\"hidden\" name=\"" + parts[0] + "\" value=\"" + parts[1]
                + "\"><button>" + escaped(button) + "</button></form>";
    }

    private static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }
}
