// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param callBack proof 4 for content and preservation orders: OFF says "not called back" in status and bundle; REQUIRED
 *     lets no order past review until the call-back exists, which this version does not have yet
 */
@ConfigurationProperties("sparekey.orders")
public record OrdersSettings(@DefaultValue("OFF") CallBack callBack) {

    public enum CallBack {
        OFF,
        REQUIRED
    }

    boolean callBackDue() {
        return callBack == CallBack.REQUIRED;
    }
}
