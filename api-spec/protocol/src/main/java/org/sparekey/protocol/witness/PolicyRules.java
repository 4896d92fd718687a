// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.witness.WitnessPolicy.Group;
import org.sparekey.protocol.witness.WitnessPolicy.Log;
import org.sparekey.protocol.witness.WitnessPolicy.Witness;

/** The rules of C2SP tlog-policy for names, keys, groups and the quorum. */
final class PolicyRules {

    private PolicyRules() {}

    static void require(List<Log> logs, List<Witness> witnesses, List<Group> groups, String quorum) {
        for (Collection<?> each : List.of(logs, witnesses, groups)) {
            require(each.size() <= WitnessPolicy.MAX_OF_EACH, "too many logs, witnesses or groups");
        }
        requireDistinctKeys(logs, witnesses);
        Set<String> names = new HashSet<>();
        for (Witness witness : witnesses) {
            requireNewName(witness.name(), names);
        }
        Set<String> members = new HashSet<>();
        for (Group group : groups) {
            requireGroup(group, names, members);
            requireNewName(group.name(), names);
        }
        require(quorum.equals(WitnessPolicy.NO_QUORUM) || names.contains(quorum), "a quorum that names nobody");
        logs.forEach(log -> requireUrl(log.url()));
        witnesses.forEach(witness -> requireUrl(witness.url()));
    }

    /** Two keys are the same when their bytes are, whatever they are called. */
    private static void requireDistinctKeys(List<Log> logs, List<Witness> witnesses) {
        Set<Bytes> keys = new HashSet<>();
        logs.forEach(log -> require(keys.add(log.key().publicKey()), "two logs with one key"));
        Set<Bytes> ofWitnesses = new HashSet<>();
        for (Witness witness : witnesses) {
            require(ofWitnesses.add(witness.key().publicKey()), "two witnesses with one key");
            require(!keys.contains(witness.key().publicKey()), "a log that is its own witness");
        }
    }

    private static void requireGroup(Group group, Set<String> names, Set<String> members) {
        int threshold = group.threshold();
        require(threshold >= 1 && threshold <= group.members().size(), "a group that cannot be, or always is");
        for (String member : group.members()) {
            require(names.contains(member), "a member that is not defined before its group");
            require(members.add(member), "a member twice");
        }
    }

    private static void requireNewName(String name, Set<String> names) {
        require(item(name) && !name.equals(WitnessPolicy.NO_QUORUM) && names.add(name), "a name twice, or none at all");
    }

    private static void requireUrl(Optional<String> url) {
        require(url.map(PolicyRules::item).orElse(true), "not an address");
    }

    private static boolean item(String item) {
        return !item.isEmpty() && item.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }

    private static void require(boolean holds, String broken) {
        if (!holds) {
            throw new IllegalArgumentException(broken);
        }
    }
}
