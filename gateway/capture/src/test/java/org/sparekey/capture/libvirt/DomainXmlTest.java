// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.CaptureException;

class DomainXmlTest {

    private static final String DISKS = """
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/vm/a.qcow2'/>
              <target dev='vda'/></disk>
            <disk type='block' device='disk'><driver type='raw'/><source dev='/dev/vg/b'/><target dev='vdb'/></disk>
            <disk type='network' device='disk'><driver type='raw'/><source protocol='rbd' name='pool/c'/>
              <target dev='vdc'/></disk>
            <disk type='file' device='cdrom'><driver type='raw'/><source file='/iso'/><target dev='sda'/><readonly/></disk>
            <interface type='bridge'><mac address='52:54:00:AB:CD:EF'/></interface>""";

    @Test
    void every_writable_disk_and_every_address_is_found() throws IOException {
        DomainXml domain = DomainXml.parse(domain(DISKS));
        assertThat(domain.disks())
                .containsExactly(
                        new DomainXml.Source("vda", "qcow2", "/vm/a.qcow2", true),
                        new DomainXml.Source("vdb", "raw", "/dev/vg/b", true),
                        new DomainXml.Source("vdc", "raw", "rbd:pool/c", false));
        assertThat(domain.macs()).containsExactly("52:54:00:ab:cd:ef");
        assertThat(domain.name()).isEqualTo("shop");
    }

    @Test
    void an_external_entity_in_a_description_is_refused() {
        refused("<!DOCTYPE domain [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + domain("<a>&x;</a>"));
    }

    @Test
    void an_entity_bomb_in_a_description_is_refused() {
        refused("<!DOCTYPE domain [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + domain("<a>&b;</a>"));
    }

    @Test
    void a_disk_of_unknown_kind_fails_the_listing_instead_of_being_left_out() {
        refused(domain(
                "<disk type='quantum' device='disk'><driver type='raw'/><source x='y'/><target dev='vda'/></disk>"));
    }

    @Test
    void garbage_is_refused() {
        refused("");
        refused("<domain>");
        refused("<domain><name>x</name><uuid>no</uuid><devices/></domain>");
    }

    private static String domain(String devices) {
        return "<domain><name>shop</name><uuid>6f0e8b1a-0000-4000-8000-000000000101</uuid><devices>" + devices
                + "</devices></domain>";
    }

    private static void refused(String xml) {
        assertThatExceptionOfType(CaptureException.class).isThrownBy(() -> DomainXml.parse(xml));
    }
}
