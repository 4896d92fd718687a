// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.OTHER;
import static org.sparekey.gateway.registry.Assets.end;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.testkit.world.Actor;

/** An asset that goes from one reseller to another. */
class HandOverTest {

    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final Instant AT = LONG_AGO.plus(Duration.ofHours(10));
    private static final RegistrationRecord TAKEN = record(1, 1, AT, ip("198.51.100.7"));

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

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
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip("192.0.2.7")));
        fixture.at(AT);
    }

    @Test
    void the_asset_is_the_givers_until_the_instant_and_the_receivers_from_then_on() {
        assertThat(fixture.verdicts(receiver(), 1, handOver(TAKEN))).containsExactly("2 accepted");
        fixture.at(AT.plusSeconds(60));
        assertThat(fixture.verdicts(
                        giver(),
                        2,
                        record(1, 1, AT, ip("192.0.2.7")),
                        record(1, 1, AT.minusMillis(1), ip("192.0.2.8")),
                        end(1, 1, AT.plusSeconds(30))))
                .containsExactly("2 FOREIGN_VPS_REF /vpsRef", "3 accepted", "4 FOREIGN_VPS_REF /vpsRef");
        assertThat(fixture.verdicts(
                        receiver(),
                        2,
                        record(1, 1, AT.plusMillis(1), ip("198.51.100.8")),
                        record(1, 1, AT.minusMillis(1), ip("198.51.100.8"))))
                .containsExactly("2 accepted", "3 FOREIGN_VPS_REF /vpsRef");
    }

    @Test
    void the_asset_is_followed_across_the_hand_over_and_each_time_has_its_party_of_record() {
        fixture.register(receiver(), 1, handOver(TAKEN));
        fixture.observed(1);
        Located.Found before = (Located.Found) locate(AT.minusSeconds(60));
        Located.Found after = (Located.Found) locate(AT.plusSeconds(60));
        assertThat(before.asset()).isEqualTo(after.asset());
        assertThat(before.answer().partyOfRecord()).isEqualTo(party(giver()));
        assertThat(before.answer().until()).contains(AT);
        assertThat(after.answer().partyOfRecord()).isEqualTo(party(receiver()));
        assertThat(after.answer().since()).contains(AT);
    }

    @Test
    void a_forged_release_takes_no_asset() {
        Instant at = TAKEN.validFrom();
        String giver = giver().party();
        String receiver = receiver().party();
        List<SignedDocument> forged = List.of(
                release(giver, receiver, receiver().document(), at),
                release(giver, receiver, giver().message(), at),
                release(giver, "somebody-else", giver().document(), at),
                release("somebody-else", receiver, giver().document(), at));
        for (int i = 0; i < forged.size(); i++) {
            assertThat(fixture.verdicts(receiver(), i + 1L, HandOver.of(TAKEN, forged.get(i), SALT)))
                    .as("forgery %d", i)
                    .containsExactly("2 BAD_RELEASE /release");
        }
        assertThat(fixture.verdicts(giver(), 2, record(1, 1, AT, ip("192.0.2.7"))))
                .containsExactly("2 accepted");
    }

    @Test
    void a_release_serves_once() {
        fixture.register(receiver(), 1, handOver(TAKEN));
        assertThat(fixture.verdicts(receiver(), 2, handOver(TAKEN))).containsExactly("2 BAD_RELEASE /release");
        assertThat(fixture.rows("registry_hand_over")).isEqualTo(1);
    }

    @Test
    void the_same_hand_over_twice_in_a_batch_counts_once() {
        assertThat(fixture.verdicts(receiver(), 1, handOver(TAKEN), handOver(TAKEN)))
                .containsExactly("2 accepted", "3 REPEATED_IN_BATCH /record/vpsRef");
    }

    @Test
    void an_asset_of_which_the_giver_still_speaks_later_is_not_handed_over_before_that() {
        fixture.register(giver(), 2, record(1, 1, AT, ip("192.0.2.7")));
        assertThat(fixture.verdicts(receiver(), 1, handOver(TAKEN)))
                .containsExactly("2 HAND_OVER_TOO_EARLY /record/validFrom");
    }

    @Test
    void what_is_not_there_or_has_ended_is_not_handed_over() {
        RegistrationRecord unknown = record(5, 5, AT, ip("198.51.100.7"));
        fixture.register(giver(), 2, end(1, 1, AT.minusSeconds(1)));
        assertThat(fixture.verdicts(receiver(), 1, handOver(unknown), handOver(TAKEN)))
                .containsExactly("2 UNKNOWN_VPS_REF /record/vpsRef", "3 UNKNOWN_VPS_REF /record/vpsRef");
    }

    @Test
    void the_receiver_brings_the_address_into_his_own_prefix() {
        assertThat(fixture.verdicts(receiver(), 1, handOver(record(1, 1, AT, ip("192.0.2.7")))))
                .containsExactly("2 PREFIX_NOT_ASSIGNED /record/addresses/0/prefix");
    }

    @Test
    void the_giver_cannot_take_the_machine_back_under_another_name() {
        fixture.register(receiver(), 1, handOver(TAKEN));
        assertThat(fixture.verdicts(giver(), 2, Assets.named(record(1, 1, AT), "vps-invented-again-1")))
                .containsExactly("2 FOREIGN_ASSET /uuid");
    }

    @Test
    void an_asset_may_come_back_by_another_release() {
        fixture.register(receiver(), 1, handOver(TAKEN));
        Instant later = AT.plusSeconds(3_600);
        fixture.at(later);
        RegistrationRecord back = record(1, 1, later, ip("192.0.2.7"));
        SignedDocument release =
                release(receiver().party(), giver().party(), receiver().document(), later);
        assertThat(fixture.verdicts(giver(), 2, HandOver.of(back, release, SALT)))
                .containsExactly("2 accepted");
        assertThat(fixture.verdicts(receiver(), 2, record(1, 1, later.plusMillis(1))))
                .containsExactly("2 FOREIGN_VPS_REF /vpsRef");
        assertThat(fixture.verdicts(giver(), 3, record(1, 1, later.plusMillis(1))))
                .containsExactly("2 accepted");
    }

    @Test
    void two_resellers_who_hand_over_to_each_other_at_one_time_are_both_answered() throws Exception {
        fixture.register(receiver(), 1, record(2, 2, LONG_AGO, ip("198.51.100.9")));
        RegistrationRecord other = record(2, 2, AT, ip("192.0.2.9"));
        SignedDocument release = HandOverRelease.sign(
                receiver().party(), giver().party(), other, AT, receiver().document(), SALT);
        byte[] there = RegistryFixture.bytes(fixture.batch(receiver(), 2, handOver(TAKEN)));
        byte[] back = RegistryFixture.bytes(fixture.batch(giver(), 2, HandOver.of(other, release, SALT)));
        List<Callable<Registration>> both =
                List.of(() -> fixture.send(receiver(), there), () -> fixture.send(giver(), back));
        List<Registration> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Registration> answer : threads.invokeAll(both)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers)
                .allMatch(answer -> answer instanceof Registration.Receipted
                        || ((Registration.Refused) answer).problem() == Problem.IN_PROGRESS);
        assertThat(answers).anyMatch(answer -> answer instanceof Registration.Receipted);
    }

    private static Actor giver() {
        return fixture.reseller();
    }

    private static Actor receiver() {
        return fixture.otherReseller();
    }

    private static HandOver handOver(RegistrationRecord record) {
        SignedDocument release = HandOverRelease.sign(
                giver().party(), OTHER.value(), record, record.validFrom(), giver().document(), SALT);
        return HandOver.of(record, release, SALT);
    }

    private static SignedDocument release(String giver, String receiver, SigningKey key, Instant at) {
        return HandOverRelease.sign(giver, receiver, TAKEN, at, key, SALT);
    }

    private static Located locate(Instant asked) {
        Target target = new Target(
                TargetFormat.VPS_REF,
                Assets.vpsRef(1),
                Optional.empty(),
                Optional.empty(),
                new TimeWindow(asked, asked));
        Instant now = AT.plusSeconds(120);
        return fixture.registry().locate(target, target.observedAt(), now, now);
    }

    private static Optional<PartyOfRecord> party(Actor actor) {
        return fixture.rooms()
                .bean(Parties.class)
                .reseller(new PartyId(actor.party()))
                .map(entry -> new PartyOfRecord(
                        entry.legalName(),
                        entry.registerNumber(),
                        entry.seat(),
                        entry.country(),
                        entry.euRepresentative(),
                        entry.contacts()));
    }
}
