// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** Why one line of a batch has no effect; its name is the verdict's code. */
public enum LineRefusal {
    // The line alone
    MALFORMED("not a line of version 1"),
    NOT_CANONICAL("not the canonical form (RFC 8785) of its content"),
    BAD_IDENTIFIER("an identifier is not of its form, or the one its kind needs is absent"),
    BAD_ADDRESS("not an address or prefix in its one spelling, or of a length that is not registered"),
    BAD_PORTS("a port range comes with tcp or udp, its first port not above its last"),
    REPEATED("the same value twice in one list"),
    END_WITH_ADDRESSES("what ends holds no address"),
    BAD_KIND("not what an asset of this kind is"),
    BAD_MOVE("not one address that goes from one asset to another at one instant"),
    BAD_RELEASE("not released by the giver's signature for this asset, instant and receiver"),
    // The line in its batch and in time
    REPEATED_IN_BATCH("an earlier line of the batch says something about the same asset and instant"),
    ADDRESS_CLAIMED_IN_BATCH("an earlier line of the batch gives this address to another asset at this instant"),
    VALID_FROM_AHEAD("valid later than the clock allows"),
    // The line against what the gateway holds
    FOREIGN_VPS_REF("the vpsRef is another reseller's"),
    FOREIGN_ASSET("the asset is another reseller's"),
    PREFIX_NOT_ASSIGNED("the hoster has not assigned the address to this reseller at that instant"),
    UNKNOWN_VPS_REF("nothing to end, to move from or to hand over under this vpsRef"),
    ADDRESS_NOT_HELD("the asset does not hold the address before that instant"),
    HAND_OVER_TOO_EARLY(
            "the giver or a later hand-over says something about the asset for that instant or a later one");

    private final String words;

    LineRefusal(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
