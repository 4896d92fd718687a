// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys and their revocations: two tables to which rows are only added. */
final class KeyTable {

    private final JdbcClient jdbc;

    KeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(PartyId party, String person, Role role, List<Scope> scopes, KeyEnrolment key) {
        jdbc.sql("""
            INSERT INTO parties_key
                (key_id, key_use, party, person, role, scopes, certificate, valid_from, valid_until)
            VALUES (:keyId, :use, :party, :person, :role, :scopes, :certificate, :from, :until)
            """)
                .param("keyId", key.keyId().array())
                .param("use", key.use().name())
                .param("party", party.value())
                .param("person", person)
                .param("role", role.name())
                .param("scopes", scopes.stream().map(Scope::name).collect(Collectors.joining(",")))
                .param("certificate", key.certificate().array())
                .param("from", Timestamp.from(key.from()))
                .param("until", Timestamp.from(key.until()))
                .update();
    }

    /** The key whatever its status; {@link EnrolledKey#activeAt} judges it. */
    Optional<EnrolledKey> find(Digest keyId, KeyUse use) {
        return jdbc.sql("""
            SELECT k.key_id, k.key_use, k.party, k.person, k.role, k.scopes, k.certificate,
                   k.valid_from, k.valid_until, r.revoked_at
            FROM parties_key k LEFT JOIN parties_revocation r ON r.key_id = k.key_id
            WHERE k.key_id = :keyId AND k.key_use = :use
            """)
                .param("keyId", keyId.array())
                .param("use", use.name())
                .query(KeyTable::key)
                .optional();
    }

    /** Whether the key was ever enrolled, for whatever use. */
    boolean known(Digest keyId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM parties_key WHERE key_id = :keyId)")
                .param("keyId", keyId.array())
                .query(Boolean.class)
                .single();
    }

    /** A document key as the checks of protocol read it, whatever its status. */
    Optional<EnrolledSigner> signer(Digest keyId) {
        return find(keyId, KeyUse.DOCUMENT).map(EnrolledKey::signer);
    }

    Optional<EnrolledKey> anyUse(Digest keyId) {
        return Arrays.stream(KeyUse.values())
                .map(use -> find(keyId, use))
                .flatMap(Optional::stream)
                .findFirst();
    }

    List<EnrolledKey> of(PartyId party, String person) {
        return all().stream()
                .filter(key -> key.party().equals(party) && key.person().equals(person))
                .toList();
    }

    List<EnrolledKey> all() {
        return jdbc.sql("""
            SELECT k.key_id, k.key_use, k.party, k.person, k.role, k.scopes, k.certificate,
                   k.valid_from, k.valid_until, r.revoked_at
            FROM parties_key k LEFT JOIN parties_revocation r ON r.key_id = k.key_id
            ORDER BY k.party, k.person, k.key_use, k.valid_from
            """).query(KeyTable::key).list();
    }

    /** False when it was revoked before: the first instant stands. */
    boolean revoke(Digest keyId, Instant at) {
        return jdbc.sql("""
            INSERT INTO parties_revocation (key_id, revoked_at) VALUES (:keyId, :at)
            ON CONFLICT (key_id) DO NOTHING
            """)
                        .param("keyId", keyId.array())
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    private static EnrolledKey key(ResultSet row, int number) throws SQLException {
        String scopes = row.getString("scopes");
        return new EnrolledKey(
                Digest.of(row.getBytes("key_id")),
                KeyUse.valueOf(row.getString("key_use")),
                new PartyId(row.getString("party")),
                row.getString("person"),
                Role.valueOf(row.getString("role")),
                scopes.isEmpty()
                        ? List.of()
                        : Arrays.stream(scopes.split(",")).map(Scope::valueOf).toList(),
                certificate(row.getBytes("certificate")),
                row.getTimestamp("valid_from").toInstant(),
                row.getTimestamp("valid_until").toInstant(),
                Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant));
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was enrolled cannot be read", e);
        }
    }
}
