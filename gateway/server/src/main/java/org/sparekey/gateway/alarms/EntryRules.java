// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;

/**
 * What an entry of {@code case} betrays, judged by the log alone: by what stands in front of it, and not by the state
 * rows of the room that wrote it.
 */
final class EntryRules {

    /** Replicas' clocks may differ; more than this is somebody's hand. */
    static final Duration CLOCKS_DIFFER_AT_MOST = Duration.ofSeconds(30);

    private static final int OFFICERS = 2;
    private static final String VERIFIED = "order.verified";
    private static final String APPROVED = "order.approved";
    private static final String APPROVAL = "order.approval";
    private static final String READ_REFUSED = "order.read-refused";
    private static final Set<String> CAPTURES = Set.of("order.executing");
    private static final Set<String> RELEASES = Set.of("order.released", "order.available");
    private static final Set<String> REFUSALS = Set.of("edge.refused", "order.refused");
    private static final Set<String> STRANGE_KEYS =
            Set.of("keys-disagree", "token-of-another", "signature-key-unknown", "KEY_NOT_ENROLLED", "WRONG_SIGNER");

    private EntryRules() {}

    /** @param before the entries of the same case in front of this one, in order */
    static Optional<Condition> ofCase(LogEntry entry, Digest leafHash, List<LogEntry> before) {
        if (CAPTURES.contains(entry.type()) && !(has(before, VERIFIED) && has(before, APPROVED))) {
            return Optional.of(Condition.happened(AlarmKind.CAPTURE_WITHOUT_ORDER, leafHash.base64url()));
        }
        if (RELEASES.contains(entry.type()) && officers(before) < OFFICERS) {
            return Optional.of(Condition.happened(AlarmKind.DELIVERY_WITHOUT_APPROVALS, leafHash.base64url()));
        }
        return Optional.empty();
    }

    private static boolean has(List<LogEntry> before, String type) {
        return before.stream().anyMatch(entry -> entry.type().equals(type));
    }

    /** How many different keys have signed for a release. */
    private static long officers(List<LogEntry> before) {
        return before.stream()
                .filter(entry -> entry.type().equals(APPROVAL))
                .filter(entry -> Objects.equals(entry.clear().get("decision"), "RELEASE"))
                .flatMap(entry -> entry.actor().keyId().stream())
                .distinct()
                .count();
    }

    /** A key that is not the sender's: one alarm a party's connection key and day, not one a try. */
    static Optional<Condition> strangeKey(LogEntry entry) {
        boolean strange = REFUSALS.contains(entry.type())
                && (STRANGE_KEYS.contains(entry.clear().getOrDefault("reason", ""))
                        || STRANGE_KEYS.contains(entry.clear().getOrDefault("detail", ""))
                        || STRANGE_KEYS.contains(entry.clear().getOrDefault("ground", "")));
        return strange ? Optional.of(Condition.happened(AlarmKind.UNKNOWN_KEY, perDay(entry))) : Optional.empty();
    }

    /** Lasts until two officers say what becomes of the order; about the entry, which names the case. */
    static Optional<Condition> frozen(LogEntry entry, Digest leafHash) {
        return entry.type().equals(CaseEntry.FROZEN)
                ? Optional.of(Condition.lasting(AlarmKind.ORDER_FROZEN, leafHash.base64url()))
                : Optional.empty();
    }

    /** Which freezings end with this entry: the one that it names, and those of its case that were frozen anew meanwhile. */
    static List<Condition> thawed(LogEntry entry, List<Digest> frozen) {
        return ThawOutcome.of(entry.type()).isEmpty()
                ? List.of()
                : frozen.stream()
                        .map(leaf -> Condition.lasting(AlarmKind.ORDER_FROZEN, leaf.base64url()))
                        .toList();
    }

    /** One alarm for each reseller's day; whose it is stands in the entry's payload. */
    static Optional<Condition> coverage(LogEntry entry, Digest leafHash) {
        return entry.type().equals("coverage.dropped")
                ? Optional.of(Condition.happened(AlarmKind.COVERAGE_DROPPED, leafHash.base64url()))
                : Optional.empty();
    }

    /** It lasts until two officers let all of it through: see {@link #bulkOver}. */
    static Optional<Condition> bulk(LogEntry entry) {
        return entry.type().equals("deletion.bulk") ? Optional.of(bulkOf(entry)) : Optional.empty();
    }

    static Optional<Condition> bulkOver(LogEntry entry) {
        boolean over = entry.type().equals("deletion.bulk-approved")
                && entry.clear().getOrDefault("left", "").equals("0");
        return over ? Optional.of(bulkOf(entry)) : Optional.empty();
    }

    private static Condition bulkOf(LogEntry entry) {
        return Condition.lasting(AlarmKind.BULK_DELETION, entry.clear().getOrDefault("group", "unknown"));
    }

    /** One alarm for each; which order it was stands in the entry's payload. */
    static Optional<Condition> unusual(LogEntry entry, Digest leafHash) {
        return entry.type().equals("order.unusual")
                ? Optional.of(Condition.happened(
                        AlarmKind.UNUSUAL_ORDER, entry.clear().getOrDefault("what", "") + " " + leafHash.base64url()))
                : Optional.empty();
    }

    /** A case that is not the reader's: one alarm a key and day, not one a try. */
    static Optional<Condition> strangeReader(LogEntry entry) {
        return entry.type().equals(READ_REFUSED)
                ? Optional.of(Condition.happened(AlarmKind.STRANGE_READER, perDay(entry)))
                : Optional.empty();
    }

    /** Whether an order came; who sent it and on which day is {@link #perDay}. */
    static boolean submits(LogEntry entry) {
        return entry.type().equals("order.submitted");
    }

    /** The key that acted, and the UTC day. */
    static String perDay(LogEntry entry) {
        String key = entry.actor()
                .keyId()
                .map(Digest::base64url)
                .orElse(entry.actor().role());
        return key + " " + entry.time().toString().substring(0, "2026-11-23".length());
    }

    static Optional<Condition> time(LogEntry entry, Digest leafHash, Optional<Instant> previous) {
        return previous.filter(time -> entry.time().plus(CLOCKS_DIFFER_AT_MOST).isBefore(time))
                .map(time -> Condition.happened(AlarmKind.TIME_BACKWARDS, leafHash.base64url()));
    }
}
