// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.parties.EnrolmentRow.Kind;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** Who may become what, with how many signatures, and when it counts: pure. */
final class EnrolmentDecisions {

    /** A code that was read out is used soon, or another is read out. */
    static final Duration CODE_LASTS = Duration.ofDays(3);

    /** Of 2^80 codes five guesses find none; the sixth needs another telephone call. */
    static final int MAX_TRIES = 5;

    /** From the witnessed entry until an authority's, an officer's or a supervisor's keys count: time to object. */
    static final Duration OBJECTION = Duration.ofHours(24);

    /** How long the keys that a rotation replaces still count, so that no answer is lost between two keys. */
    static final Duration OVERLAP = Duration.ofHours(24);

    private EnrolmentDecisions() {}

    /** What a claim with a code is worth. */
    enum Entry {
        TAKEN,
        /** The very same keys again: the answer was lost. */
        AGAIN,
        WRONG_CODE,
        /** The last wrong code that is let pass: from now on the right one is worth nothing either. */
        BURNS,
        /** Expired, burnt, or used for other keys. */
        CLOSED
    }

    /** @param sameKeys whether these are the keys that it was used for before */
    static Entry claim(EnrolmentRow row, Digest code, boolean sameKeys, Instant now) {
        boolean right = row.codeDigest().equals(Optional.of(code));
        boolean open = row.state() == EnrolmentState.INVITED && now.isBefore(row.expiresAt());
        if (right && sameKeys) {
            return Entry.AGAIN;
        }
        if (!open) {
            return Entry.CLOSED;
        }
        if (right) {
            return Entry.TAKEN;
        }
        return row.tries() + 1 >= MAX_TRIES ? Entry.BURNS : Entry.WRONG_CODE;
    }

    /**
     * Two officers could invent an authority, forge its order and approve it: whoever can order, approve or watch is
     * enrolled with the supervisor's signature. In a rotation the old key vouches for the person.
     */
    static boolean supervised(Kind kind, Role role) {
        return kind == Kind.INVITATION && role != Role.RESELLER;
    }

    /** A reseller's own rotation is signed by his old key and nobody else. */
    static boolean signedByOfficers(Kind kind, Role role) {
        return kind == Kind.INVITATION || role != Role.RESELLER;
    }

    /** Empty: at once. */
    static Optional<Duration> objection(Kind kind, Role role) {
        return supervised(kind, role) ? Optional.of(OBJECTION) : Optional.empty();
    }

    /** Which layers a claim must bring: nobody gets half a connection, and only a judge signs without one. */
    static boolean complete(Kind kind, Role role, List<EnrolmentClaim.Key> keys) {
        Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
        keys.forEach(key -> uses.add(key.use()));
        boolean all = uses.size() == KeyUse.values().length;
        boolean judge = role == Role.JUDGE && uses.equals(EnumSet.of(KeyUse.DOCUMENT));
        return kind == Kind.ROTATION || all || judge;
    }

    /** Whether each certificate has any validity left: a key is enrolled within its certificate's validity only. */
    static boolean valid(List<EnrolmentClaim.Key> keys, Instant now) {
        return keys.stream().map(EnrolmentClaim.Key::x509).allMatch(certificate -> {
            Instant ends = certificate.getNotAfter().toInstant();
            return now.isBefore(ends) && certificate.getNotBefore().toInstant().isBefore(ends);
        });
    }

    /** Whether a document key of theirs could sign anything that is taken for theirs: the others have no root of their own. */
    static boolean chained(Role role, Optional<AuthorityEntry> authority, List<EnrolmentClaim.Key> keys) {
        return switch (role) {
            case INVESTIGATOR, PROSECUTOR, JUDGE ->
                keys.stream()
                        .filter(key -> key.use() == KeyUse.DOCUMENT)
                        .allMatch(key -> authority
                                .filter(entry -> entry.leads(key.x509()))
                                .isPresent());
            case RESELLER, SUPERVISOR, OPERATOR, OFFICER, CO_APPROVER -> true;
        };
    }

    static ProblemException unchained() {
        return new ProblemException(
                Problem.DOCUMENT_REFUSED,
                DocumentFault.PATH_INVALID.code() + ": " + DocumentFault.PATH_INVALID.english());
    }

    /** A rotation changes keys and nothing else: whoever was enrolled with less than his role's usual scopes keeps less. */
    static List<Scope> scopes(Role role, Optional<EnrolledKey> vouching) {
        return vouching.map(EnrolledKey::scopes).orElseGet(() -> scopes(role));
    }

    static List<Scope> scopes(Role role) {
        return switch (role) {
            case RESELLER -> List.of(Scope.REGISTRATIONS);
            case INVESTIGATOR, PROSECUTOR -> List.of(Scope.ORDERS, Scope.EVIDENCE, Scope.LOG);
            case JUDGE -> List.of(Scope.WITHDRAWALS, Scope.LOG);
            case SUPERVISOR -> List.of(Scope.LOG);
            case OPERATOR -> List.of(Scope.DELETIONS);
            case OFFICER -> List.of(Scope.APPROVALS, Scope.EVIDENCE, Scope.LOG);
            case CO_APPROVER -> List.of(Scope.CO_APPROVALS);
        };
    }
}
