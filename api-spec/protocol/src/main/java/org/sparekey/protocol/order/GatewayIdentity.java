// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/**
 * Who an order must be addressed to for this gateway to take it.
 *
 * @param legalEntity the hoster's name in the commercial register
 * @param gatewayOrigin HTTPS origin of the API, as orders write it
 */
public record GatewayIdentity(String legalEntity, String gatewayOrigin) {}
