// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.cert.X509Certificate;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * An authority that may order or, being a court, authorise orders. A court is a party of its own: where one person is a
 * judge all are, and nobody else's root makes a judge.
 *
 * @param units the authority's units whose orders are accepted
 * @param roots where its persons' document certificates chain to; they vouch for nobody of another party
 * @param recovery encryption certificate, DER, that every evidence is sealed to beside the case team's
 * @param callbackNumber the number that proof 4 calls, taken from here and never from an order
 */
public record AuthorityEntry(
        String id,
        String name,
        String country,
        List<String> units,
        List<TrustRoot> roots,
        List<Person> persons,
        List<CaseTeam> caseTeams,
        Bytes recovery,
        String callbackNumber) {

    public AuthorityEntry {
        Name.id(id);
        Name.texts(name, callbackNumber);
        Name.country(country);
        units = List.copyOf(units);
        roots = List.copyOf(roots);
        persons = List.copyOf(persons);
        caseTeams = List.copyOf(caseTeams);
        if (roots.isEmpty() || persons.isEmpty()) {
            throw new IllegalArgumentException("an authority has a root and a person");
        }
        if (persons.stream()
                        .map(person -> person.role() == PersonRole.JUDGE)
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("a court has judges only, and only a court has judges");
        }
        Name.distinct(persons.stream().map(Person::number).toList(), "a person's number is used once");
        Name.distinct(caseTeams.stream().map(CaseTeam::id).toList(), "a case team's id is used once");
        Certificates.parse(recovery);
    }

    /**
     * Whether every authority of certificates here leads to a root among them, and every person's document certificate too:
     * who does not could sign nothing that is taken for his. Asked of whoever comes in, not of who is in the register.
     */
    public boolean chained() {
        return roots.stream().allMatch(root -> leads(roots, root.x509()))
                && persons.stream()
                        .flatMap(person -> person.keys().stream())
                        .filter(key -> key.use() == KeyUse.DOCUMENT)
                        .allMatch(key -> leads(roots, key.x509()));
    }

    private static boolean leads(List<TrustRoot> roots, X509Certificate certificate) {
        return org.sparekey.protocol.document.Certificates.leads(
                certificate, roots.stream().map(TrustRoot::x509).toList());
    }

    /** Whether a person of this authority could sign with it: it leads to a root that is enrolled here. */
    public boolean leads(X509Certificate documentCertificate) {
        return leads(roots, documentCertificate);
    }

    /** Whether its persons are judges, who authorise and do not order. */
    public boolean court() {
        return persons.get(0).role() == PersonRole.JUDGE;
    }

    public X509Certificate recoveryX509() {
        return Certificates.parse(recovery);
    }
}
