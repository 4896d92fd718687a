// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * What is pinned on a node when it is installed: the same trust file that verifiers use, and which node it is. Nothing that
 * arrives later adds to it.
 */
public final class NodeTrust {

    private final byte[] bytes;
    private final TrustFile file;
    private final WitnessPolicy policy;
    private final String node;
    private final String custody;

    private NodeTrust(byte[] bytes, TrustFile file, WitnessPolicy policy, String node, String custody) {
        this.bytes = bytes.clone();
        this.file = file;
        this.policy = policy;
        this.node = node;
        this.custody = custody;
    }

    /** A guest of this machine, by all names that an approval binds. */
    public record Machine(String cluster, String uuid, String vmId) {

        boolean is(LocatedAsset asset) {
            return cluster.equals(asset.cluster()) && uuid.equals(asset.uuid()) && vmId.equals(asset.vmId());
        }
    }

    /**
     * @param trust bytes of trust.json
     * @param node the id under which this node was installed
     * @throws MalformedException when the file cannot be read, or asks for no witness: a node acts on no log that only its own
     *     gateway has seen
     */
    public static NodeTrust pin(byte[] trust, String node) throws MalformedException {
        TrustFile file = TrustFile.parse(trust);
        WitnessPolicy policy =
                file.policy().equals(TrustFile.POLICY_NONE) ? WitnessPolicy.NONE : WitnessPolicy.parse(file.policy());
        if (policy.quorum().equals(WitnessPolicy.NO_QUORUM)) {
            throw new MalformedException("/policy", "a node needs witnesses");
        }
        return new NodeTrust(trust, file, policy, Objects.requireNonNull(node), Manifest.HOSTER);
    }

    /** What two people read to each other when the node is installed. */
    public Digest fingerprint() {
        return TrustFile.fingerprint(bytes);
    }

    public String node() {
        return node;
    }

    /** Machines that a reseller administers are not served: they would be shown the order. */
    public String custody() {
        return custody;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    WitnessPolicy policy() {
        return policy;
    }

    Optional<EnrolledSigner> enrolled(Digest keyId) {
        return file.enrolled(keyId);
    }

    static boolean holds(List<Machine> own, LocatedAsset asset) {
        return own.stream().anyMatch(machine -> machine.is(asset));
    }
}
