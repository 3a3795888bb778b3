// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** HTML. */
enum HtmlPosition implements Surroundings {
    START {
        @Override
        public Escape escape(int line) {
            return (value, at) -> escaped(Characters.printable(value));
        }

        @Override
        public Surroundings after(String text, int line) {
            return this;
        }
    };

    static String escaped(String value) {
        var html = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
