// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.Preferences;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.RawCallback;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.link.Form;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.preference.PreferenceMenu;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A preference centre and the page to unsubscribe on the JDK's {@code HttpServer}. Run it and open the address that it prints; it keeps
 * nothing and sends nothing.
 */
public final class PreferencePages implements AutoCloseable {

    /** Long enough for a page, short enough to be no burden. */
    private static final int LARGEST = Form.LARGEST + 1;

    private static final Duration WEEK = Duration.ofDays(7);

    static final Brand BRAND = Brand.named("Trà Xanh")
            .country("VN")
            .sender(EMAIL, "news@shop.example")
            .postalAddress("1 Tràng Tiền, Hà Nội")
            .optOutByCall("1900 0000")
            .optOutByWeb("https://shop.example/unsubscribe/");

    // spotless:off guide: menu
    static final PreferenceMenu MENU = PreferenceMenu.of(BRAND, EMAIL, SMS)
            .inLanguage("vi", notice("preferences", 1).saying("Tôi đồng ý nhận quảng cáo của Trà Xanh qua các kênh đã chọn, với nội dung và tần suất đã chọn. Tôi có thể thay đổi bất cứ lúc nào."))
            .inLanguage("en", notice("preferences", 1).saying("I agree to advertising of Trà Xanh on the channels that I choose, about the topics and as often as I choose. I can change this at any time."))
            .topic("new-teas", Map.of("vi", "Trà mới về", "en", "New teas"))
            .topic("tastings", Map.of("vi", "Buổi thử trà", "en", "Tastings"))
            .topic("offers", Map.of("vi", "Ưu đãi", "en", "Offers"))
            .atMost(1, Duration.ofDays(1)).atMost(1, WEEK).atMost(1, Duration.ofDays(30))
            .between(LocalTime.of(8, 0), LocalTime.of(12, 0)).between(LocalTime.of(18, 0), LocalTime.of(21, 0));
    // spotless:on

    static final LinkKeys KEYS = LinkKeys.signing(1, "an example's secret, which is none");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private PreferencePages(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves the pages of an open library.
     *
     * @param throughline the library, which knows how to sign links
     * @param port where; 0 for any that is free
     */
    static PreferencePages open(Throughline throughline, int port) throws IOException {
        var pages = new PreferencePages(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        // spotless:off guide: routes
        Preferences preferences = throughline.preferences(MENU);
        pages.route("/preferences/", request -> PreferencePage.of(preferences.visit(request)));
        pages.route("/unsubscribe/", throughline.links()::unsubscribe);
        pages.route("/confirm/", throughline.links()::confirm);
        // spotless:on
        pages.server.setExecutor(pages.threads);
        pages.server.start();
        return pages;
    }

    private void route(String path, Function<RawCallback, CallbackAnswer> answering) {
        server.createContext(path, call -> {
            try (call) {
                answer(call, answering.apply(request(call)));
            }
        });
    }

    private static RawCallback request(HttpExchange call) throws IOException {
        return new RawCallback(
                call.getRequestMethod(),
                call.getRequestURI().toString(),
                call.getRequestHeaders(),
                call.getRequestBody().readNBytes(LARGEST));
    }

    private static void answer(HttpExchange call, CallbackAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        call.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach(call.getResponseHeaders()::set);
        boolean bodiless = call.getRequestMethod().equals("HEAD") || body.length == 0;
        call.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            call.getResponseBody().write(body);
        }
    }

    /** Where it is, such as {@code http://127.0.0.1:8080}. */
    String address() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A shop that records what it would send, so that only pages are to be seen. */
    static Throughline shop(InstantSource clock) {
        var offer = Message.marketing("offer", BRAND).on(EMAIL, mail("Trà mới", "<p>Trà mới đã về.</p>"));
        return Throughline.open(t -> t.store(new MemoryStore())
                .environment("example")
                .delivery(Delivery.RECORD)
                .clock(clock)
                .links(KEYS)
                .channel(new NoMail())
                .policy(Policy.vietnam())
                .campaign(Campaign.named("offers")
                        .journey(j -> j.startOn(event("Sale Announced")).send(offer, first(EMAIL)))));
    }

    /**
     * Runs the pages for Mai until the process ends.
     *
     * @param args the port; 8080 unless said
     */
    public static void main(String... args) throws IOException {
        try (var throughline = shop(InstantSource.system());
                var pages = open(throughline, args.length == 0 ? 8080 : Integer.parseInt(args[0]))) {
            var mai = userId("mai");
            throughline.identify(mai, Map.of("email", "mai@example.com", "phone", "+84900000001"));
            String token = throughline.preferences(MENU).link(mai, Preferences.VALIDITY);
            System.out.println(pages.address() + "/preferences/" + token);
            Thread.currentThread().join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
