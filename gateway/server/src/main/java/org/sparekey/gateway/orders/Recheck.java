// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

/** Whether, right before something irreversible, everything is still as the officers signed for. */
public sealed interface Recheck {

    /** Other people are tenants of the same machine, or their privileged papers lie there. */
    String SHARED = "SHARED_OR_PRIVILEGED";

    record Same() implements Recheck {}

    /** @param code what differs: a bound field, an approval that counts no more, a revoked certificate */
    record Different(String code) implements Recheck {}

    /** Cannot be told now (the guest or a revocation list cannot be read): wait, do not act. */
    record Unknown(String code) implements Recheck {}
}
