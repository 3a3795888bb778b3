// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.testkit.AdapterConformance;
import dev.throughline.testkit.ProviderDouble;

class HttpSmsConformanceTest extends AdapterConformance {

    @Override
    protected ProviderDouble startProvider() {
        return new GatewayProvider();
    }
}
