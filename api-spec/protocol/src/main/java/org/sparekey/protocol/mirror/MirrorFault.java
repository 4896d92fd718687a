// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

/** What a follower can find. Unless it says otherwise the record is put aside and the follower goes on. */
public enum MirrorFault {
    /** A record that is no entry and no checkpoint: somebody else writes into the topic. */
    MALFORMED("malformed"),
    /** Bytes that are not those of the leaf hash beside them. */
    ALTERED("altered"),
    /** An index above the next one: a record is missing, or they were reordered. */
    GAP("gap"),
    /** The topic ends before the entries of a signed checkpoint do: records at its end were removed. */
    CUT_OFF("cut-off"),
    /** A second entry for an index, with other bytes than the first. */
    CONFLICT("conflict"),
    /** An index so far behind that no gateway would repeat it. */
    STRAY("stray"),
    /** A checkpoint that the log's key did not sign, or of another log. */
    UNSIGNED("unsigned"),
    /** Signed by the log, but not by the witnesses that the policy demands. */
    NOT_WITNESSED("not-witnessed"),
    /** Signed, smaller than one seen before, and never seen itself. */
    SHRUNK("shrunk"),
    /** Two signed roots for one size: proof of a forked log. The follower stops. */
    FORKED("forked"),
    /** The entries do not give the signed root. The follower stops. */
    ROOT_DIFFERS("root-differs");

    private final String text;

    MirrorFault(String text) {
        this.text = text;
    }

    /** As alarms show it. */
    public String text() {
        return text;
    }

    /** Whether nothing that follows can be judged any more. */
    public boolean stops() {
        return this == FORKED || this == ROOT_DIFFERS;
    }
}
