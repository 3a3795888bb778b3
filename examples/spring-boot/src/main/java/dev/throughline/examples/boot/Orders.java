// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import static dev.throughline.Words.userId;

import dev.throughline.Throughline;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The shop's books. */
@Service
class Orders {

    private static final long MOST = 100_000_000;

    private final DataSource source;
    private final JdbcClient books;
    private final Throughline throughline;

    Orders(DataSource source, Throughline throughline) {
        this.source = source;
        this.books = JdbcClient.create(source);
        this.throughline = throughline;
    }

    /** Writes an order down and tells of it: both are there, or neither is. */
    @Transactional
    public void place(String customer, String order, long total) {
        books.sql("insert into orders (id, customer, total) values (?, ?, ?)")
                .params(order, customer, total)
                .update();
        throughline
                .joining(DataSourceUtils.getConnection(source))
                .track(userId(customer), "Order Completed", Map.of("order_id", order, "total", total));
        if (total > MOST) {
            throw new IllegalArgumentException("order " + order + ": more than the shop can deliver");
        }
    }

    /** How many there are. */
    long count() {
        return books.sql("select count(*) from orders").query(Long.class).single();
    }
}
