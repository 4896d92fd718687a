// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.CaseTeam;
import org.sparekey.protocol.party.Hoster;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Officer;
import org.sparekey.protocol.party.PartyList;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.party.PersonRole;
import org.sparekey.protocol.party.ResellerEntry;
import org.sparekey.protocol.party.Scope;
import org.sparekey.protocol.party.SignedPartyList;
import org.sparekey.protocol.party.TrustRoot;
import org.sparekey.testkit.pki.TestCa;

/** Puts the cast on a signed list. */
final class PartyLists {

    static final String LEGAL_ENTITY = "Voorbeeld Hosting B.V.";

    private PartyLists() {}

    static SignedPartyList signed(Cast cast, List<Actor> crowd, Site site, Instant now, SecureRandom random) {
        List<SigningKey> signers = List.of(
                cast.officer1().document(),
                cast.officer2().document(),
                cast.supervisor().document());
        return SignedPartyList.sign(list(cast, crowd, site, now, random), now, signers);
    }

    private static PartyList list(Cast cast, List<Actor> crowd, Site site, Instant now, SecureRandom random) {
        byte[] salt = new byte[PartyList.SALT_BYTES];
        random.nextBytes(salt);
        return new PartyList(
                PartyList.VERSION,
                PartyList.TYPE,
                now.truncatedTo(ChronoUnit.MILLIS),
                new Hoster(LEGAL_ENTITY, site.gatewayOrigin(), site.publicHost()),
                cast.officers().stream().map(PartyLists::officer).toList(),
                officer(cast.supervisor()),
                List.of(authority(cast), court(cast), elsewhere(cast)),
                resellers(cast, crowd),
                Bytes.of(salt));
    }

    private static Officer officer(Actor actor) {
        return new Officer(actor.person(), actor.enrolments());
    }

    private static AuthorityEntry authority(Cast cast) {
        List<Scope> orders = List.of(Scope.ORDERS, Scope.EVIDENCE, Scope.LOG);
        return new AuthorityEntry(
                Cast.AUTHORITY,
                "Politie Voorbeeld",
                "NL",
                List.of("cybercrime"),
                List.of(root(cast.policeCa())),
                List.of(
                        person(cast.investigator(), PersonRole.INVESTIGATOR, "opsporingsambtenaar", orders),
                        person(cast.prosecutor(), PersonRole.PROSECUTOR, "officier van justitie", orders)),
                List.of(CaseTeam.of(Cast.CASE_TEAM, List.of(cast.caseTeam().certificate()))),
                certificate(cast.recovery()),
                "+31 00 000 00 01");
    }

    /** It authorises and orders nothing itself: no case team. */
    private static AuthorityEntry court(Cast cast) {
        return new AuthorityEntry(
                Cast.COURT,
                "Rechtbank Voorbeeld",
                "NL",
                List.of("strafrecht"),
                List.of(root(cast.courtCa())),
                List.of(person(
                        cast.judge(), PersonRole.JUDGE, "rechter-commissaris", List.of(Scope.WITHDRAWALS, Scope.LOG))),
                List.of(),
                certificate(cast.recovery()),
                "+31 00 000 00 03");
    }

    private static AuthorityEntry elsewhere(Cast cast) {
        List<Scope> orders = List.of(Scope.ORDERS, Scope.EVIDENCE, Scope.LOG);
        return new AuthorityEntry(
                Cast.OTHER_AUTHORITY,
                "Politie Elders",
                "NL",
                List.of("recherche"),
                List.of(root(cast.elsewhereCa())),
                List.of(
                        person(cast.stranger(), PersonRole.INVESTIGATOR, "opsporingsambtenaar", orders),
                        person(cast.lapsed(), PersonRole.INVESTIGATOR, "opsporingsambtenaar", orders),
                        person(cast.dismissed(), PersonRole.INVESTIGATOR, "opsporingsambtenaar", orders)),
                List.of(),
                certificate(cast.recovery()),
                "+31 00 000 00 02");
    }

    private static Person person(Actor actor, PersonRole role, String capacity, List<Scope> scopes) {
        return new Person(actor.person(), role, capacity, scopes, actor.enrolments());
    }

    private static List<ResellerEntry> resellers(Cast cast, List<Actor> crowd) {
        return Stream.concat(
                        Stream.of(reseller(cast.reseller(), true), reseller(cast.otherReseller(), false)),
                        crowd.stream().map(actor -> reseller(actor, false)))
                .toList();
    }

    private static ResellerEntry reseller(Actor actor, boolean overseas) {
        return new ResellerEntry(
                actor.party(),
                overseas ? "Palmstrand VPS Ltd" : "Duinrand Cloud B.V.",
                overseas ? "SC" : "NL",
                overseas ? "TEST-SC-0001" : "TEST-NL-0002",
                overseas ? "Victoria, Mahé" : "Zandvoort",
                overseas ? Optional.of("Palmstrand EU Representative, Utrecht") : Optional.empty(),
                List.of("tel:+31000000003", "mailto:noc@" + actor.party() + ".invalid"),
                actor.enrolments());
    }

    private static TrustRoot root(TestCa ca) {
        return TrustRoot.of(ca.certificate(), ca.crlLocation());
    }

    private static Bytes certificate(SigningKey key) {
        return KeyEnrolment.of(KeyUse.DOCUMENT, key.certificate()).certificate();
    }
}
