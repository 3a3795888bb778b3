// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import dev.throughline.Throughline;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.RawCallback;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What providers call, and the links in messages. */
@RestController
class HookController {

    private final Throughline throughline;

    HookController(Throughline throughline) {
        this.throughline = throughline;
    }

    @RequestMapping("/hooks/{adapter}")
    ResponseEntity<String> hook(@PathVariable("adapter") String adapter, HttpServletRequest request)
            throws IOException {
        return answered(throughline.callback(adapter, raw(request)));
    }

    @RequestMapping("/unsubscribe/{token}")
    ResponseEntity<String> unsubscribe(HttpServletRequest request) throws IOException {
        return answered(throughline.links().unsubscribe(raw(request)));
    }

    private static RawCallback raw(HttpServletRequest request) throws IOException {
        var headers = new TreeMap<String, List<String>>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return new RawCallback(
                request.getMethod(),
                request.getRequestURI() + query,
                headers,
                request.getInputStream().readAllBytes());
    }

    private static ResponseEntity<String> answered(CallbackAnswer answer) {
        var response = ResponseEntity.status(answer.status()).header("Content-Type", answer.contentType());
        answer.headers().forEach(response::header);
        return response.body(answer.body());
    }
}
