// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.document.SmallPki;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** Parties that no list may hold: without a root, with a judge among investigators, under two names with one key. */
class PartyFormsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final String LONGEST = "x".repeat(200);
    private static final SmallPki PKI = SmallPki.root("Politie Voorbeeld");
    private static final SmallPki ELSEWHERE = SmallPki.root("Elders");
    private static final TrustRoot ROOT =
            TrustRoot.of(PKI.certificate(), URI.create("http://crl.politie.example/root.crl"));
    private static final Person PROSECUTOR = person("p-1", PersonRole.PROSECUTOR, PKI.issue("P-1"));
    private static final AuthorityEntry AUTHORITY = new AuthorityEntry(
            "politie-voorbeeld",
            "Politie Voorbeeld",
            "NL",
            List.of("unit-1"),
            List.of(ROOT),
            List.of(PROSECUTOR),
            List.of(CaseTeam.of("team-1", List.of(TestKeys.rsa(3072).certificate()))),
            Certificates.bytes(TestKeys.rsa(3072).certificate()),
            "+31 70 000 0000");
    private static final ResellerEntry RESELLER = new ResellerEntry(
            "reseller-a",
            "Voorbeeld VPS Ltd",
            "SC",
            "000-TEST",
            "Victoria",
            Optional.of("Voorbeeld EU Rep B.V."),
            List.of("+31 00 000 0000"),
            List.of(key(KeyUse.MESSAGE, TestKeys.p256())));

    @Test
    void an_authority_has_a_root_a_person_and_each_number_once() {
        Person second = person("p-2", PersonRole.INVESTIGATOR, PKI.issue("P-2"));
        CaseTeam team = AUTHORITY.caseTeams().get(0);

        refuses(AUTHORITY, "/roots", List.of());
        refuses(AUTHORITY, "/persons", List.of());
        takes(AUTHORITY, "/persons", List.of(PROSECUTOR, second));
        refuses(AUTHORITY, "/persons", List.of(PROSECUTOR, PROSECUTOR));
        takes(AUTHORITY, "/caseTeams", List.of(team, new CaseTeam("team-2", team.recipients())));
        refuses(AUTHORITY, "/caseTeams", List.of(team, team));
        refuses(AUTHORITY, "/recovery", Bytes.of(new byte[] {1}));
        refuses(AUTHORITY, "/id", "Politie");
        refuses(AUTHORITY, "/id", "x".repeat(64));
        takes(AUTHORITY, "/id", "x".repeat(63));
        refuses(AUTHORITY, "/country", "nl");
        refuses(AUTHORITY, "/name", " ");
        takes(AUTHORITY, "/name", LONGEST);
        refuses(AUTHORITY, "/name", LONGEST + "x");
        refuses(AUTHORITY, "/callbackNumber", "");
    }

    @Test
    void where_one_person_is_a_judge_all_are() {
        Person judge = person("r-1", PersonRole.JUDGE, PKI.issue("R-1"));

        refuses(AUTHORITY, "/persons", List.of(PROSECUTOR, judge));
        takes(AUTHORITY, "/persons", List.of(judge, person("r-2", PersonRole.JUDGE, PKI.issue("R-2"))));
        assertThat(AUTHORITY.court()).isFalse();
        assertThat(authority(List.of(ROOT), judge).court()).isTrue();
    }

    @Test
    void a_person_whose_key_leads_nowhere_could_sign_nothing() {
        SigningKey stray = ELSEWHERE.issue("P-3");
        SmallPki between = PKI.below("Uitgifte");
        TrustRoot below = TrustRoot.of(between.certificate(), URI.create("http://crl.politie.example/b.crl"));
        Person his = person("p-4", PersonRole.PROSECUTOR, between.issue("P-4"));

        assertThat(AUTHORITY.chained()).isTrue();
        assertThat(authority(List.of(ROOT), person("p-3", PersonRole.PROSECUTOR, stray))
                        .chained())
                .isFalse();
        assertThat(authority(List.of(ROOT, below), his).chained()).isTrue();
        assertThat(authority(List.of(ROOT), his).chained()).isFalse();
        assertThat(authority(List.of(below), his).chained()).isFalse();
        TrustRoot stranded = TrustRoot.of(
                ELSEWHERE.below("Uitgifte elders").certificate(), URI.create("http://crl.elders.example/b.crl"));
        assertThat(authority(List.of(ROOT, stranded), PROSECUTOR).chained()).isFalse();
        assertThat(authority(List.of(ROOT), connecting(stray)).chained()).isTrue();
        assertThat(AUTHORITY.leads(PKI.issue("P-5").certificate())).isTrue();
        assertThat(AUTHORITY.leads(stray.certificate())).isFalse();
        assertThat(Certificates.bytes(AUTHORITY.recoveryX509())).isEqualTo(AUTHORITY.recovery());
    }

    @Test
    void a_team_has_recipients_and_not_endlessly_many() {
        CaseTeam team = AUTHORITY.caseTeams().get(0);
        Bytes one = team.recipients().get(0);

        refuses(team, "/recipients", List.of());
        takes(team, "/recipients", Collections.nCopies(CaseTeam.MAX_RECIPIENTS, one));
        refuses(team, "/recipients", Collections.nCopies(CaseTeam.MAX_RECIPIENTS + 1, one));
        refuses(team, "/recipients", List.of(Bytes.of(new byte[] {1})));
        refuses(team, "/id", "");
        assertThat(team.x509()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://crl.example/a.crl", "https://crl.example/a.crl", "file:///etc/a.crl"})
    void a_list_is_read_from_the_web_or_a_file(String crl) {
        takes(ROOT, "/crl", crl);
    }

    @Test
    void a_root_is_a_ca_and_a_responder_is_asked_on_the_web() {
        refuses(ROOT, "/crl", "ldap://crl.example/a");
        refuses(ROOT, "/crl", "a.crl");
        takes(ROOT, "/ocsp", "http://ocsp.example");
        takes(ROOT, "/ocsp", "https://ocsp.example");
        refuses(ROOT, "/ocsp", "file:///etc/ocsp");
        refuses(ROOT, "/certificate", Certificates.bytes(PKI.issue("P-6").certificate()));
        assertThat(TrustRoot.of(PKI.certificate(), URI.create("file:///a"), URI.create("http://ocsp.example"))
                        .ocsp())
                .contains("http://ocsp.example");
        assertThat(ROOT.x509()).isEqualTo(PKI.certificate());
    }

    @Test
    void an_officer_signs_with_a_document_key_and_has_one_key_for_each_use() {
        SigningKey own = TestKeys.p256();
        Officer officer = new Officer("o-1", List.of(key(KeyUse.MESSAGE, own), key(KeyUse.DOCUMENT, TestKeys.p256())));

        assertThat(officer.documentKey().use()).isEqualTo(KeyUse.DOCUMENT);
        refuses(officer, "/keys", List.of());
        refuses(officer, "/keys", List.of(key(KeyUse.MESSAGE, own)));
        refuses(officer, "/keys", List.of(key(KeyUse.DOCUMENT, own), key(KeyUse.DOCUMENT, TestKeys.p256())));
        refuses(officer, "/number", "O 1");
    }

    @Test
    void a_person_has_a_capacity_a_key_and_each_scope_once() {
        refuses(PROSECUTOR, "/keys", List.of());
        refuses(PROSECUTOR, "/capacity", " ");
        refuses(PROSECUTOR, "/number", "");
        takes(PROSECUTOR, "/scopes", List.of(Scope.ORDERS, Scope.LOG));
        refuses(PROSECUTOR, "/scopes", List.of(Scope.ORDERS, Scope.ORDERS));
    }

    @Test
    void a_reseller_is_somewhere_and_is_reached_day_and_night() {
        takes(RESELLER, "/euRepresentative", Optional.empty());
        refuses(RESELLER, "/euRepresentative", " ");
        refuses(RESELLER, "/contacts", List.of());
        refuses(RESELLER, "/contacts", List.of(""));
        refuses(RESELLER, "/country", "SCX");
        refuses(RESELLER, "/seat", "");
        refuses(RESELLER, "/keys", List.of());
        refuses(RESELLER, "/id", "_");
    }

    @Test
    void a_gateway_is_named_by_its_origin_and_nothing_more() {
        Hoster hoster = new Hoster("Voorbeeldhost B.V.", "https://api.hoster.example:8443", "log.hoster.example");

        takes(hoster, "/gatewayOrigin", "https://api.hoster.example");
        for (String other : List.of(
                "http://api.hoster.example",
                "https://api.hoster.example/",
                "https://api.hoster.example?x",
                "https:api.hoster.example",
                "//api.hoster.example")) {
            refuses(hoster, "/gatewayOrigin", other);
        }
        refuses(hoster, "/publicHost", "Log.hoster.example");
        refuses(hoster, "/legalEntity", " ");
    }

    @Test
    void an_invitation_of_a_person_brings_no_resellers_entry() {
        Invitation.ResellerFacts facts = new Invitation.ResellerFacts(
                "Voorbeeld VPS Ltd", "SC", "000-TEST", "Victoria", Optional.empty(), List.of("+31 00 000 0000"));
        Invitation invitation =
                new Invitation(1, Invitation.TYPE, "reseller-a", "agent", "RESELLER", Optional.of(facts));

        takes(invitation, "/reseller", Optional.empty(), "/role", "OFFICER");
        refuses(invitation, "/role", "OFFICER");
        refuses(invitation, "/v", 2);
        refuses(invitation, "/type", "another");
        refuses(invitation, "/party", "A");
        refuses(invitation, "/person", "A");
        refuses(facts, "/legalName", "");
        refuses(facts, "/country", "seychelles");
        assertThat(facts.entry("reseller-a", RESELLER.keys()).id()).isEqualTo("reseller-a");
    }

    @Test
    void a_list_of_authorities_names_each_and_each_key_once() {
        AuthorityList list = new AuthorityList(1, AuthorityList.TYPE, AT, List.of(AUTHORITY), Bytes.of(new byte[32]));
        AuthorityEntry second =
                entry("om-voorbeeld", List.of(ROOT), person("p-9", PersonRole.PROSECUTOR, PKI.issue("P-9")));

        takes(list, "/authorities", List.of(AUTHORITY, second));
        refuses(list, "/authorities", List.of(AUTHORITY, AUTHORITY));
        refuses(
                list,
                "/authorities",
                List.of(AUTHORITY, authority(List.of(ROOT), second.persons().get(0))));
        refuses(list, "/authorities", List.of(AUTHORITY, entry("om-voorbeeld", List.of(ROOT), PROSECUTOR)));
        refuses(list, "/authorities", List.of());
        refuses(list, "/v", 2);
        refuses(list, "/type", "party-list");
        refuses(list, "/salt", Bytes.of(new byte[31]));
    }

    @Test
    void a_party_list_has_two_officers_and_names_nobody_twice() {
        PartyList list = list();
        Officer third = new Officer("o-3", List.of(key(KeyUse.DOCUMENT, TestKeys.p256())));

        refuses(list, "/v", 2);
        refuses(list, "/type", "authority-list");
        refuses(list, "/salt", Bytes.of(new byte[31]));
        refuses(list, "/officers", List.of(third));
        refuses(
                list,
                "/officers",
                List.of(list.officers().get(0), list.officers().get(1), third));
        refuses(list, "/officers", List.of(third, list.supervisor()));
        refuses(list, "/resellers", List.of(RESELLER, RESELLER));
        refuses(list, "/authorities", List.of(entry("reseller-a", List.of(ROOT), PROSECUTOR)));
        takes(list, "/authorities", List.of(AUTHORITY));
        refuses(list, "/supervisor/keys", list.officers().get(0).keys());
        refuses(list, "/authorities", List.of(AUTHORITY, entry("om-voorbeeld", List.of(ROOT), PROSECUTOR)));
    }

    @Test
    void a_party_list_is_signed_under_its_own_name_in_its_one_spelling() {
        SigningKey one = TestKeys.p256();
        byte[] signed = SignedPartyList.sign(list(), AT, List.of(one)).bytes();
        String text = new String(signed, java.nio.charset.StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SignedPartyList.parse(
                        text.replaceFirst("\\{", "{ ").getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("canonical");
    }

    private static PartyList list() {
        return new PartyList(
                1,
                PartyList.TYPE,
                AT,
                new Hoster("Voorbeeldhost B.V.", "https://api.hoster.example:8443", "log.hoster.example"),
                List.of(
                        new Officer("o-1", List.of(key(KeyUse.DOCUMENT, TestKeys.p256()))),
                        new Officer("o-2", List.of(key(KeyUse.DOCUMENT, TestKeys.p256())))),
                new Officer("s-1", List.of(key(KeyUse.DOCUMENT, TestKeys.p256()))),
                List.of(),
                List.of(RESELLER),
                Bytes.of(new byte[32]));
    }

    private static AuthorityEntry authority(List<TrustRoot> roots, Person person) {
        return entry("politie-voorbeeld", roots, person);
    }

    private static AuthorityEntry entry(String id, List<TrustRoot> roots, Person person) {
        return new AuthorityEntry(
                id,
                AUTHORITY.name(),
                AUTHORITY.country(),
                AUTHORITY.units(),
                roots,
                List.of(person),
                AUTHORITY.caseTeams(),
                AUTHORITY.recovery(),
                AUTHORITY.callbackNumber());
    }

    private static Person person(String number, PersonRole role, SigningKey document) {
        return new Person(number, role, "an office", List.of(Scope.ORDERS), List.of(key(KeyUse.DOCUMENT, document)));
    }

    /** His document key leads to a root; what he connects with need not. */
    private static Person connecting(SigningKey message) {
        return new Person(
                "p-7",
                PersonRole.PROSECUTOR,
                "an office",
                List.of(),
                List.of(key(KeyUse.MESSAGE, message), key(KeyUse.DOCUMENT, PKI.issue("P-7"))));
    }

    private static KeyEnrolment key(KeyUse use, SigningKey key) {
        return KeyEnrolment.of(use, key.certificate());
    }
}
