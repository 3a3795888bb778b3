// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.util.Locale;
import java.util.Map;

/** What a report of everything that is held calls its parts; a word that has none here stands for itself. */
record AccessWords(String language, Map<String, String> words) {

    private static final AccessWords ENGLISH = new AccessWords(
            "en",
            Map.ofEntries(
                    Map.entry("title", "What we hold of you"),
                    Map.entry("intro", "Everything that is stored about you, as of"),
                    Map.entry("nothing", "Nothing."),
                    Map.entry("person", "Our number for you"),
                    Map.entry("names", "Names and addresses under which we know you"),
                    Map.entry("traits", "What we know of you"),
                    Map.entry("segments", "Groups to which you belong"),
                    Map.entry("lists", "Lists on which you are"),
                    Map.entry("basket", "Basket and orders"),
                    Map.entry("consents", "What you have agreed to and refused"),
                    Map.entry("waiting", "Messages on their way to you"),
                    Map.entry("messages", "Messages to you, and why they were sent or not"),
                    Map.entry("timeline", "What has happened, and who has looked at it"),
                    Map.entry("processors", "Who else gets your data")));

    private static final AccessWords VIETNAMESE = new AccessWords(
            "vi",
            Map.ofEntries(
                    Map.entry("title", "Dữ liệu chúng tôi lưu giữ về bạn"),
                    Map.entry("intro", "Toàn bộ thông tin về bạn đang được lưu trữ, tính đến"),
                    Map.entry("nothing", "Không có."),
                    Map.entry("person", "Mã số của bạn"),
                    Map.entry("names", "Tên và địa chỉ liên hệ của bạn"),
                    Map.entry("traits", "Thông tin về bạn"),
                    Map.entry("segments", "Các nhóm bạn thuộc về"),
                    Map.entry("lists", "Các danh sách có bạn"),
                    Map.entry("basket", "Giỏ hàng và đơn hàng"),
                    Map.entry("consents", "Những gì bạn đã đồng ý và từ chối"),
                    Map.entry("waiting", "Tin nhắn sắp gửi cho bạn"),
                    Map.entry("messages", "Tin nhắn gửi cho bạn, và lý do gửi hoặc không gửi"),
                    Map.entry("timeline", "Những gì đã xảy ra, và ai đã xem"),
                    Map.entry("processors", "Bên thứ ba nhận dữ liệu của bạn"),
                    Map.entry("name", "Tên"),
                    Map.entry("since", "Từ"),
                    Map.entry("trait", "Mục"),
                    Map.entry("value", "Giá trị"),
                    Map.entry("address", "Địa chỉ"),
                    Map.entry("channel", "Kênh"),
                    Map.entry("country", "Quốc gia"),
                    Map.entry("recorded", "Ghi nhận lúc"),
                    Map.entry("occurredAt", "Xảy ra lúc"),
                    Map.entry("verdict", "Kết quả"),
                    Map.entry("findings", "Kết quả kiểm tra"),
                    Map.entry("type", "Loại"),
                    Map.entry("who", "Người thực hiện"),
                    Map.entry("why", "Lý do")));

    static AccessWords in(Locale locale) {
        return locale.getLanguage().equals("vi") ? VIETNAMESE : ENGLISH;
    }

    String of(String word) {
        return words.getOrDefault(word, word);
    }
}
