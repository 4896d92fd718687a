// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.util.Optional;

/** How a guest is named inside a cluster; an absent name is nobody's. */
public record Bearer(String cluster, Optional<String> uuid, Optional<String> vmId) {}
