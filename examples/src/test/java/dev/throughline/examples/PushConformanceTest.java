// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.testkit.AdapterConformance;
import dev.throughline.testkit.ProviderDouble;

class PushConformanceTest extends AdapterConformance {

    @Override
    protected ProviderDouble startProvider() {
        return new PushProvider();
    }
}
