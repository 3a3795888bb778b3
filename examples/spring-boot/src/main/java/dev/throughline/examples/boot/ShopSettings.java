// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What differs between machines.
 *
 * @param database the file of orders and of the library's tables
 * @param environment such as {@code production}
 * @param smtpHost the mail server
 * @param smtpPort its port
 * @param smsUrl where the SMS gateway is called
 * @param smsToken its token
 * @param hookSecret what the gateway's callbacks must bring
 */
@ConfigurationProperties("shop")
record ShopSettings(
        Path database,
        String environment,
        String smtpHost,
        int smtpPort,
        String smsUrl,
        String smsToken,
        String hookSecret) {

    @Override
    public String toString() {
        return "ShopSettings[" + environment + "]"; // without its secrets
    }
}
