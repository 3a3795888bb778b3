// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.Processor;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import java.util.Map;
import java.util.Set;

/**
 * Erases a person where the library does not reach: in the host's own tables, and at the processors that have got her data. Called before
 * anything is erased here, since afterwards nobody knows her names any more, on the thread of whoever calls {@link Rights#erase}; if it
 * throws, nothing is erased here, and the call fails, to be repeated. It must not mind being called twice.
 */
@FunctionalInterface
public interface ErasureListener {

    /**
     * Erases her.
     *
     * @param names all names and addresses of hers, also of whom she has absorbed
     * @param processors who gets people's data, by channel
     * @throws Exception if she could not be erased
     */
    void erase(Set<Identity> names, Map<Channel, Processor> processors) throws Exception;
}
