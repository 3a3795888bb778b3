// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.testkit.AdapterConformance;
import dev.throughline.testkit.ProviderDouble;

class SmppSmsConformanceTest extends AdapterConformance {

    @Override
    protected ProviderDouble startProvider() {
        return new CentreProvider();
    }
}
