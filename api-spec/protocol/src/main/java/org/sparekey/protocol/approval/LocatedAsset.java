// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.Optional;

/**
 * The one asset an order was located to. The tenancy reference tells that the tenant is still the same, never who he is.
 *
 * @param uuid the hypervisor's UUID of the guest
 * @param vmId the hypervisor's own number or name
 */
public record LocatedAsset(
        String cluster, String uuid, String vmId, String vpsRef, String tenancyRef, Optional<String> node) {}
