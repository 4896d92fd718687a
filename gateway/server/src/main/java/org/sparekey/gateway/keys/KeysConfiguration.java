// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeysSettings.class)
class KeysConfiguration {

    @Bean
    Keys keys(KeysSettings settings) {
        return Keys.load(settings.requiredDirectory(), settings.requiredPassphraseFile());
    }
}
