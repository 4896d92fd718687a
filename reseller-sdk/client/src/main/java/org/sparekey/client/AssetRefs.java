// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.Optional;

/**
 * The random names under which the gateway knows a machine and its present tenancy; a line of the ledger.
 *
 * @param asset cluster/vm, the reseller's own name
 * @param customer the customer's id, absent where none was given
 */
record AssetRefs(String asset, String vpsRef, String tenancyRef, Optional<String> customer) {}
