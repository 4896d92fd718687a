// SPDX-License-Identifier: Apache-2.0
/**
 * The reseller's side of a gateway. Open a {@link ResellerClient} on your {@code sparekey.json}, describe your machines as
 * {@link Vps} (or read them from a CSV file with {@link CsvInventory}) and register them in one call:
 *
 * <pre>{@code
 * try (ResellerClient client = ResellerClient.open(Path.of("sparekey.json"))) {
 *     Vps vps = Vps.of("cluster-a", "101", "192.0.2.10", Customer.of("customer-7"), since);
 *     Registered registered = client.register(List.of(vps));
 * }
 * }</pre>
 *
 * <p>A timer calls {@link ResellerClient#sync} with the whole listing instead: only what differs is sent. What goes wrong on
 * the way is tried again and then a {@link GatewayException}, which says whether it may pass; what was to be sent lies in the
 * ledger and is sent by the next call. {@link ClientSettings} holds retries, deadline, clock and progress. For tests of your
 * own there is a gateway in memory, {@code org.sparekey:sparekey-fake}.
 *
 * <p>Customers never leave this process: the gateway gets a pseudonym and commitments that only your secret can link and
 * only your ledger can open. The receipt is checked before the call returns; one that does not hold is an exception.
 */
@NullMarked
package org.sparekey.client;

import org.jspecify.annotations.NullMarked;
