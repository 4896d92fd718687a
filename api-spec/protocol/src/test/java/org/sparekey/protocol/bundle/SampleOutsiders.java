// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.timestamp.SmallTsa;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.witness.Cosigner;

/** Witnesses and a time-stamp authority of a {@link SampleCase}; nobody asks for them until {@link #required}. */
final class SampleOutsiders {

    final List<Cosigner> witnesses = List.of(
            witness("police.example/witness"), witness("resellers.example/witness"), witness("hoster.example/witness"));
    final SmallTsa authority = new SmallTsa();

    /** Whether the trust file asks for two of the three witnesses and for time-stamps. */
    boolean required;

    /** Who cosigns; two of the three. */
    List<Cosigner> present = witnesses.subList(0, 2);

    /** Who signs in the name of the last one present. */
    Optional<Cosigner> impostor = Optional.empty();

    boolean stamps = true;

    /** What the authority is given instead of the checkpoint. */
    Optional<byte[]> stamped = Optional.empty();

    private static Cosigner witness(String name) {
        return new Cosigner(name, SampleCase.digest(name).array());
    }

    List<NoteSignature> cosigned(String checkpoint) {
        List<NoteSignature> lines = new ArrayList<>();
        if (required) {
            for (Cosigner witness : present) {
                boolean last = witness.equals(present.get(present.size() - 1));
                Cosigner hand = last ? impostor.orElse(witness) : witness;
                lines.add(hand.cosign(checkpoint, SampleCase.at(60)).line(witness.key()));
            }
        }
        return lines;
    }

    /** One stamp over the checkpoint and one over the manifest. */
    void stamp(SortedMap<String, byte[]> members) {
        if (!required || !stamps) {
            return;
        }
        List<String> folders = new Members(members).folders(BundleMembers.CASE_ENTRIES);
        byte[] proof = SampleCase.member(members, folders.get(folders.size() - 1) + BundleMembers.PROOF);
        String text = new String(proof, java.nio.charset.StandardCharsets.UTF_8);
        byte[] note = text.substring(text.indexOf("\n\n") + 2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String folder = BundleMembers.folder(BundleMembers.STAMPS, 0);
        members.put(folder + BundleMembers.CHECKPOINT, note);
        members.put(folder + BundleMembers.PROOF, proof);
        members.put(folder + BundleMembers.STAMP, authority.stamp(stamped.orElse(note), SampleCase.at(60)));
        members.put(
                BundleMembers.MANIFEST_STAMP,
                authority.stamp(SampleCase.member(members, BundleMembers.MANIFEST), SampleCase.at(32)));
    }

    List<TrustFile.Witness> witnesses() {
        return required
                ? witnesses.stream()
                        .map(witness -> new TrustFile.Witness(
                                witness.key().name(), witness.key().vkey()))
                        .toList()
                : List.of();
    }

    String policy() {
        if (!required) {
            return TrustFile.POLICY_NONE;
        }
        StringBuilder policy = new StringBuilder();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < witnesses.size(); i++) {
            policy.append("witness w")
                    .append(i + 1)
                    .append(' ')
                    .append(witnesses.get(i).key().vkey())
                    .append('\n');
            names.append(" w").append(i + 1);
        }
        return policy.append("group two-of-three 2")
                .append(names)
                .append("\nquorum two-of-three\n")
                .toString();
    }

    List<Bytes> roots() {
        return required ? authority.roots() : List.of();
    }

    Optional<String> timestampPolicy() {
        return required ? Optional.of(TrustFile.POLICY_REQUIRED) : Optional.empty();
    }
}
