// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Guarantees;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.Hoster;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.TrustRoot;
import org.sparekey.protocol.witness.WitnessPolicy;

/** The gateway's own word on its keys, in the form of a trust file: for reading, never for trusting. */
final class ClaimedTrust {

    private final Parties parties;
    private final Keys keys;
    private final AuditLog log;
    private final List<Bytes> timeRoots;

    ClaimedTrust(Parties parties, Keys keys, AuditLog log, List<Bytes> timeRoots) {
        this.parties = parties;
        this.keys = keys;
        this.log = log;
        this.timeRoots = List.copyOf(timeRoots);
    }

    /**
     * Names the order's own authorities only, and of outside co-approvers those who spoke: who else there is here is nobody's
     * business.
     *
     * @param speakers key ids of who signed something in the case
     */
    TrustFile about(List<String> authorities, Set<Digest> speakers) {
        Hoster hoster = parties.hoster().orElseThrow();
        return new TrustFile(
                TrustFile.VERSION,
                TrustFile.TYPE,
                hoster.legalEntity(),
                hoster.gatewayOrigin(),
                logs(),
                witnesses(),
                policy(),
                authorities(authorities),
                documentKeys().stream()
                        .filter(key -> key.role() == Role.OFFICER)
                        .map(key -> new TrustFile.Officer(
                                key.person(), key.keyId(), key.from(), key.until(), key.revokedAt()))
                        .toList(),
                List.of(keys.manifest().keyId()),
                List.of(keys.statement().keyId()),
                timeRoots,
                Optional.empty(),
                Optional.of(coApprovers(speakers)).filter(spoke -> !spoke.isEmpty()));
    }

    private List<TrustFile.CoApprover> coApprovers(Set<Digest> speakers) {
        return documentKeys().stream()
                .filter(key -> key.role() == Role.CO_APPROVER && speakers.contains(key.keyId()))
                .map(key -> new TrustFile.CoApprover(
                        key.party().value(), key.person(), key.keyId(), key.from(), key.until(), key.revokedAt()))
                .toList();
    }

    /** The policy of the case log, whose entries a bundle holds. */
    private String policy() {
        Guarantees guarantees = log.guarantees(LogName.CASE);
        return guarantees.witnessed() ? guarantees.policy() + "\n" : TrustFile.POLICY_NONE;
    }

    private List<TrustFile.Witness> witnesses() {
        String policy = policy();
        if (policy.equals(TrustFile.POLICY_NONE)) {
            return List.of();
        }
        try {
            return WitnessPolicy.parse(policy).witnesses().stream()
                    .map(witness -> new TrustFile.Witness(
                            witness.key().name(), witness.key().vkey()))
                    .toList();
        } catch (MalformedException e) {
            throw new IllegalStateException("the configured witness policy cannot be read again", e);
        }
    }

    private List<TrustFile.Log> logs() {
        List<TrustFile.Log> logs = new ArrayList<>();
        for (LogName name : LogName.values()) {
            log.published(name).forEach(shard -> logs.add(new TrustFile.Log(shard.origin(), shard.vkey())));
        }
        return logs;
    }

    private List<TrustFile.Authority> authorities(List<String> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> PartyId.named(id).stream())
                .flatMap(id -> parties.authority(id).stream())
                .map(this::authority)
                .toList();
    }

    private TrustFile.Authority authority(AuthorityEntry authority) {
        return new TrustFile.Authority(
                authority.id(),
                authority.roots().stream().map(TrustRoot::certificate).toList(),
                documentKeys().stream()
                        .filter(key -> key.party().value().equals(authority.id()))
                        .map(key -> new TrustFile.Person(
                                key.person(), key.role().name(), key.keyId(), key.from(), key.until(), key.revokedAt()))
                        .toList());
    }

    private List<EnrolledKey> documentKeys() {
        return parties.allKeys().stream()
                .filter(key -> key.use() == KeyUse.DOCUMENT)
                .toList();
    }
}
