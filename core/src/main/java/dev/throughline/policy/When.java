// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import java.util.List;

/**
 * Which messages a rule is about; an empty list means all.
 *
 * @param classes the message classes
 * @param channels the channels' names
 * @param topics the topics
 */
public record When(List<MessageClass> classes, List<String> channels, List<String> topics) {

    /** Copies the lists. */
    public When {
        classes = List.copyOf(classes);
        channels = List.copyOf(channels);
        topics = List.copyOf(topics);
    }

    boolean matches(Facts facts) {
        return isAbout(facts.messageClass())
                && fits(channels, facts.channel().name())
                && fits(topics, facts.standing().question().topic());
    }

    boolean isAbout(MessageClass messageClass) {
        return fits(classes, messageClass);
    }

    private static <T> boolean fits(List<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
