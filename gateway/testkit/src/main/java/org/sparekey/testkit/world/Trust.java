// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.PartyList;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/** The trust file of a world, written from its own knowledge and not from what its gateway says. */
final class Trust {

    private Trust() {}

    static TrustFile of(World world, Instant now) {
        return of(world, now, WitnessPolicy.NONE);
    }

    static TrustFile of(World world, Instant now, WitnessPolicy policy) {
        PartyList list = world.parties().list();
        return new TrustFile(
                TrustFile.VERSION,
                TrustFile.TYPE,
                list.hoster().legalEntity(),
                list.hoster().gatewayOrigin(),
                logs(world, now),
                policy.witnesses().stream()
                        .map(witness -> new TrustFile.Witness(
                                witness.name(), witness.key().vkey()))
                        .toList(),
                policy.witnesses().isEmpty() ? TrustFile.POLICY_NONE : policy.text(),
                list.authorities().stream().map(Trust::authority).toList(),
                list.officers().stream()
                        .map(officer -> officer(officer.number(), officer.documentKey()))
                        .toList(),
                List.of(world.gatewayManifest().keyId()),
                List.of(world.gatewayStatement().keyId()),
                List.of(certificate(world.cast().timeCa().certificate())),
                Optional.empty());
    }

    static List<TrustFile.Log> logs(World world, Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        return Stream.of("registry", "case")
                .map(log -> {
                    String origin = world.site().publicHost() + "/log/" + log + "/" + year;
                    return new TrustFile.Log(origin, new NoteKey(origin, raw(world.gatewayLog(log))).vkey());
                })
                .toList();
    }

    private static TrustFile.Authority authority(AuthorityEntry authority) {
        List<Bytes> roots =
                authority.roots().stream().map(root -> root.certificate()).toList();
        List<TrustFile.Person> persons = authority.persons().stream()
                .flatMap(person -> person.keys().stream()
                        .filter(key -> key.use() == KeyUse.DOCUMENT)
                        .map(key -> new TrustFile.Person(
                                person.number(),
                                person.role().name(),
                                key.keyId(),
                                key.from(),
                                key.until(),
                                Optional.empty())))
                .toList();
        return new TrustFile.Authority(authority.id(), roots, persons);
    }

    private static TrustFile.Officer officer(String number, KeyEnrolment key) {
        return new TrustFile.Officer(number, key.keyId(), key.from(), key.until(), Optional.empty());
    }

    private static Bytes certificate(X509Certificate certificate) {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that cannot be encoded", e);
        }
    }

    /** The 32 bytes of an Ed25519 key (RFC 8410). */
    private static Bytes raw(SigningKey key) {
        return Bytes.of(SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())
                .getPublicKeyData()
                .getOctets());
    }
}
