// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.parties.AuthorityImports.ImportStatus;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.AuthoritiesImport;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.AuthorityList;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What officers and days do to lists of authorities, under a clock of the test's own over the shared gateway's database. */
class AuthorityImportsTest {

    private static final String JSON = "application/json";
    private static final String LISTS = "/v1/authority-lists";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final AuditLog log = gateway.bean(AuditLog.class);
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final PartiesConfiguration wiring = new PartiesConfiguration();
    private final JdbcClient jdbc = gateway.bean(JdbcClient.class);
    private final InstantSource clock = () -> now;
    private final TransactionOperations transactions = gateway.bean(TransactionOperations.class);
    private final AuthorityImports imports = wiring.authorityImports(jdbc, log, transactions, clock);
    private final Parties parties = wiring.parties(jdbc, clock);
    private final Caller officer = new Caller(
            PartyId.HOSTER, "officer-1", Role.OFFICER, cast.officer1().message().keyId());

    @Test
    void an_imported_authority_counts_a_day_after_its_import_is_witnessed() throws Exception {
        String id = "ver-" + UUID.randomUUID().toString().substring(0, 8);
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1");
        SignedDocument list = list(id, person, cast.supervisor());
        byte[] request = request(list, cast.officer1(), cast.officer2());

        AuthorityImports.ImportStatus begun = imports.begin(officer, request);
        assertThat(begun.inForceAt()).isEmpty();
        assertThat(imports.begin(officer, request)).isEqualTo(begun);
        awaitWitnessed();
        imports.step();
        Instant due = imports.begin(officer, request).inForceAt().orElseThrow();
        now = due.minusMillis(1);
        imports.step();
        assertThat(parties.authority(new PartyId(id))).isEmpty();
        now = due;
        imports.step();

        assertThat(parties.authority(new PartyId(id)))
                .hasValueSatisfying(entry -> assertThat(entry.callbackNumber()).isEqualTo("+31 70 000 0001"));
        assertThat(parties.documentKey(person.document().keyId())).isPresent();
        assertThat(imports.begin(officer, request).inForce()).isTrue();
    }

