// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.OptOut;
import dev.throughline.identity.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What a brand lacks to send advertising under a policy, found before the first message and told all at once. */
final class SetUp {

    private final Policy policy;
    private final Brand brand;
    private final Instant now;
    private final List<String> faults = new ArrayList<>();

    SetUp(Policy policy, Brand brand, Instant now) {
        this.policy = policy;
        this.brand = brand;
        this.now = now;
    }

    List<String> faults(Collection<Channel> channels) {
        for (Rule rule : policy.rules()) {
            for (Channel channel : new TreeSet<>(channels)) {
                if (rule.live()
                        && (rule.when().channels().isEmpty()
                                || rule.when().channels().contains(channel.name()))) {
                    check(rule, channel);
                }
            }
        }
        return faults.stream().distinct().toList();
    }

    private void check(Rule rule, Channel channel) {
        if (rule.clause() instanceof Clause.From wanted) {
            sender(rule, wanted, channel);
        } else if (rule.clause() instanceof Clause.Listing wanted
                && policy.registry(wanted.id()).isEmpty()) {
            faults.add("rule " + rule + " asks the registry " + wanted.id()
                    + ", and none was given; expected Policy.doNotCall(registry)");
        } else if (rule.clause() instanceof Clause.Footer wanted) {
            means(rule, wanted, channel);
        } else if (rule.clause() instanceof Clause.Opening wanted) {
            address(rule, wanted.requires(), channel);
        }
    }

    private void sender(Rule rule, Clause.From wanted, Channel channel) {
        brand.senderOn(channel)
                .ifPresentOrElse(
                        sender -> {
                            Reason reason = Passage.fault(wanted, sender, now);
                            if (reason != null) {
                                faults.add(about(rule, channel) + " sender '" + sender.value() + "' (" + sender.kind()
                                        + "): " + reason + ", expected one of " + wanted.kinds()
                                        + (wanted.registered() ? registered(channel, sender, now) : ""));
                            }
                        },
                        () -> faults.add(about(rule, channel) + " no sender, expected one of " + wanted.kinds()));
    }

    private static String registered(Channel channel, Sender sender, Instant now) {
        return ", registered beyond " + now + ": Brand.sender(" + channel.name().toUpperCase(Locale.ROOT)
                + ", Sender.of(\"" + sender.value() + "\").registeredUntil(..))";
    }

    private void means(Rule rule, Clause.Footer wanted, Channel channel) {
        var missing = wanted.means().stream()
                .filter(means -> brand.optOuts().stream().map(OptOut::means).noneMatch(means::equals))
                .toList();
        if (wanted.means().size() - missing.size() < wanted.atLeast()) {
            faults.add(about(rule, channel) + " no way to refuse by " + missing + ", expected at least "
                    + wanted.atLeast() + " of " + wanted.means());
        }
        address(rule, wanted.requires(), channel);
    }

    private void address(Rule rule, List<Clause.Part> parts, Channel channel) {
        if (parts.contains(Clause.Part.POSTAL_ADDRESS) && brand.postalAddress().isEmpty()) {
            faults.add(about(rule, channel) + " no postal address, expected Brand.postalAddress");
        }
    }

    private String about(Rule rule, Channel channel) {
        return "rule " + rule + ", brand " + brand.name() + ", " + channel + ":";
    }
}
