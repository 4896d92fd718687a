// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.CaptureMeans;

class LibvirtSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String GUEST = """
        <domain type='kvm'>
          <name>vps-1</name>
          <uuid>6695EB01-f6a4-8304-79aa-97f2502e193f</uuid>
          <metadata><note xmlns="urn:example">customer-7</note></metadata>
          <devices>
            <disk type='file' device='disk'><source file='/images/vps-1.qcow2'/><target dev='vda'/></disk>
            <disk type='block' device='disk'><source dev='/dev/vg/vps-1'/></disk>
            <disk type='network'><source protocol='rbd' name='pool/vps-1'/></disk>
            <disk type='volume'><source pool='fast' volume='vps-1-data'/></disk>
            <disk type='file' device='cdrom'><source file='/images/install.iso'/><readonly/></disk>
            <disk type='vhostuser' device='disk'><source path='/tmp/x.sock'/></disk>
            <interface type='bridge'><mac address='52:54:00:AA:bb:01'/></interface>
            <interface type='hostdev'/>
          </devices>
        </domain>\
        """;

    @TempDir
    Path directory;

    @Test
    void a_running_guest_of_libvirt_s_test_driver_is_listed_with_what_identifies_it() throws Exception {
        requireVirsh();
        Path file = Files.writeString(
                directory.resolve("fleet.csv"),
                "ip,vm,customerRef,validFrom\n192.0.2.10,test,customer-7,2026-11-01T00:00:00Z\n");

        Listing listing =
                sources().libvirt("virsh", "test:///default", Optional.of(file)).list();

        assertThat(listing.gaps()).isEmpty();
        assertThat(listing.machines()).singleElement().satisfies(vps -> {
            assertThat(vps.asset()).isEqualTo("cluster-a/test");
            assertThat(vps.uuid()).contains("6695eb01-f6a4-8304-79aa-97f2502e193f");
            assertThat(vps.macs()).containsExactly("aa:bb:cc:dd:ee:ff");
            assertThat(vps.diskIds()).containsExactly("/guest/diskimage1");
            assertThat(vps.addresses()).containsExactly("192.0.2.10");
            assertThat(vps.running()).isTrue();
            assertThat(vps.validFrom()).isEqualTo("2026-11-01T00:00:00Z");
            assertThat(vps.customer()).isPresent();
        });
    }

    @Test
    void a_guest_that_no_file_names_is_registered_without_a_customer() throws Exception {
        requireVirsh();

        Listing listing =
                sources().libvirt("virsh", "test:///default", Optional.empty()).list();

        assertThat(listing.machines()).singleElement().satisfies(vps -> {
            assertThat(vps.customer()).isEmpty();
            assertThat(vps.observed()).isTrue();
            assertThat(vps.validFrom()).isEqualTo(NOW);
        });
    }

    @Test
    void a_line_whose_guest_is_not_there_is_a_gap_and_not_an_end() throws Exception {
        requireVirsh();
        Path file = Files.writeString(
                directory.resolve("fleet.csv"),
                "ip,vm,customerRef,validFrom\n192.0.2.10,elsewhere,customer-7,2026-11-01T00:00:00Z\n");

        Listing listing =
                sources().libvirt("virsh", "test:///default", Optional.of(file)).list();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.gaps()).containsExactly("1 machines of the file are not on the hypervisor");
    }

    @Test
    void a_libvirt_that_does_not_answer_is_no_empty_fleet() {
        requireVirsh();

        assertThatThrownBy(() -> sources()
                        .libvirt("virsh", "qemu+unix:///system?socket=/none", Optional.empty())
                        .list())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("virsh list failed");
        assertThatThrownBy(() -> sources()
                        .libvirt("/no/such/virsh", "test:///default", Optional.empty())
                        .list())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_guest_that_vanishes_between_list_and_description_is_a_gap() throws Exception {
        Path virsh = command("case \"$*\" in *dumpxml*) exit 1;; *) echo 6695eb01-f6a4-8304-79aa-97f2502e193f;; esac");

        Listing listing =
                sources().libvirt(virsh.toString(), "any", Optional.empty()).list();

        assertThat(listing.machines()).isEmpty();
        assertThat(listing.complete()).isFalse();
    }

    @Test
    void a_virsh_that_talks_without_end_is_given_up() throws Exception {
        Path virsh = command("yes");

        assertThatThrownBy(() -> sources()
                        .libvirt(virsh.toString(), "any", Optional.empty())
                        .list())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too much");
    }

    @Test
    void only_what_a_guest_can_write_and_names_is_taken_as_a_disk() throws Exception {
        Guest guest = DomainXml.guest(GUEST, true);

        assertThat(guest.kind()).isEqualTo(AssetKind.VM);
        assertThat(guest.uuid()).contains("6695eb01-f6a4-8304-79aa-97f2502e193f");
        assertThat(guest.disks())
                .containsExactly("/dev/vg/vps-1", "/images/vps-1.qcow2", "fast/vps-1-data", "rbd:pool/vps-1");
        assertThat(guest.macs()).containsExactly("52:54:00:aa:bb:01");
        assertThat(guest.toString()).doesNotContain("customer-7");
    }

    @Test
    void a_container_is_a_container() throws Exception {
        assertThat(DomainXml.guest("<domain type='lxc'><name>c1</name></domain>", false)
                        .kind())
                .isEqualTo(AssetKind.CONTAINER);
    }

    @Test
    void a_description_that_pulls_in_a_file_or_explodes_is_refused() {
        String entity = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>";

        assertThatThrownBy(() -> DomainXml.guest(entity, true)).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> DomainXml.guest("<domain/>", true)).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> DomainXml.guest("<network/>", true)).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> DomainXml.guest("", true)).isInstanceOf(SourceException.class);
    }

    @Test
    void identifiers_of_another_form_are_left_out_and_not_passed_on() throws Exception {
        Guest guest = DomainXml.guest(
                "<domain><name>a</name><uuid>;rm -rf</uuid><devices><interface><mac address='x'/></interface>"
                        + "</devices></domain>",
                true);

        assertThat(guest.uuid()).isEmpty();
        assertThat(guest.macs()).isEmpty();
    }

    private Path command(String script) throws IOException {
        Path command = Files.writeString(directory.resolve("virsh"), "#!/bin/sh\n" + script + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return command;
    }

    private static Sources sources() {
        return new Sources("cluster-a", CaptureMeans.HOSTER, InstantSource.fixed(NOW));
    }

    private static void requireVirsh() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/virsh"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there)
                    .as("virsh (Debian package libvirt-clients) is installed")
                    .isTrue();
        }
        assumeTrue(there, "virsh (Debian package libvirt-clients) is not installed");
    }
}
