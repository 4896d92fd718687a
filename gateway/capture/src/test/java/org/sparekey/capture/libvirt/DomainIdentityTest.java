// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.listing.ListedGuest;

/** The shapes are those of libvirt's own test files; the values are invented. */
class DomainIdentityTest {

    private static final String UUID = "6f0e8b1a-0000-4000-8000-000000000101";

    @Test
    void every_kind_of_storage_that_identifies_is_named_as_a_registration_names_it() throws CaptureException {
        DomainIdentity identity = domain("qemu", """
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/vm/a.qcow2'/>
              <target dev='vda' bus='virtio'/></disk>
            <disk type='block' device='disk'><source dev='/dev/vg/b'/><target dev='vdb'/></disk>
            <disk type='block' device='lun'><source dev='/dev/sdc'/><target dev='sda' bus='scsi'/></disk>
            <disk type='network' device='disk'><source protocol='rbd' name='pool/c'>
              <host name='mon.example' port='6789'/></source><target dev='vdc'/></disk>
            <disk type='volume' device='disk'><source pool='blue' volume='d'/><target dev='vdd'/></disk>
            <disk type='dir' device='disk'><source dir='/vm/e'/><target dev='vde'/></disk>\
            """);
        assertThat(identity.identifiers().diskIds())
                .containsExactly("/dev/sdc", "/dev/vg/b", "/vm/a.qcow2", "/vm/e", "blue/d", "rbd:pool/c");
        assertThat(identity.kind()).isEqualTo(ListedGuest.Kind.VM);
        assertThat(identity.uuid()).contains(UUID);
    }

    @Test
    void what_many_guests_share_identifies_none() throws CaptureException {
        DomainIdentity identity = domain("kvm", """
            <disk type='file' device='cdrom'><source file='/iso/install.iso'/><target dev='sda'/><readonly/></disk>
            <disk type='file' device='floppy'><source file='/img/f'/><target dev='fda'/></disk>
            <disk type='file' device='disk'><source file='/base/shared.img'/><target dev='vdz'/><readonly/></disk>
            <disk type='file' device='disk'><target dev='vdy'/></disk>
            <disk type='network' device='disk'><source protocol='nbd'><host name='h'/></source><target dev='v'/></disk>
            <disk type='nvme' device='disk'><source type='pci' managed='yes' namespace='1'>
              <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source><target dev='vdn'/></disk>
            <disk type='vhostuser' device='disk'><source type='unix' path='/tmp/blk.sock'/><target dev='vdh'/></disk>
            <interface type='hostdev'/><interface type='user'><mac address='00:00:00:00:00:00'/></interface>\
            """);
        assertThat(identity.identifiers().diskIds()).isEmpty();
        assertThat(identity.identifiers().macs()).isEmpty();
    }

    @Test
    void a_container_is_listed_with_its_file_systems_and_its_own_end_of_the_wire() throws CaptureException {
        DomainIdentity identity = domain("lxc", """
            <filesystem type='mount' accessmode='passthrough'><source dir='/ct/101'/><target dir='/'/></filesystem>
            <filesystem type='file'><driver type='loop' format='raw'/><source file='/ct/101.img'/><target dir='/h'/>
            </filesystem>
            <filesystem type='ram'><source usage='10' units='KiB'/><target dir='/mnt'/></filesystem>
            <interface type='ethernet'><mac address='00:16:3E:00:00:01'/>
              <source><ip address='192.0.2.1' family='ipv4' prefix='24'/></source>
              <ip address='192.0.2.7' family='ipv4' prefix='24'/><ip address='2001:DB8::7' family='ipv6' prefix='64'/>
              <guest dev='eth2'/></interface>\
            """);
        assertThat(identity.kind()).isEqualTo(ListedGuest.Kind.CONTAINER);
        assertThat(identity.identifiers().diskIds()).containsExactly("/ct/101", "/ct/101.img");
        assertThat(identity.identifiers().macs()).containsExactly("00:16:3e:00:00:01");
        assertThat(identity.identifiers().addresses()).containsExactly("192.0.2.7", "2001:db8::7");
    }

    @Test
    void a_description_without_devices_or_uuid_still_names_its_guest() throws CaptureException {
        DomainIdentity bare = DomainIdentity.parse("<domain type='test'><name> bare </name></domain>");
        assertThat(bare.name()).isEqualTo("bare");
        assertThat(bare.uuid()).isEmpty();
        assertThat(bare.identifiers().diskIds()).isEmpty();
    }

    @Test
    void what_is_no_description_has_a_code_and_never_another_exception() {
        for (String xml : List.of(
                "",
                "<domain>",
                "<network><name>n</name></network>",
                "<domain><uuid>" + UUID + "</uuid></domain>",
                "<domain><name></name></domain>",
                "<!DOCTYPE domain [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>",
                "<!DOCTYPE domain [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><domain><name>&b;</name></domain>")) {
            assertThatExceptionOfType(CaptureException.class)
                    .isThrownBy(() -> DomainIdentity.parse(xml))
                    .extracting(CaptureException::refusal)
                    .isEqualTo(CaptureRefusal.DESCRIPTION_MALFORMED);
        }
    }

    @Test
    void a_damaged_description_gives_identifiers_or_a_code() throws CaptureException {
        String whole = "<domain type='lxc'><name>shop</name><uuid>" + UUID + "</uuid><devices>"
                + "<disk type='file'><source file='/a'/></disk>"
                + "<interface type='ethernet'><mac address='52:54:00:00:00:01'/><ip address='192.0.2.7'/></interface>"
                + "</devices></domain>";
        Random random = new Random(7);
        int coded = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int j = 0; j <= i % 4; j++) {
                damaged.setCharAt(random.nextInt(damaged.length()), "<>'/& x".charAt(random.nextInt(7)));
            }
            try {
                assertThat(DomainIdentity.parse(damaged.toString()).name()).isNotEmpty();
            } catch (CaptureException e) {
                assertThat(e.refusal()).isEqualTo(CaptureRefusal.DESCRIPTION_MALFORMED);
                coded++;
            }
        }
        assertThat(coded).isBetween(1, 1_999);
    }

    private static DomainIdentity domain(String type, String devices) throws CaptureException {
        return DomainIdentity.parse("<domain type='" + type + "'><name>shop</name><uuid>" + UUID + "</uuid><os>"
                + "<type>hvm</type></os><devices>" + devices + "</devices></domain>");
    }
}
