// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which messages may be sent, where only approved ones may. Immutable. */
public final class Approvals {

    /** Every message may be sent. */
    public static final Approvals NOT_REQUIRED = new Approvals(false, Map.of());

    private final boolean required;
    private final Map<String, String> settings;

    private Approvals(boolean required, Map<String, String> settings) {
        this.required = required;
        this.settings = settings;
    }

    /**
     * These, or none if nobody asks for approvals.
     *
     * @param wanted whether only what is approved may be sent
     * @return the approvals
     */
    public Approvals ifRequired(boolean wanted) {
        return wanted ? this : NOT_REQUIRED;
    }

    /**
     * Only what is approved may be sent.
     *
     * @param settings a store's settings, which hold the approvals
     * @return the approvals
     */
    public static Approvals of(Map<String, String> settings) {
        var said = new TreeMap<>(settings);
        said.keySet().removeIf(name -> !name.startsWith(Approval.PREFIX) && !name.startsWith(Approval.WITHDRAWN));
        return new Approvals(true, said);
    }

    boolean isRequired() {
        return required;
    }

    Optional<Approval> find(String hash) {
        return Approval.find(settings, hash);
    }

    Optional<Approval> findWithdrawal(String hash) {
        return Approval.findWithdrawal(settings, hash);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Approvals approvals
                && required == approvals.required
                && settings.equals(approvals.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }
}
