// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.registry.RegisteredMachines;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.order.Category;

/** A reseller registers a machine as something else, so that its disk goes although it is held, runs, or is others' too. */
class ShadowMachinesTest {

    private static final Duration LONG = Duration.ofDays(60);

    @TempDir
    private static Path directory;

    private static DeletionsStage stage;
    private static int vps;

    @BeforeAll
    static void open() {
        stage = new DeletionsStage(directory);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    private static DeletedAsset machine() {
        stage.pass(Duration.ofDays(1));
        vps++;
        return stage.machines.machine(vps);
    }

    @Test
    void a_second_reference_that_ended_long_ago_by_its_reseller_does_not_hide_the_held_guest() {
        DeletedAsset asset = machine();
        stage.machines.running(vps);
        hold("ORD-0000-0010", Category.CONTENT, asset);
        DeletedAsset shadow = stage.machines.shadow(vps, 8_000 + vps);
        stage.machines.running();
        DeletionAnswer answer = stage.terminate(shadow);
        assertThat(answer.asset().vpsRef()).isEqualTo(shadow.vpsRef());
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
        stage.held.release("ORD-0000-0010");
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
    }

    @Test
    void a_held_number_that_no_hypervisor_ever_listed_is_held_under_every_reference() {
        DeletedAsset asset = machine();
        hold("ORD-0000-0011", Category.CONTENT, asset);
        DeletionAnswer answer = stage.terminate(stage.machines.shadow(vps, 8_000 + vps));
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
    }

    @Test
    void a_second_reference_without_an_address_does_not_slip_past_a_hold_on_the_address() {
        machine();
        stage.held.wide(
                "ORD-0000-0012",
                Category.CONTENT,
                RegisteredMachines.address(vps),
                stage.now().plus(LONG));
        DeletionAnswer answer = stage.terminate(stage.machines.shadow(vps, 8_000 + vps));
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
    }

    @Test
    void registering_the_machine_again_under_another_name_does_not_shake_off_a_hold() {
        DeletedAsset asset = machine();
        stage.machines.running(vps);
        hold("ORD-0000-0006", Category.CONTENT, asset);
        stage.machines.ends(vps, stage.now());
        stage.pass(Duration.ofSeconds(1));
        DeletedAsset renamed = stage.machines.again(vps, 9_000 + vps, stage.now());
        stage.machines.running();
        DeletionAnswer answer = stage.terminate(renamed);
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
    }

    @Test
    void a_number_that_runs_is_not_deleted_under_a_reference_without_a_uuid() {
        machine();
        DeletionAnswer answer = stage.terminate(stage.machines.shadow(vps, 8_000 + vps));
        stage.graceEnds(answer);
        stage.machines.running(vps);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.NOT_YET);
        stage.machines.running();
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
    }

    @Test
    void a_shared_host_is_never_deleted_for_one_of_its_customers() {
        stage.pass(Duration.ofDays(1));
        vps++;
        DeletionAnswer answer = stage.terminate(stage.machines.sharedHost(vps));
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.NOT_YET);
        assertThat(stage.entries(answer)).isEmpty();
    }

    private static void hold(String order, Category category, DeletedAsset asset) {
        stage.held.wide(order, category, "192.0.2.251", stage.now().plus(LONG));
        stage.held.narrow(order, DeletionsStage.located(asset));
    }
}
