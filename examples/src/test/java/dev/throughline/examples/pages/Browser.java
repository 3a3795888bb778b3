// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium without a window, driven by the W3C WebDriver protocol; scripts of pages do not run in it. */
final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final List<String> PLACES = List.of("/usr/bin", "/usr/local/bin", "/snap/bin");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    private Browser(Process driver, String base, Path profile, Path chromium) throws Exception {
        this.driver = driver;
        var options = Map.of(
                "binary",
                chromium.toString(),
                "args",
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile));
        var wanted = Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options)));
        String id = call("POST", base + "/session", wanted).path("sessionId").asString();
        this.session = base + "/session/" + id;
    }

    /**
     * Opens it with an empty profile.
     *
     * @throws TestAbortedException if there is none on this machine, so that the test is skipped and says so
     */
    static Browser open(Path profile) throws Exception {
        Path chromium = program("chromium");
        Path chromedriver = program("chromedriver");
        Process driver = new ProcessBuilder(chromedriver.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            int port = CompletableFuture.supplyAsync(() -> port(driver)).get(30, TimeUnit.SECONDS);
            return new Browser(driver, "http://127.0.0.1:" + port, profile, chromium);
        } catch (Exception failed) {
            driver.destroy();
            throw failed;
        }
    }

    private static Path program(String name) {
        return PLACES.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException("no " + name + " in " + PLACES
                        + ": install chromium and chromium-driver to see the pages in a browser"));
    }

    private static int port(Process driver) {
        try {
            var lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var found = STARTED.matcher(line);
                if (found.find()) {
                    return Integer.parseInt(found.group(1));
                }
            }
            throw new IllegalStateException("chromedriver has ended without a port");
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    void show(String address) throws Exception {
        post("/url", Map.of("url", address));
    }

    /** As wide as a screen of so many points, with all of the page in sight. */
    void width(int width) throws Exception {
        var metrics = Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false);
        chromium("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        chromium("Emulation.setDeviceMetricsOverride", metrics);
    }

    void withoutScripts() throws Exception {
        chromium("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** Whole, however long the page is. */
    byte[] picture() throws Exception {
        var shot = chromium("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(shot.path("data").asString());
    }

    /** Presses keys one after another; no pointer is ever used. */
    void press(Key... keys) throws Exception {
        for (Key key : keys) {
            var strokes =
                    List.of(Map.of("type", "keyDown", "value", key.code), Map.of("type", "keyUp", "value", key.code));
            post("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", strokes))));
        }
    }

    enum Key {
        TAB("\uE004"),
        SPACE(" "),
        ENTER("\uE007"),
        DOWN("\uE015");

        private final String code;

        Key(String code) {
            this.code = code;
        }
    }

    /** What has the focus. */
    Element focused() throws Exception {
        return new Element(get("/element/active").path(ELEMENT).asString());
    }

    Optional<Element> find(String selector) throws Exception {
        return all(selector).stream().findFirst();
    }

    /** What a part of the page says, once it says that or some seconds have passed: pages need a moment to come. */
    String awaited(String selector, String text) throws Exception {
        String said = "";
        for (int i = 0; i < 200 && !said.equals(text); i++) {
            Thread.sleep(i == 0 ? 0 : 25);
            said = said(selector);
        }
        return said;
    }

    /** Nothing while one page makes room for the next. */
    private String said(String selector) throws Exception {
        try {
            var found = find(selector);
            return found.isEmpty() ? "" : found.get().text();
        } catch (IllegalStateException gone) {
            return "";
        }
    }

    List<Element> all(String selector) throws Exception {
        return post("/elements", Map.of("using", "css selector", "value", selector))
                .valueStream()
                .map(found -> new Element(found.path(ELEMENT).asString()))
                .toList();
    }

    /** A part of the page. */
    final class Element {
        private final String path;

        private Element(String id) {
            this.path = "/element/" + id;
        }

        String text() throws Exception {
            return get(path + "/text").asString();
        }

        /** The name that a screen reader says. */
        String label() throws Exception {
            return get(path + "/computedlabel").asString();
        }

        String attribute(String name) throws Exception {
            return get(path + "/attribute/" + name).asString("");
        }

        String tag() throws Exception {
            return get(path + "/name").asString();
        }

        String style(String property) throws Exception {
            return get(path + "/css/" + property).asString();
        }

        boolean isTicked() throws Exception {
            return get(path + "/selected").asBoolean();
        }

        /** Left, top, width and height, in points of the page. */
        List<Double> box() throws Exception {
            JsonNode rect = get(path + "/rect");
            return List.of("x", "y", "width", "height").stream()
                    .map(side -> rect.path(side).asDouble())
                    .toList();
        }
    }

    private JsonNode chromium(String command, Map<String, ?> parameters) throws Exception {
        return post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    private JsonNode get(String path) throws Exception {
        return call("GET", session + path, null);
    }

    private JsonNode post(String path, Map<String, ?> body) throws Exception {
        return call("POST", session + path, body);
    }

    private JsonNode call(String method, String address, Map<String, ?> body) throws Exception {
        var sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address)).method(method, sent).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(answer.body()).path("value");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(method + " " + address + ": " + value);
        }
        return value;
    }

    @Override
    public void close() {
        try {
            call("DELETE", session, null);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        } finally {
            driver.destroy();
        }
    }
}
