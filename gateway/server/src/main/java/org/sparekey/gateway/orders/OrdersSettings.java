// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param callBack proof 4 for content and preservation orders: REQUIRED lets none past review, and holds for 48 hours at
 *     most, before its issuer was called back; OFF says "not called back" in status and bundle
 */
@ConfigurationProperties("sparekey.orders")
public record OrdersSettings(@DefaultValue("REQUIRED") CallBack callBack) {

    public enum CallBack {
        OFF,
        REQUIRED
    }

    boolean callBackDue() {
        return callBack == CallBack.REQUIRED;
    }
}
