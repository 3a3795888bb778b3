// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.template.ScopeChain;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names a template sees: its own, from {@code set} and {@code for}, and behind them the model, which it cannot write to. A name whose
 * value is null is a missing name.
 */
final class Scopes extends ScopeChain {
    private final Map<String, ?> model;

    Scopes(Map<String, ?> model) {
        this.model = model;
        pushScope();
    }

    @Override
    public @Nullable Object get(String name) {
        Object own = super.get(name);
        return own != null || super.containsKey(name) ? own : model.get(name);
    }

    @Override
    public boolean containsKey(String name) {
        return get(name) != null;
    }
}
