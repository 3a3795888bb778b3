// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import dev.throughline.Throughline;
import dev.throughline.channel.RawCallback;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
        var headers = new TreeMap<String, List<String>>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        var answer = throughline.callback(
                adapter,
                new RawCallback(
                        request.getMethod(),
                        request.getRequestURI() + query,
                        headers,
                        request.getInputStream().readAllBytes()));
        return ResponseEntity.status(answer.status())
                .header("Content-Type", answer.contentType())
                .body(answer.body());
    }

    /** One click (RFC 8058): a POST, because link scanners follow links. */
    @PostMapping("/unsubscribe/{token}")
    ResponseEntity<Void> unsubscribe(@PathVariable("token") String token) {
        return ResponseEntity.status(throughline.unsubscribe(token) ? HttpStatus.OK : HttpStatus.NOT_FOUND)
                .build();
    }
}
