// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.sms.Gsm0338;
import dev.throughline.testkit.ProviderDouble;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.NegativeResponseException;

/** The SMSC as the suite of adapters wants it. */
final class CentreProvider implements ProviderDouble {

    private static final int NO_SUCH_DESTINATION = 0x0b;
    private static final int INVALID_PASSWORD = 0x0e;
    private static final int THROTTLED = 0x58;

    private static final String PASSWORD = "s3cret7";

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Smsc smsc = new Smsc().answering(this::accept);

    @Override
    public ChannelAdapter adapter() {
        return SmppSms.at("127.0.0.1", smsc.port())
                .credentials("shop", PASSWORD)
                .reconnectAfter(Duration.ofMillis(200));
    }

    private int accept(SubmitSm pdu) {
        taken(pdu);
        return 0;
    }

    /** A long message comes in parts, all of one id. */
    private void taken(SubmitSm pdu) {
        boolean first = !pdu.isUdhi() || pdu.getShortMessage()[5] == 1;
        if (first) {
            taken.add(Smsc.ours(pdu));
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.REPEATS, Capability.RETRY_AFTER, Capability.LOOK_UP));
    }

    @Override
    public Address recipient() {
        return Address.phone("+84 90 123 4567");
    }

    @Override
    public Sender sender() {
        return Sender.of("SHOP");
    }

    @Override
    public Content content(String words) {
        return new TextContent(words);
    }

    @Override
    public List<Content> unfit() {
        return List.of(new EmailContent("Hello", "<p>Hello</p>", ""));
    }

    @Override
    public void turn(Mood mood) {
        smsc.refusingBinds(mood == Mood.REFUSING_LOGIN ? INVALID_PASSWORD : 0);
        smsc.up(mood != Mood.DOWN);
        switch (mood) {
            case KNOWING_NO_RECIPIENT -> smsc.answering(pdu -> NO_SUCH_DESTINATION);
            case THROTTLING -> smsc.answering(pdu -> THROTTLED);
            case SILENT -> smsc.answering(pdu -> silent(pdu));
            case DROPPING -> smsc.answering(pdu -> dropping(pdu));
            case ACCEPTING -> smsc.answering(this::accept);
            case REFUSING_LOGIN -> smsc.drop();
            case DOWN -> {}
        }
    }

    private int silent(SubmitSm pdu) {
        taken(pdu);
        return Smsc.SILENCE;
    }

    private int dropping(SubmitSm pdu) {
        silent(pdu);
        smsc.drop();
        return Smsc.SILENCE;
    }

    @Override
    public List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public int connections() {
        return smsc.binds();
    }

    @Override
    public List<String> secrets() {
        return List.of(PASSWORD);
    }

    @Override
    public Optional<Session> session() {
        return Optional.of(() -> CompletableFuture.supplyAsync(this::replied));
    }

    private boolean replied() {
        try {
            smsc.deliver(new ESMClass(0), "84901234567", 0, Gsm0338.encode("STOP"));
            return true;
        } catch (NegativeResponseException asked) {
            return false;
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        smsc.close();
    }
}
