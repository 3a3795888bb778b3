// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.Standing;
import dev.throughline.identity.Address;

/**
 * What a person gets to prove what she has agreed to: one consent, with everything that has become of it. Shaped after ISO/IEC TS 27560:2023.
 *
 * @param id the receipt's id: another one whenever something is added to the record
 * @param record the record's id: the same as long as the customer, the address and the scope are
 * @param address on which address
 * @param scope how far the consent reaches
 * @param state what has become of it
 * @param json the whole receipt as a JSON object, its members sorted by name
 */
public record ConsentReceipt(
        String id, String record, Address address, ConsentScope scope, Standing.State state, String json) {

    /** The JSON: what a person is handed. */
    @Override
    public String toString() {
        return json;
    }
}
