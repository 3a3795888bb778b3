// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

/** What an engine turns, as the store's word on campaigns and messages would have it. */
@FunctionalInterface
public interface Rules {

    /**
     * The steps and ports under what the store says. The same words give the same steps.
     *
     * @param directives what operators have said
     * @return them
     */
    Machine machine(Directives directives);

    /**
     * Code of the host that steps may ask, whatever the store says.
     *
     * @return by default that of the machine under no word
     */
    default HostPorts hosted() {
        return machine(Directives.NOTHING).hosted();
    }
}
