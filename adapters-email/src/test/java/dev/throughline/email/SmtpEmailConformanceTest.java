// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.testkit.AdapterConformance;
import dev.throughline.testkit.ProviderDouble;

class SmtpEmailConformanceTest extends AdapterConformance {

    @Override
    protected ProviderDouble startProvider() {
        return new MailProvider();
    }
}
