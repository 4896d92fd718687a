// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy.Group;
import org.sparekey.protocol.witness.WitnessPolicy.Log;
import org.sparekey.protocol.witness.WitnessPolicy.Witness;

/**
 * The text form of a policy (C2SP tlog-policy): lines of items, blank lines and comments allowed, nothing used before
 * its definition. Narrower than the specification in one thing: names beyond ASCII are UTF-8, not any octets.
 */
final class PolicyText {

    /** 64 logs, witnesses and groups with long names; a policy is written by hand. */
    private static final int MAX_CHARS = 64 << 10;

    /** Spaces and tabs only: what Unicode calls white belongs to names. */
    private static final Pattern SPACE_AROUND = Pattern.compile("^[ \t]+|[ \t]+$");

    private static final String ALL = "all";
    private static final String ANY = "any";

    private final List<Log> logs = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final Set<String> defined = new HashSet<>(Set.of(WitnessPolicy.NO_QUORUM));
    private @Nullable String quorum;

    WitnessPolicy parse(String text) throws MalformedException {
        if (text.length() > MAX_CHARS || !text.endsWith("\n")) {
            throw new MalformedException("", "a policy is lines that end in a newline, of at most 64 KiB");
        }
        for (String line : text.split("\n")) {
            if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw new MalformedException("", "a control character in a policy");
            }
            String[] items = SPACE_AROUND.matcher(line).replaceAll("").split("[ \t]+");
            if (!items[0].isEmpty() && items[0].charAt(0) != '#') {
                read(items);
            }
        }
        if (quorum == null) {
            throw new MalformedException("", "a policy has one quorum line");
        }
        try {
            return new WitnessPolicy(logs, witnesses, groups, quorum);
        } catch (IllegalArgumentException broken) {
            throw new MalformedException("", String.valueOf(broken.getMessage()), broken);
        }
    }

    private void read(String[] items) throws MalformedException {
        switch (items[0]) {
            case "log" -> {
                requireItems(items, 2, 3);
                logs.add(new Log(NoteKey.parse(items[1]), optional(items, 2)));
            }
            case "witness" -> {
                requireItems(items, 3, 4);
                defined.add(items[1]);
                witnesses.add(new Witness(items[1], WitnessKey.parse(items[2]), optional(items, 3)));
            }
            case "group" -> group(items);
            case "quorum" -> {
                requireItems(items, 2, 2);
                if (quorum != null || !defined.contains(items[1])) {
                    throw new MalformedException("", "two quorum lines, or one that names nobody");
                }
                quorum = items[1];
            }
            default -> throw new MalformedException("", "not a line of a policy");
        }
    }

    private void group(String[] items) throws MalformedException {
        requireItems(items, 4, 3 + 2 * WitnessPolicy.MAX_OF_EACH);
        List<String> members = Arrays.asList(items).subList(3, items.length);
        if (!defined.containsAll(members)) {
            throw new MalformedException("", "a member that is not defined before its group");
        }
        defined.add(items[1]);
        groups.add(new Group(items[1], threshold(items[2], members.size()), members));
    }

    private static int threshold(String rule, int members) throws MalformedException {
        if (rule.equals(ALL)) {
            return members;
        }
        if (rule.equals(ANY)) {
            return 1;
        }
        if (!rule.matches("[1-9][0-9]{0,2}")) {
            throw new MalformedException("", "a group has all, any, or a number");
        }
        return Integer.parseInt(rule);
    }

    private static void requireItems(String[] items, int least, int most) throws MalformedException {
        if (items.length < least || items.length > most) {
            throw new MalformedException("", "a line of a policy with too few or too many items");
        }
    }

    private static Optional<String> optional(String[] items, int at) {
        return at < items.length ? Optional.of(items[at]) : Optional.empty();
    }

    static String write(WitnessPolicy policy) {
        StringBuilder text = new StringBuilder();
        for (Log log : policy.logs()) {
            text.append("log ").append(log.key().vkey()).append(behind(log.url()));
        }
        for (Witness witness : policy.witnesses()) {
            text.append("witness ").append(witness.name()).append(' ');
            text.append(witness.key().vkey()).append(behind(witness.url()));
        }
        for (Group group : policy.groups()) {
            text.append("group ")
                    .append(group.name())
                    .append(' ')
                    .append(rule(group))
                    .append(' ');
            text.append(String.join(" ", group.members())).append('\n');
        }
        return text.append("quorum ").append(policy.quorum()).append('\n').toString();
    }

    private static String behind(Optional<String> url) {
        return url.map(address -> " " + address).orElse("") + "\n";
    }

    private static String rule(Group group) {
        if (group.threshold() == group.members().size()) {
            return ALL;
        }
        return group.threshold() == 1 ? ANY : Integer.toString(group.threshold());
    }
}
