// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import org.junit.jupiter.api.Test;
import org.sparekey.gateway.Gateway;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    /** No circles, facades only, declared dependencies only. */
    @Test
    void every_room_uses_only_what_its_label_declares() {
        ApplicationModules.of(Gateway.class).verify();
    }
}
