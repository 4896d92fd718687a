// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What days do to enrolments, under a clock of the test's own over the shared gateway's database and log. */
class EnrolmentsTest {

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final EnrolmentDesk desk = new EnrolmentDesk(gateway.world());
    private final AuditLog log = gateway.bean(AuditLog.class);
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final PartiesConfiguration wiring = new PartiesConfiguration();
    private final JdbcClient jdbc = gateway.bean(JdbcClient.class);
    private final InstantSource clock = () -> now;
    private final TransactionOperations transactions = gateway.bean(TransactionOperations.class);
    private final Enrolments enrolments = wiring.enrolments(
            jdbc,
            gateway.bean(Idempotency.class),
            gateway.bean(RefusalEntries.class),
            log,
            transactions,
            clock,
            new SecureRandom());
    private final Parties parties = wiring.parties(jdbc, clock);
    private final Caller officer = new Caller(
            PartyId.HOSTER, "officer-1", Role.OFFICER, cast.officer1().message().keyId());

    @Test
    void an_investigators_keys_count_a_day_after_the_witnessed_entry_and_not_before() throws Exception {
        Actor newcomer = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1501");
        EnrolmentStatus signed = signed(newcomer, Role.INVESTIGATOR);
        assertThat(signed.state()).isEqualTo("signed");

        EnrolmentStatus waiting = witnessed(signed);
        assertThat(waiting.state()).isEqualTo("waiting");
        now = waiting.inForceAt().orElseThrow().minusMillis(1);
        enrolments.step();
        assertThat(parties.documentKey(newcomer.document().keyId())).isEmpty();
        now = now.plusMillis(1);
        enrolments.step();

        assertThat(parties.documentKey(newcomer.document().keyId()))
                .hasValueSatisfying(key -> assertThat(key.role()).isEqualTo(Role.INVESTIGATOR));
        assertThat(shown(signed).state()).isEqualTo("in-force");
    }

    @Test
    void an_outside_co_approver_is_enrolled_by_two_officers_and_the_supervisor_and_counts_a_day_later()
            throws Exception {
        Actor counsel = EnrolmentDesk.newcomer(cast.elsewhereCa(), "raadsman-voorbeeld", "c-1520");
        EnrolmentStatus claimed = claimed(counsel, Role.CO_APPROVER);
        assertThat(claimed.supervisor()).isTrue();
        assertThatThrownBy(() -> enrolments.decide(
                        officer,
                        claimed.enrolment(),
                        desk.signed(claimed, cast.officer1(), cast.officer2()).bytes()))
                .hasMessageContaining("NO_SUPERVISOR");

        decided(claimed);
        EnrolmentStatus waiting = witnessed(claimed);
        assertThat(parties.documentKey(counsel.document().keyId())).isEmpty();
        now = waiting.inForceAt().orElseThrow();
        enrolments.step();

        assertThat(parties.documentKey(counsel.document().keyId())).hasValueSatisfying(key -> {
            assertThat(key.role()).isEqualTo(Role.CO_APPROVER);
            assertThat(key.scopes()).containsExactly(Scope.CO_APPROVALS);
        });
    }

    @Test
    void nobody_of_the_hoster_the_supervisor_or_an_authority_becomes_an_outside_co_approver() {
        for (String party : List.of("hoster", "supervisor", Cast.AUTHORITY, Cast.COURT)) {
            assertThatThrownBy(() -> enrolments.invite(
                            officer, EnrolmentDesk.invitation(party, "c-1521", Role.CO_APPROVER), key()))
                    .as(party)
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        }
        assertThatThrownBy(() -> enrolments.invite(
                        officer, EnrolmentDesk.invitation(Cast.RESELLER, "agent", Role.CO_APPROVER), key()))
                .as("a reseller's own agent")
                .isInstanceOf(ProblemException.class);
        assertThat(enrolments
                        .invite(officer, EnrolmentDesk.invitation(Cast.RESELLER, "c-1522", Role.CO_APPROVER), key())
                        .role())
                .isEqualTo("CO_APPROVER");
    }

