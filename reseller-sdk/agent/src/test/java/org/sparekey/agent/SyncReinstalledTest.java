// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine under a new UUID is another disk: the gateway hears of a new tenancy, whatever happens to the run that saw it. */
class SyncReinstalledTest {

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws IOException {
        agent = new AgentAtWork(directory);
        Path virsh = Files.writeString(
                virsh(),
                "#!/bin/sh\ncase \"$*\" in *dumpxml*) cat %s;; *) cat %s;; esac\n".formatted(domain(), uuids()));
        Files.setPosixFilePermissions(virsh, PosixFilePermissions.fromString("rwx------"));
        guest(0);
        address("192.0.2.10");
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void a_run_that_is_killed_anywhere_still_leads_to_a_new_tenancy_and_to_one_only() throws IOException {
        sync();
        int killed = 0;
        for (int draw = 1; draw <= 14; draw++) {
            agent.later(Duration.ofMinutes(15));
            String old = agent.registered("vps-1").tenancyRef();
            int before = agent.batches();
            guest(draw);
            agent.random.dieAt(draw);
            try {
                sync();
            } catch (MortalRandom.Killed midway) {
                killed++;
            }
            agent.random.dieAt(0);

            assertThat(sync()).as("draw " + draw + agent.printed()).isEqualTo(ExitCode.OK);

            String next = agent.registered("vps-1").tenancyRef();
            assertThat(next).as("draw " + draw).isNotEqualTo(old);
            assertThat(agent.batches()).as("draw " + draw).isEqualTo(before + 1);
            agent.later(Instants.SAY_AGAIN_AFTER);
            sync();
            assertThat(agent.registered("vps-1").tenancyRef())
                    .as("said again, draw " + draw)
                    .isEqualTo(next);
        }
        assertThat(killed).isGreaterThan(5);
    }

    @Test
    void a_line_that_was_refused_says_so_once_more_when_it_is_accepted() throws IOException {
        sync();
        String old = agent.registered("vps-1").tenancyRef();
        agent.later(Duration.ofMinutes(15));
        guest(1);
        address("203.0.113.9");
        assertThat(sync()).isEqualTo(ExitCode.PARTLY);
        agent.later(Duration.ofMinutes(15));
        address("192.0.2.10");

        assertThat(sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.registered("vps-1").tenancyRef()).isNotEqualTo(old);
    }

    private int sync() {
        return agent.run(
                "sync",
                "--config",
                agent.config().toString(),
                "--source",
                "libvirt",
                "--cluster",
                "cluster-a",
                "--virsh",
                virsh().toString(),
                "--file",
                directory.resolve("fleet.csv").toString());
    }

    private void address(String address) throws IOException {
        agent.csv(address + ",vps-1,customer-7,2026-11-01T00:00:00Z");
    }

    private void guest(int install) throws IOException {
        String uuid = "6695eb01-f6a4-8304-79aa-%012d".formatted(install);
        Files.writeString(uuids(), uuid + "\n");
        Files.writeString(domain(), "<domain type='kvm'><name>vps-1</name><uuid>%s</uuid></domain>".formatted(uuid));
    }

    private Path virsh() {
        return directory.resolve("virsh-of-a-test");
    }

    private Path domain() {
        return directory.resolve("domain.xml");
    }

    private Path uuids() {
        return directory.resolve("uuids");
    }
}
