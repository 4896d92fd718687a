// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * The random names under which the gateway knows a machine and its present tenancy; a line of the ledger.
 *
 * @param asset cluster/vm, the reseller's own name
 * @param customer the customer's id, absent where none was given
 * @param facts digest of what the gateway has accepted of this machine, absent until it has accepted something
 * @param ended since when the gateway knows it as gone
 * @param released from when on it is signed over to another reseller; a later line that the gateway accepts takes it back
 * @param unlisted what the gateway has accepted of it that no listing tells, absent where there is nothing of the kind
 */
record AssetRefs(
        String asset,
        String vpsRef,
        String tenancyRef,
        Optional<String> customer,
        Optional<Digest> facts,
        Optional<Instant> ended,
        Optional<Instant> released,
        Optional<Unlisted> unlisted) {

    /** Whether a listing that misses it may end it. */
    boolean isAlive() {
        return isHere() && released.isEmpty();
    }

    /** Whether the gateway holds it as this reseller's, signed over or not. */
    boolean isHere() {
        return facts.isPresent() && ended.isEmpty();
    }

    /** A listed machine with what is known of it besides; a number that is used again is another machine. */
    Vps completed(Vps listed) {
        boolean sameCustomer = listed.customer().map(Customer::id).equals(customer);
        return isHere() && !listed.ended()
                ? unlisted.map(besides -> besides.in(listed, sameCustomer)).orElse(listed)
                : listed;
    }

    AssetRefs released(Instant at) {
        return new AssetRefs(asset, vpsRef, tenancyRef, customer, facts, ended, Optional.of(at), unlisted);
    }

    /** These names, with what the gateway has accepted so far. */
    AssetRefs notYetAccepted(Optional<AssetRefs> before) {
        return new AssetRefs(
                asset,
                vpsRef,
                tenancyRef,
                customer,
                before.flatMap(AssetRefs::facts),
                before.flatMap(AssetRefs::ended),
                before.flatMap(AssetRefs::released),
                before.flatMap(AssetRefs::unlisted));
    }

    /** Without the customer: this text ends in logs. */
    @Override
    public String toString() {
        return "AssetRefs[" + asset + (isAlive() ? " registered]" : "]");
    }
}
