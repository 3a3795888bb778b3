// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of an adapter's connections: dialled when needed, dropped when broken or worn out. Belongs to one thread. */
final class Line implements AutoCloseable {

    private static final Duration TRUSTED = Duration.ofSeconds(5);

    private final Server server;
    private final Sharing sharing;
    private @Nullable SmtpConnection connection;
    private int carried;
    private long lastUsed;

    Line(Server server, Sharing sharing) {
        this.server = server;
        this.sharing = sharing;
    }

    SendResult carry(Mail mail, Attempt attempt) {
        SmtpConnection open = usable(attempt);
        SendResult result;
        if (open == null) {
            result = dialAndDeliver(mail, attempt);
        } else {
            result = open.deliver(mail, attempt);
            if (open.wasGoneBefore()) { // the server closed it meanwhile: nothing was submitted
                drop();
                result = dialAndDeliver(mail, attempt);
            }
        }
        settle();
        return result;
    }

    /** What is known of the message under way when the code fails. */
    SendResult broken(String detail) {
        SendResult known = SmtpConnection.broken(connection, detail);
        drop();
        return known;
    }

    void drop() {
        if (connection != null) {
            connection.hangUp();
            connection = null;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.quit();
            connection = null;
        }
    }

    private SendResult dialAndDeliver(Mail mail, Attempt attempt) {
        carried = 0;
        var fresh = new SmtpConnection(server);
        connection = fresh;
        SendResult failure = fresh.open(attempt);
        if (failure instanceof SendResult.NotSent refused && refused.cause() == FailureCause.AUTH) {
            return logInAnew(mail, attempt, fresh, failure);
        }
        return failure == null ? fresh.deliver(mail, attempt) : failure;
    }

    /** Once, if the secret has changed while it was refused; what stays refused is left to the library. */
    private SendResult logInAnew(Mail mail, Attempt attempt, SmtpConnection refused, SendResult failure) {
        var again = new SmtpConnection(server);
        if (again.logsInLike(refused)) {
            return failure;
        }
        connection = again;
        SendResult still = again.open(attempt);
        return still == null ? again.deliver(mail, attempt) : still;
    }

    /** The open connection, asked for life if it has rested long. */
    private @Nullable SmtpConnection usable(Attempt attempt) {
        SmtpConnection open = connection;
        if (open == null) {
            return null;
        }
        boolean fresh = System.nanoTime() - lastUsed < TRUSTED.toNanos();
        if (fresh || open.answers(attempt)) {
            return open;
        }
        drop();
        return null;
    }

    private void settle() {
        carried++;
        lastUsed = System.nanoTime();
        if (connection != null && !connection.isReusable()) {
            drop();
        } else if (carried >= sharing.messages()) {
            close();
        }
    }
}
