// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import static dev.throughline.Words.userId;

import dev.throughline.Throughline;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shop's own pages, as far as they tell the library something. */
@RestController
class ShopController {

    private final Orders orders;
    private final Throughline throughline;

    ShopController(Orders orders, Throughline throughline) {
        this.orders = orders;
        this.throughline = throughline;
    }

    @PostMapping("/customers/{id}")
    void register(
            @PathVariable("id") String id, @RequestParam("email") String email, @RequestParam("phone") String phone) {
        throughline.identify(userId(id), Map.of("email", email, "phone", phone));
    }

    @PostMapping("/customers/{id}/orders/{order}")
    void order(@PathVariable("id") String id, @PathVariable("order") String order, @RequestParam("total") long total) {
        orders.place(id, order, total);
    }

    @PostMapping("/customers/{id}/orders/{order}/ready")
    void ready(@PathVariable("id") String id, @PathVariable("order") String order) {
        throughline.track(userId(id), "Order Ready", Map.of("order_id", order));
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
    String refused(IllegalArgumentException refusal) {
        return String.valueOf(refusal.getMessage());
    }
}
