// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

class PostConformanceTest extends AdapterConformance {

    @Override
    protected ProviderDouble startProvider() {
        return new Post(Postman.Fault.NONE);
    }
}
