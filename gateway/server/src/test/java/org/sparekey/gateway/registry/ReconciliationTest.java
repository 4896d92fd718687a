// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.RESELLER;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.AssetState;
import org.sparekey.protocol.coverage.CoverageCertificate;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.ReconciliationView;
import org.sparekey.protocol.coverage.ReconciliationView.HeldCertificate;
import org.sparekey.protocol.coverage.Rung;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.document.SignedDocument;

/** Over a real PostgreSQL, a real log and the image-file driver; the clock is the test's. */
class ReconciliationTest {

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

    private Instant now = LONG_AGO;
    private long seq;

    @BeforeAll
    static void start() {
        fixture = new RegistryFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void begin() {
        fixture.begin();
    }

    @Test
    void the_download_has_what_was_refused_and_what_the_plan_routes_and_nothing_of_another() throws Exception {
        fixture.planned("192.0.2.1", 1);
        fixture.planned("198.51.100.9", 3);
        assertThat(fixture.send(fixture.reseller(), "no batch\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Registration.Refused.class);
        // Recorded behind the refusal: once this one is in the log, so is that.
        register(1);

        assertThat(dump(RESELLER))
                .contains("{\"held\":\"address-plan\"", "\"192.0.2.1\"", "{\"held\":\"refused-attempt\"")
                .contains("\"reason\":\"batch-malformed\"")
                .doesNotContain("198.51.100.9");
        assertThat(dump(Assets.OTHER)).contains("198.51.100.9").doesNotContain("192.0.2.1", "refused-attempt");
    }

    private static String dump(PartyId reseller) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        fixture.rooms().bean(RegistryDump.class).write(reseller, lines);
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_day_is_signed_once_entered_and_says_how_much_of_it_was_covered() throws Exception {
        register(1);
        look(Duration.ZERO, 1, 2);
        look(STEP, 1, 2);
        for (int i = 0; i < 7; i++) {
            look(STEP, 1, 2);
        }
        assertThat(view().certificates()).isEmpty();
        look(DAY, 1, 2);
        CoverageCertificate certificate = certificate();
        assertThat(certificate.reseller()).isEqualTo(RESELLER.value());
        assertThat(certificate.day()).isEqualTo(LONG_AGO.toString().substring(0, 10));
        assertThat(certificate.complete()).isTrue();
        assertThat(certificate.assets()).isEqualTo(new Share(1, 2));
        assertThat(certificate.addresses()).isEqualTo(new Share(1, 2));
        assertThat(certificate.counts().unregistered()).isEqualTo(1);
        // Two hours were observed; in the first one the second guest was young, and in no share.
        assertThat(certificate.seconds().covered()).isEqualTo(8 * STEP.toSeconds());
        assertThat(certificate.seconds().total()).isBetween(11 * STEP.toSeconds(), 13 * STEP.toSeconds());
        HeldCertificate held = view().certificates().get(0);
        look(STEP, 1, 2);
        assertThat(view().certificates()).containsExactly(held);
        assertThat(fixture.rooms().bean(AuditLog.class).await(held.leafHash(), Registry.RECEIPT_WAIT.multipliedBy(10)))
                .isPresent();
        assertThat(fixture.rooms().entries("coverage.signed")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void the_signed_day_says_how_many_end_at_an_onward_seller() throws Exception {
        fixture.register(
                fixture.reseller(), ++seq, Assets.soldOn(record(1, 1, LONG_AGO.plusMillis(seq), ip("192.0.2.1"))));
        register(2);
        look(Duration.ZERO, 1, 2);
        look(DAY, 1, 2);

        assertThat(certificate().onward()).isOne();
    }

    @Test
    void a_drop_is_entered_where_alarms_look_and_a_rise_is_not() {
        register(1);
        look(Duration.ZERO, 1);
        look(DAY, 1);
        long drops = fixture.rooms().entries("coverage.dropped");
        register(1);
        look(STEP, 1);
        look(DAY, 1);
        assertThat(fixture.rooms().entries("coverage.dropped")).isEqualTo(drops);
        register(1);
        look(STEP, 1, 2);
        for (int i = 0; i < 5; i++) {
            look(STEP, 1, 2);
        }
        look(DAY, 1, 2);
        assertThat(fixture.rooms().entries("coverage.dropped")).isEqualTo(drops + 1);
    }

    @Test
    void the_ladder_is_climbed_day_by_day_and_closed_when_all_is_covered() {
        look(Duration.ZERO, 2);
        for (int day = 0; day <= 29; day++) {
            look(DAY, 2);
            look(STEP, 2);
            for (int i = 0; i < 5; i++) {
                look(STEP, 2);
            }
        }
        look(DAY, 2);
        assertThat(view().notices()).extracting(CoverageNotice::rung).containsExactly(Rung.HOSTER_DECIDES);
        assertThat(view().notices().get(0).closedAt()).isEmpty();
        register(2);
        look(STEP, 2);
        look(DAY, 2);
        assertThat(view().notices().get(0).closedAt()).isPresent();
        assertThat(fixture.rooms().entries("coverage.notice")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void while_the_hypervisor_is_away_nothing_is_a_ghost_and_the_day_says_so() throws Exception {
        register(1);
        look(Duration.ZERO, 1);
        fixture.rooms().hypervisorAway();
        for (int i = 0; i < 4; i++) {
            pass(STEP);
            fixture.inventory().observe();
            reconciliation().step();
        }
        assertThat(view().findings()).isEmpty();
        assertThat(view().counts().unobserved()).isEqualTo(1);
        assertThat(view().counts().ghost()).isZero();
        look(DAY, 1);
        assertThat(certificate().complete()).isFalse();
        assertThat(view().notices()).isEmpty();
    }

    @Test
    void a_reseller_sees_his_own_findings_and_nobody_elses() {
        register(1);
        look(Duration.ZERO, 1, 2);
        fixture.planned("198.51.100.9", 3);
        for (int i = 0; i < 6; i++) {
            look(STEP, 1, 2, 3);
        }
        assertThat(view().findings()).extracting(Finding::state).containsExactly(AssetState.UNREGISTERED);
        assertThat(view().findings().get(0).vmId()).contains("102");
        assertThat(reconciliation().view(Assets.OTHER).findings())
                .extracting(finding -> finding.vmId().orElseThrow())
                .containsExactly("103");
    }

    @Test
    void the_dump_holds_what_was_signed_and_seen_of_him_and_nothing_of_another() {
        register(1);
        fixture.planned("198.51.100.9", 3);
        fixture.register(fixture.otherReseller(), 1, record(3, 3, LONG_AGO.plusSeconds(1), ip("198.51.100.9")));
        look(Duration.ZERO, 1, 2, 3);
        look(DAY, 1, 2, 3);
        String dump = dump();
        assertThat(dump)
                .contains("\"held\":\"reseller\"")
                .contains("\"held\":\"assignment\"")
                .contains("\"held\":\"batch\"")
                .contains("\"held\":\"line\"")
                .contains("\"held\":\"observation\"")
                .contains("\"held\":\"finding\"")
                .contains("\"held\":\"certificate\"")
                .contains(Assets.uuid(1))
                .contains(Assets.vpsRef(1))
                .contains(Assets.uuid(2))
                .doesNotContain(Assets.uuid(3))
                .doesNotContain(Assets.vpsRef(3))
                .doesNotContain("198.51.100");
    }

    private void register(int vps) {
        fixture.register(fixture.reseller(), ++seq, record(vps, vps, LONG_AGO.plusMillis(seq), ip("192.0.2." + vps)));
    }

    /** Time passes, the hypervisor is looked at, and what it says is compared. */
    private void look(Duration passing, int... vps) {
        if (passing.isZero()) {
            fixture.planned("192.0.2.1", 1);
            fixture.planned("192.0.2.2", 2);
        }
        pass(passing.plusMillis(1));
        fixture.observed(vps);
        reconciliation().step();
    }

    private void pass(Duration passing) {
        now = now.plus(passing);
        fixture.at(now);
    }

    private static Reconciliation reconciliation() {
        return fixture.rooms().bean(Reconciliation.class);
    }

    private static ReconciliationView view() {
        return reconciliation().view(RESELLER);
    }

    private static String dump() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        fixture.rooms().bean(RegistryDump.class).write(RESELLER, lines);
        return lines.toString(StandardCharsets.UTF_8);
    }

    /** The latest, verified under the gateway's statement key. */
    private static CoverageCertificate certificate() throws Exception {
        List<HeldCertificate> certificates = view().certificates();
        assertThat(certificates).isNotEmpty();
        SignedDocument document = SignedDocument.parse(certificates.get(0).certificate());
        assertThat(document.verifiedBy(
                        fixture.rooms().bean(Keys.class).statement().publicKey()))
                .isTrue();
        return document.read(CoverageCertificate.TYPE, CoverageCertificate.class);
    }
}