    @Test
    void two_officers_inventing_an_authority_without_the_supervisor_import_nothing() throws Exception {
        String id = "verzonnen";
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1");
        for (byte[] request : List.of(
                request(list(id, person, cast.officer1()), cast.officer1(), cast.officer2()),
                request(list(id, person, person), cast.officer1(), cast.officer2()),
                request(list(id, person, cast.supervisor()), cast.officer1(), cast.officer1()),
                request(list(id, person, cast.supervisor()), cast.officer1()))) {
            assertThatThrownBy(() -> imports.begin(officer, request))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED));
        }
    }

    @Test
    void a_list_cannot_take_over_anothers_name_or_key() throws Exception {
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), "x", "p-1");
        for (byte[] request : List.of(
                request(list(Cast.RESELLER, person, cast.supervisor()), cast.officer1(), cast.officer2()),
                request(list("hoster", person, cast.supervisor()), cast.officer1(), cast.officer2()),
                request(
                        list("nieuw", person.withDocument(cast.judge().document()), cast.supervisor()),
                        cast.officer1(),
                        cast.officer2()))) {
            assertThatThrownBy(() -> imports.begin(officer, request))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        }
    }

    @Test
    void an_older_list_of_the_supervisors_brings_back_no_older_numbers() throws Exception {
        String id = fresh();
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1");
        SignedDocument newer = list(id, person, cast.supervisor());
        imports.begin(officer, request(newer, cast.officer1(), cast.officer2()));
        for (Instant issued : List.of(now, now.minusMillis(1), now.minus(Duration.ofDays(30)))) {
            byte[] older = request(list(id, person, cast.supervisor(), issued), cast.officer1(), cast.officer2());
            refused(Problem.CONFLICT, () -> imports.begin(officer, older));
        }
        imports.stop(officer, newer.digest());
        SignedDocument next = list(id, person, cast.supervisor());
        assertThat(imports.begin(officer, request(next, cast.officer1(), cast.officer2()))
                        .stopped())
                .isFalse();
    }

    /** One slip of the supervisor's clock, and no list of the years until then could be imported. */
    @Test
    void a_list_dated_far_ahead_is_refused_and_blocks_none_after_it() throws Exception {
        String id = fresh();
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1");
        SignedDocument ahead = list(id, person, cast.supervisor(), now.plus(Duration.ofDays(3650)));

        refused(
                Problem.DOCUMENT_REFUSED,
                () -> imports.begin(officer, request(ahead, cast.officer1(), cast.officer2())));

        SignedDocument next = list(id, person, cast.supervisor());
        assertThat(imports.begin(officer, request(next, cast.officer1(), cast.officer2()))
                        .stopped())
                .isFalse();
    }

    @Test
    void a_person_whose_document_certificate_leads_to_no_root_of_his_authority_is_not_imported() throws Exception {
        String id = fresh();
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1")
                .withDocument(
                        EnrolmentDesk.newcomer(cast.resellerCa(), id, "p-1").document());

        assertThatThrownBy(() -> imports.begin(
                        officer, request(list(id, person, cast.supervisor()), cast.officer1(), cast.officer2())))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
                    assertThat(e.getMessage()).contains("PATH_INVALID");
                });
    }

    @Test
    void two_officers_importing_one_list_at_once_import_it_once() throws Exception {
        String id = fresh();
        SignedDocument list = list(id, EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1"), cast.supervisor());
        byte[] request = request(list, cast.officer1(), cast.officer2());
        int many = 4;
        CyclicBarrier together = new CyclicBarrier(many);
        List<Callable<ImportStatus>> tries = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            tries.add(() -> {
                together.await();
                return imports.begin(officer, request);
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                assertThat(answer.get().list()).isEqualTo(list.digest());
            }
        }
        assertThat(entries("parties.authorities", list.digest())).isEqualTo(1);
    }

    @Test
    void a_list_that_no_longer_fits_after_its_day_is_stopped_and_never_in_force() throws Exception {
        String id = fresh();
        Actor person = EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1");
        SignedDocument list = list(id, person, cast.supervisor());
        byte[] request = request(list, cast.officer1(), cast.officer2());
        imports.begin(officer, request);
        awaitWitnessed();
        imports.step();
        KeyEnrolment key = KeyEnrolment.of(KeyUse.DOCUMENT, person.document().certificate());
        new KeyTable(jdbc).insert(new PartyId(Cast.AUTHORITY), "p-1521", Role.INVESTIGATOR, List.of(), key);
        now = now.plus(Duration.ofHours(26));
        imports.step();

        ImportStatus status = imports.begin(officer, request);
        assertThat(status.stopped()).isTrue();
        assertThat(status.inForce()).isFalse();
        assertThat(parties.authority(new PartyId(id))).isEmpty();
        assertThat(entries("parties.stopped", list.digest())).isEqualTo(1);
    }

    @Test
    void one_officer_or_the_supervisor_stops_a_list_within_its_day_and_nobody_else_does() throws Exception {
        for (Actor stopping : List.of(cast.officer2(), cast.supervisor())) {
            now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            String id = fresh();
            SignedDocument list = list(id, EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1"), cast.supervisor());
            byte[] request = request(list, cast.officer1(), cast.officer2());
            var begun = gateway.client(cast.officer1()).post(LISTS, JSON, request);
            assertThat(begun.status()).as(begun::text).isEqualTo(201);
            String stops = LISTS + "/" + list.digest().base64url() + "/stops";
            assertThat(gateway.client(cast.prosecutor())
                            .post(stops, JSON, new byte[0])
                            .problem())
                    .isEqualTo(Problem.FORBIDDEN);
            for (int i = 0; i < 2; i++) {
                var stopped = gateway.client(stopping).post(stops, JSON, new byte[0]);
                assertThat(stopped.status()).as(stopped::text).isEqualTo(201);
                assertThat(stopped.json(ImportStatus.class).stopped()).isTrue();
            }
            now = now.plus(Duration.ofDays(3));
            imports.step();
            imports.step();
            assertThat(parties.authority(new PartyId(id))).isEmpty();
            assertThat(entries("parties.stopped", list.digest())).isEqualTo(1);
        }
    }

    @Test
    void a_list_in_force_and_one_that_nobody_imported_are_not_stopped() throws Exception {
        String id = fresh();
        SignedDocument list = list(id, EnrolmentDesk.newcomer(cast.policeCa(), id, "p-1"), cast.supervisor());
        imports.begin(officer, request(list, cast.officer1(), cast.officer2()));
        awaitWitnessed();
        imports.step();
        now = now.plus(Duration.ofHours(26));
        imports.step();
        assertThat(parties.authority(new PartyId(id))).isPresent();
        refused(Problem.CONFLICT, () -> imports.stop(officer, list.digest()));
        refused(Problem.NOT_FOUND, () -> imports.stop(officer, Digest.sha256(new byte[0])));
        assertThat(gateway.client(cast.officer1())
                        .post(LISTS + "/" + Digest.sha256(new byte[0]).base64url() + "/stops", JSON, new byte[0])
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    private static void refused(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static String fresh() {
        return "ver-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** How many entries of a type name it, among everything appended so far. */
    private long entries(String type, Digest list) {
        awaitWitnessed();
        long found = 0;
        for (var page = log.after(LogName.CASE, Optional.empty(), Revocations.ENTRIES_AT_ONCE);
                !page.isEmpty();
                page = log.after(LogName.CASE, Optional.of(page.getLast().recorded()), Revocations.ENTRIES_AT_ONCE)) {
            found += page.stream()
                    .map(EntryText::parsed)
                    .filter(entry -> entry.type().equals(type) && entry.clear().containsValue(list.base64url()))
                    .count();
        }
        return found;
    }

    /** Everything appended so far stands under a checkpoint that satisfies the policy. */
    private void awaitWitnessed() {
        var last = transactions.execute(_ -> log.append(
                EnrolmentEntries.PARTY.statement(Enrolments.actor(officer), java.util.Map.of(), new byte[] {1})));
        assertThat(log.await(last.leafHash(), Duration.ofSeconds(20))).isPresent();
    }

    private SignedDocument list(String id, Actor person, Actor signer) {
        return list(id, person, signer, now);
    }

    private SignedDocument list(String id, Actor person, Actor signer, Instant issuedAt) {
        AuthorityEntry like = parties.authority(new PartyId(Cast.AUTHORITY)).orElseThrow();
        var template = like.persons().get(0);
        var keys = List.of(
                KeyEnrolment.of(KeyUse.TLS, person.tls().certificate()),
                KeyEnrolment.of(KeyUse.MESSAGE, person.message().certificate()),
                KeyEnrolment.of(KeyUse.DOCUMENT, person.document().certificate()));
        var newPerson = new Person("p-1", template.role(), template.capacity(), template.scopes(), keys);
        AuthorityEntry authority = new AuthorityEntry(
                id,
                "Verzonnen Eenheid",
                "NL",
                like.units(),
                like.roots(),
                List.of(newPerson),
                like.caseTeams(),
                like.recovery(),
                "+31 70 000 0001");
        AuthorityList list = new AuthorityList(
                AuthorityList.VERSION, AuthorityList.TYPE, issuedAt, List.of(authority), EnrolmentDesk.salt());
        return SignedDocument.sign(AuthorityList.TYPE, Wire.write(list), signer.document(), now);
    }

    private byte[] request(SignedDocument list, Actor... by) {
        AuthoritiesImport said = new AuthoritiesImport(
                AuthoritiesImport.VERSION,
                AuthoritiesImport.TYPE,
                list.digest(),
                List.of("officer-1", "officer-2"),
                now,
                EnrolmentDesk.salt());
        JointStatement joint = JointStatement.of(said);
        for (Actor actor : by) {
            joint = joint.signedBy(actor.document(), said);
        }
        return Wire.write(new AuthorityImports.ImportRequest(list.compact(), joint));
    }
}
