// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/**
 * Whom the order binds. An order to hoster A is refused by hoster B.
 *
 * @param legalEntity the hoster's name in the commercial register
 * @param gatewayOrigin the HTTPS origin of the hoster's API, such as {@code https://api.hoster.example:8443}
 */
public record Addressee(String legalEntity, String gatewayOrigin, Capacity capacity) {}
