// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.key.SigningKey;

/** Outside co-approvers of a {@link SampleCase}: nobody, until a test names somebody. */
final class SampleCoApprovers {

    private final Map<String, SigningKey> keys = new TreeMap<>();

    String party = "raadsman-voorbeeld";

    /** As the log has it. */
    String role = ApprovalCheck.CO_APPROVER;

    void add(String number, SigningKey key) {
        keys.put(number, key);
    }

    void forget() {
        keys.clear();
    }

    void enrol(SampleLog log) {
        keys.values().forEach(key -> log.key(key.keyId(), role, SampleCase.at(-100)));
    }

    Optional<List<TrustFile.CoApprover>> trusted() {
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(keys.entrySet().stream()
                        .map(one -> new TrustFile.CoApprover(
                                party,
                                one.getKey(),
                                one.getValue().keyId(),
                                SmallCa.FROM,
                                SmallCa.UNTIL,
                                Optional.empty()))
                        .collect(Collectors.toList()));
    }
}
