// SPDX-License-Identifier: Apache-2.0
/**
 * A gateway in memory, for the tests of those who build on the reseller SDK: real TLS, real signatures, real trees and
 * proofs, a clock that runs when it is told to, and faults on demand. {@link FakeGateway} is all one needs:
 *
 * <pre>{@code
 * try (FakeGateway gateway = FakeGateway.start()) {
 *     gateway.assign("palmstrand", "192.0.2.0/24");
 *     Path configuration = gateway.enrol("palmstrand", directory);
 *     try (ResellerClient client = ResellerClient.open(configuration,
 *             ClientSettings.usual().clock(gateway.clock()).pause(gateway.clock()::advance))) {
 *         gateway.next(Fault.ANSWER_LOST);
 *         client.register(machines);
 *     }
 * }
 * }</pre>
 *
 * <p>It keeps no promise of a gateway: no witnesses, no database, nothing after its process.
 */
@NullMarked
package org.sparekey.fake;

import org.jspecify.annotations.NullMarked;
