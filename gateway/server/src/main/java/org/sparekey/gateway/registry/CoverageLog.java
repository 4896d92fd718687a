// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.CoverageCertificate;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/**
 * Signs a day and enters it, and enters each rung of a ladder. What is readable for ever says no more than a day: how
 * large a reseller is and how well he keeps his registry is in the payload, which the log only commits to.
 */
final class CoverageLog {

    static final String SIGNED = "coverage.signed";
    static final String DROPPED = "coverage.dropped";
    static final String NOTICE = "coverage.notice";

    private final AuditLog log;
    private final Keys keys;
    private final SecureRandom random;

    CoverageLog(AuditLog log, Keys keys, SecureRandom random) {
        this.log = log;
        this.keys = keys;
        this.random = random;
    }

    /** A certificate and the leaf of its entry. */
    record Entered(String certificate, Digest leafHash) {}

    Entered sign(CoverageTable.Day day, Instant now) {
        CoverageCertificate certificate = new CoverageCertificate(
                CoverageCertificate.VERSION,
                CoverageCertificate.TYPE,
                day.reseller().value(),
                day.day().toString(),
                day.until(),
                day.assets(),
                day.addresses(),
                day.seconds(),
                day.counts(),
                day.onward(),
                day.complete(),
                salt());
        SignedDocument signed =
                SignedDocument.sign(CoverageCertificate.TYPE, Wire.write(certificate), keys.statement(), now);
        Digest leaf = append(LogName.REGISTRY, SIGNED, Map.of("day", day.day().toString()), Registrar.compact(signed));
        return new Entered(signed.compact(), leaf);
    }

    /** In {@code case}, where alarms are looked for. */
    void dropped(CoverageTable.Day day, Digest certificateLeaf) {
        append(
                LogName.CASE,
                DROPPED,
                Map.of("day", day.day().toString()),
                Wire.write(new Drop(1, DROPPED, day.reseller().value(), certificateLeaf, salt())));
    }

    private record Drop(int v, String type, String reseller, Digest certificate, Bytes salt) {}

    private record NoticeStatement(int v, String type, String reseller, CoverageNotice notice, Bytes salt) {}

    Digest notice(PartyId reseller, CoverageNotice notice) {
        return append(
                LogName.REGISTRY,
                NOTICE,
                Map.of(),
                Wire.write(new NoticeStatement(1, NOTICE, reseller.value(), notice, salt())));
    }

    private Digest append(LogName name, String type, Map<String, String> clear, byte[] payload) {
        return log.append(new Statement(name, type, Actor.GATEWAY, Optional.empty(), Optional.empty(), clear, payload))
                .leafHash();
    }

    private Bytes salt() {
        byte[] salt = new byte[CoverageCertificate.SALT_BYTES];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }
}
