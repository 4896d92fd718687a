// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.Hoster;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.ResellerEntry;

/**
 * Who may speak, and with which key. Every question is answered from the database: a revocation is in force on the next
 * request, on every replica.
 */
public final class Parties {

    private final PartyTable parties;
    private final KeyTable keys;
    private final InstantSource clock;

    Parties(PartyTable parties, KeyTable keys, InstantSource clock) {
        this.parties = parties;
        this.keys = keys;
        this.clock = clock;
    }

    /** The hoster of the signed list; empty before the bootstrap. */
    public Optional<Hoster> hoster() {
        return parties.hoster();
    }

    /** The holder of this connection key, when it may be used now. */
    public Optional<EnrolledKey> tlsKey(Digest keyId) {
        return active(keyId, KeyUse.TLS);
    }

    /** The holder of this message key, when it may be used now. */
    public Optional<EnrolledKey> messageKey(Digest keyId) {
        return active(keyId, KeyUse.MESSAGE);
    }

    /** The holder of this document key, when it may be used now. */
    public Optional<EnrolledKey> documentKey(Digest keyId) {
        return active(keyId, KeyUse.DOCUMENT);
    }

    /** The holder of this document key, when it could be used at that instant as far as is known now. */
    public Optional<EnrolledKey> documentKey(Digest keyId, Instant at) {
        return keys.find(keyId, KeyUse.DOCUMENT).filter(key -> key.activeAt(at));
    }

    /** The holder of this document key whatever its status: for those who judge it as of a time of their own. */
    public Optional<EnrolledKey> anyDocumentKey(Digest keyId) {
        return keys.find(keyId, KeyUse.DOCUMENT);
    }

    /** The same in the protocol's words, for its checks. */
    public Optional<EnrolledSigner> signer(Digest keyId) {
        return anyDocumentKey(keyId)
                .map(key -> new EnrolledSigner(
                        key.party().value(),
                        key.person(),
                        key.role().name(),
                        key.keyId(),
                        key.from(),
                        key.until(),
                        key.revokedAt()));
    }

    /** Every key ever enrolled, with its status. */
    public List<EnrolledKey> allKeys() {
        return keys.all();
    }

    public Optional<ResellerEntry> reseller(PartyId id) {
        return parties.reseller(id);
    }

    public List<ResellerEntry> resellers() {
        return parties.resellers();
    }

    /** Units, persons, case teams with recipient certificates, recovery certificate, roots with CRL locations. */
    public Optional<AuthorityEntry> authority(PartyId id) {
        return parties.authority(id);
    }

    /** The same as it was registered at that time, whatever came since. */
    public Optional<AuthorityEntry> authority(PartyId id, Instant at) {
        return parties.authority(id, at);
    }

    public List<AuthorityEntry> authorities() {
        return parties.authorities();
    }

    private Optional<EnrolledKey> active(Digest keyId, KeyUse use) {
        return keys.find(keyId, use).filter(key -> key.activeAt(clock.instant()));
    }
}