    @Test
    void two_officers_inventing_an_authoritys_investigator_are_stopped_within_the_day() throws Exception {
        Actor invented = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1502");
        EnrolmentStatus waiting = witnessed(signed(invented, Role.INVESTIGATOR));
        Caller supervisor = new Caller(
                PartyId.SUPERVISOR,
                "supervisor",
                Role.SUPERVISOR,
                cast.supervisor().message().keyId());

        assertThat(enrolments.stop(supervisor, waiting.enrolment()).state()).isEqualTo("stopped");

        now = now.plus(Duration.ofDays(3));
        enrolments.step();
        assertThat(parties.documentKey(invented.document().keyId())).isEmpty();
        assertThat(shown(waiting).state()).isEqualTo("stopped");
    }

    @Test
    void a_code_that_nobody_used_expires() throws Exception {
        EnrolmentStatus invited =
                enrolments.invite(officer, EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1503", Role.PROSECUTOR), key());
        Actor late = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1503");
        now = now.plus(EnrolmentDecisions.CODE_LASTS);
        assertThatThrownBy(() -> enrolments.claim(desk.request(invited.code().orElseThrow(), late)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CODE_REFUSED));
        enrolments.step();
        assertThat(shown(invited).state()).isEqualTo("expired");
    }

    @Test
    void an_officers_rotation_waits_for_two_officers_and_ends_the_old_keys_a_day_later() throws Exception {
        Actor first = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1504");
        EnrolmentStatus waiting = witnessed(signed(first, Role.PROSECUTOR));
        now = waiting.inForceAt().orElseThrow();
        enrolments.step();
        Actor second = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1504");
        Caller self = new Caller(
                new PartyId(Cast.AUTHORITY),
                "p-1504",
                Role.PROSECUTOR,
                first.message().keyId());

        EnrolmentStatus rotation = enrolments.rotate(self, desk.rotation(first, second), key());
        assertThat(rotation.state()).isEqualTo("claimed");
        assertThat(parties.documentKey(second.document().keyId())).isEmpty();
        enrolments.decide(
                officer,
                rotation.enrolment(),
                desk.signed(rotation, cast.officer1(), cast.officer2()).bytes());
        enrolments.step();
        assertThat(parties.documentKey(second.document().keyId()))
                .hasValueSatisfying(key -> assertThat(key.role()).isEqualTo(Role.PROSECUTOR));
        assertThat(parties.documentKey(first.document().keyId())).isPresent();

        now = now.plus(EnrolmentDecisions.OVERLAP);
        enrolments.step();
        assertThat(parties.documentKey(first.document().keyId())).isEmpty();
        assertThat(parties.documentKey(second.document().keyId())).isPresent();
    }

    @Test
    void a_certificate_that_expires_before_its_day_is_over_is_overtaken_and_holds_up_nobody() throws Exception {
        Actor first = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1505");
        EnrolmentStatus before = witnessed(signed(first, Role.PROSECUTOR));
        now = before.inForceAt().orElseThrow();
        enrolments.step();
        Instant began = now;
        Actor short36 =
                EnrolmentDesk.expiring(cast.policeCa(), Cast.AUTHORITY, "p-1506", began.plus(Duration.ofHours(36)));
        EnrolmentStatus expiring = claimed(short36, Role.INVESTIGATOR);
        Actor second = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1505");
        rotated(first, second);
        now = began.plus(Duration.ofHours(20));
        EnrolmentStatus behind =
                claimed(EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1507"), Role.INVESTIGATOR);
        decided(expiring);
        decided(behind);
        awaitWitnessed();
        enrolments.step();
        assertThat(shown(expiring).state()).isEqualTo("waiting");

        now = began.plus(Duration.ofHours(48));
        enrolments.step();

        assertThat(shown(expiring).state()).isEqualTo("overtaken");
        assertThat(parties.documentKey(short36.document().keyId())).isEmpty();
        assertThat(entries("parties.overtaken", expiring.enrolment())).isEqualTo(1);
        assertThat(shown(behind).state()).isEqualTo("in-force");
        assertThat(parties.documentKey(first.document().keyId())).isEmpty();
        assertThat(parties.documentKey(second.document().keyId())).isPresent();
    }

    @Test
    void a_certificate_that_expired_before_the_officers_signed_is_a_coded_conflict() throws Exception {
        Actor late = EnrolmentDesk.expiring(cast.policeCa(), Cast.AUTHORITY, "p-1508", now.plus(Duration.ofHours(36)));
        EnrolmentStatus claimed = claimed(late, Role.INVESTIGATOR);
        now = now.plus(Duration.ofHours(36));

        assertThatThrownBy(() -> decided(claimed))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        assertThat(shown(claimed).state()).isEqualTo("claimed");
        assertThat(entries("parties.signed", claimed.enrolment())).isZero();
    }

    @Test
    void a_row_whose_step_fails_holds_up_neither_the_next_row_nor_itself_for_ever() throws Exception {
        EnrolmentStatus failing =
                signed(EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1509"), Role.INVESTIGATOR);
        EnrolmentStatus behind =
                signed(EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1510"), Role.INVESTIGATOR);
        awaitWitnessed();
        enrolments.step();
        now = now.plus(Duration.ofHours(26));
        byte[] claim = stored(failing);
        store(failing, new byte[] {1});
        try {
            enrolments.step();
            assertThat(shown(behind).state()).isEqualTo("in-force");
        } finally {
            store(failing, claim);
        }
        assertThat(shown(failing).state()).isEqualTo("waiting");
        enrolments.step();
        assertThat(shown(failing).state()).isEqualTo("in-force");
    }

    @Test
    void a_document_key_that_leads_to_no_root_of_its_authority_is_not_enrolled_and_costs_no_code() throws Exception {
        EnrolmentStatus invited = enrolments.invite(
                officer, EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1521", Role.INVESTIGATOR), key());
        Actor right = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1521");
        Actor wrong = right.withDocument(EnrolmentDesk.newcomer(cast.elsewhereCa(), Cast.AUTHORITY, "p-1521")
                .document());

        assertThatThrownBy(() -> enrolments.claim(desk.request(invited.code().orElseThrow(), wrong)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
                    assertThat(e.getMessage()).contains("PATH_INVALID");
                });

        assertThat(enrolments
                        .claim(desk.request(invited.code().orElseThrow(), right))
                        .state())
                .isEqualTo("claimed");
    }

    @Test
    void a_rotation_gives_the_scopes_that_were_enrolled_and_not_the_roles_usual_ones() throws Exception {
        Actor first = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1522");
        List<KeyEnrolment> keys = List.of(
                KeyEnrolment.of(KeyUse.TLS, first.tls().certificate()),
                KeyEnrolment.of(KeyUse.MESSAGE, first.message().certificate()),
                KeyEnrolment.of(KeyUse.DOCUMENT, first.document().certificate()));
        transactions.executeWithoutResult(
                _ -> new Enrolling(new KeyTable(jdbc), log, org.sparekey.gateway.auditlog.Actor.GATEWAY)
                        .enrol(new PartyId(Cast.AUTHORITY), "p-1522", Role.PROSECUTOR, List.of(Scope.LOG), keys));
        Actor second = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1522");
        Caller self = new Caller(
                new PartyId(Cast.AUTHORITY),
                "p-1522",
                Role.PROSECUTOR,
                first.message().keyId());

        EnrolmentStatus rotation = enrolments.rotate(self, desk.rotation(first, second), key());
        enrolments.decide(
                officer,
                rotation.enrolment(),
                desk.signed(rotation, cast.officer1(), cast.officer2()).bytes());
        witnessed(rotation);
        enrolments.step();

        assertThat(parties.messageKey(second.message().keyId()).orElseThrow().scopes())
                .containsExactly(Scope.LOG);
    }

    @Test
    void a_rotation_that_a_stolen_key_asked_for_ends_with_the_key() throws Exception {
        Actor robbed = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1511");
        now = witnessed(signed(robbed, Role.PROSECUTOR)).inForceAt().orElseThrow();
        enrolments.step();
        Actor thief = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1511");
        EnrolmentStatus rotation = enrolments.rotate(self(robbed), desk.rotation(robbed, thief), key());

        wiring.revocations(jdbc, log, transactions, clock)
                .revoke(officer, robbed.document().keyId());

        assertThat(shown(rotation).state()).isEqualTo("stopped");
        assertThat(entries("parties.stopped", rotation.enrolment())).isEqualTo(1);
        conflict(() -> signedByTwo(rotation));
        assertThat(parties.documentKey(thief.document().keyId())).isEmpty();
    }

    @Test
    void nobody_signs_for_a_rotation_whose_old_key_ended_otherwise() throws Exception {
        Actor first = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1512");
        now = witnessed(signed(first, Role.PROSECUTOR)).inForceAt().orElseThrow();
        enrolments.step();
        Actor second = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1512");
        EnrolmentStatus rotation = enrolments.rotate(self(first), desk.rotation(first, second), key());
        new KeyTable(jdbc).revoke(first.document().keyId(), now);

        conflict(() -> signedByTwo(rotation));
        assertThat(entries("parties.signed", rotation.enrolment())).isZero();
        assertThat(parties.documentKey(second.document().keyId())).isEmpty();
    }

    private static void conflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
    }

    private byte[] stored(EnrolmentStatus status) {
        return jdbc.sql("SELECT claim FROM parties_enrolment WHERE enrolment = :one")
                .param("one", status.enrolment())
                .query(byte[].class)
                .single();
    }

    private void store(EnrolmentStatus status, byte[] claim) {
        jdbc.sql("UPDATE parties_enrolment SET claim = :claim WHERE enrolment = :one")
                .param("claim", claim)
                .param("one", status.enrolment())
                .update();
    }

    /** How many entries of a type name it, among everything appended so far. */
    private long entries(String type, String named) {
        awaitWitnessed();
        long found = 0;
        for (var page = log.after(LogName.CASE, Optional.empty(), Revocations.ENTRIES_AT_ONCE);
                !page.isEmpty();
                page = log.after(LogName.CASE, Optional.of(page.getLast().recorded()), Revocations.ENTRIES_AT_ONCE)) {
            found += page.stream()
                    .map(EntryText::parsed)
                    .filter(entry -> entry.type().equals(type) && entry.clear().containsValue(named))
                    .count();
        }
        return found;
    }

    private EnrolmentStatus rotated(Actor old, Actor fresh) throws Exception {
        return signedByTwo(enrolments.rotate(self(old), desk.rotation(old, fresh), key()));
    }

    private static Caller self(Actor actor) {
        return new Caller(
                new PartyId(actor.party()),
                actor.person(),
                Role.PROSECUTOR,
                actor.message().keyId());
    }

    private EnrolmentStatus signedByTwo(EnrolmentStatus rotation) throws Exception {
        return enrolments.decide(
                officer,
                rotation.enrolment(),
                desk.signed(rotation, cast.officer1(), cast.officer2()).bytes());
    }

    private EnrolmentStatus signed(Actor newcomer, Role role) throws Exception {
        return decided(claimed(newcomer, role));
    }

    private EnrolmentStatus claimed(Actor newcomer, Role role) throws Exception {
        EnrolmentStatus invited =
                enrolments.invite(officer, EnrolmentDesk.invitation(newcomer.party(), newcomer.person(), role), key());
        return enrolments.claim(desk.request(invited.code().orElseThrow(), newcomer));
    }

    private EnrolmentStatus decided(EnrolmentStatus claimed) throws Exception {
        return enrolments.decide(
                officer,
                claimed.enrolment(),
                desk.signed(claimed, cast.officer1(), cast.officer2(), cast.supervisor())
                        .bytes());
    }

    private EnrolmentStatus witnessed(EnrolmentStatus signed) {
        awaitWitnessed();
        enrolments.step();
        return shown(signed);
    }

    /** Everything appended so far stands under a checkpoint that satisfies the policy. */
    private void awaitWitnessed() {
        var last = transactions.execute(_ -> log.append(
                EnrolmentEntries.PARTY.statement(Enrolments.actor(officer), java.util.Map.of(), new byte[] {1})));
        assertThat(log.await(last.leafHash(), Duration.ofSeconds(20))).isPresent();
    }

    private EnrolmentStatus shown(EnrolmentStatus status) {
        return enrolments.status(officer, status.enrolment());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
