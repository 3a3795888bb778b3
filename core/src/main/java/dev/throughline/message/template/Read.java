// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place where a template reads a variable.
 *
 * @param steps from the name at the root on, up to a step that is computed
 * @param names every name in the expression, those behind a computed step included
 * @param local whether the root is a name of the template itself, from {@code for} or {@code set}
 * @param optional whether the template says what to do without it
 */
record Read(List<String> steps, Set<String> names, int line, boolean local, boolean optional) {
    String path() {
        return String.join(".", steps);
    }

    /** The path up to a step of that name; the name alone where the steps do not lead there. */
    String pathTo(String name) {
        int step = steps.indexOf(name);
        return step < 0 ? name : String.join(".", steps.subList(0, step + 1));
    }

    /** Whether it is this read that fails for want of that name. */
    boolean lacks(String name, Map<String, ?> model) {
        if (optional || !names.contains(name)) {
            return false;
        }
        return local || !steps.contains(name) || !reaches(steps.indexOf(name), model);
    }

    private boolean reaches(int step, Map<String, ?> model) {
        Object value = model;
        for (int i = 0; i <= step && value != null; i++) {
            value = value instanceof Map<?, ?> map ? map.get(steps.get(i)) : null;
        }
        return value != null;
    }
}
