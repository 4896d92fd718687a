// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.Hoster;
import org.sparekey.protocol.party.ResellerEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parties as their wire records' canonical bytes, over time; rows are only added. */
final class PartyTable {

    private final JdbcClient jdbc;

    PartyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the gateway was bootstrapped before. */
    boolean bootstrap(Digest listDigest, Hoster hoster, Instant at, Digest leaf) {
        return jdbc.sql("""
                INSERT INTO parties_bootstrap (list_digest, hoster, recorded_at, leaf_hash)
                VALUES (:digest, :hoster, :at, :leaf)
                ON CONFLICT (only_one) DO NOTHING
                """)
                        .param("digest", listDigest.array())
                        .param("hoster", Wire.write(hoster))
                        .param("at", Timestamp.from(at))
                        .param("leaf", leaf.array())
                        .update()
                == 1;
    }

    Optional<Hoster> hoster() {
        return jdbc.sql("SELECT hoster FROM parties_bootstrap")
                .query(byte[].class)
                .optional()
                .map(bytes -> read(bytes, Hoster.class));
    }

    void insert(ResellerEntry reseller, Instant from) {
        insert(reseller.id(), "RESELLER", Wire.write(reseller), from);
    }

    void insert(AuthorityEntry authority, Instant from) {
        insert(authority.id(), "AUTHORITY", Wire.write(authority), from);
    }

    Optional<ResellerEntry> reseller(PartyId id) {
        return newest(id, "RESELLER").map(bytes -> read(bytes, ResellerEntry.class));
    }

    Optional<AuthorityEntry> authority(PartyId id) {
        return newest(id, "AUTHORITY").map(bytes -> read(bytes, AuthorityEntry.class));
    }

    Optional<AuthorityEntry> authority(PartyId id, Instant at) {
        return jdbc.sql("""
                SELECT entry FROM parties_party WHERE party = :party AND kind = 'AUTHORITY' AND valid_from <= :at
                ORDER BY valid_from DESC LIMIT 1
                """)
                .param("party", id.value())
                .param("at", Timestamp.from(at))
                .query(byte[].class)
                .optional()
                .map(bytes -> read(bytes, AuthorityEntry.class));
    }

    List<ResellerEntry> resellers() {
        return all("RESELLER").stream()
                .map(bytes -> read(bytes, ResellerEntry.class))
                .toList();
    }

    List<AuthorityEntry> authorities() {
        return all("AUTHORITY").stream()
                .map(bytes -> read(bytes, AuthorityEntry.class))
                .toList();
    }

    private void insert(String id, String kind, byte[] entry, Instant from) {
        jdbc.sql("""
                INSERT INTO parties_party (party, kind, entry, valid_from) VALUES (:party, :kind, :entry, :from)
                """)
                .param("party", id)
                .param("kind", kind)
                .param("entry", entry)
                .param("from", Timestamp.from(from))
                .update();
    }

    private Optional<byte[]> newest(PartyId id, String kind) {
        return jdbc.sql("""
                SELECT entry FROM parties_party WHERE party = :party AND kind = :kind
                ORDER BY valid_from DESC LIMIT 1
                """)
                .param("party", id.value())
                .param("kind", kind)
                .query(byte[].class)
                .optional();
    }

    private List<byte[]> all(String kind) {
        return jdbc.sql("""
                SELECT DISTINCT ON (party) entry FROM parties_party WHERE kind = :kind
                ORDER BY party, valid_from DESC
                """).param("kind", kind).query(byte[].class).list();
    }

    private static <T> T read(byte[] entry, Class<T> type) {
        try {
            return Wire.read(entry, type);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored party cannot be read", e);
        }
    }
}
