// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/** Which descriptions say that every link of a guest can be cut; half an isolation is none. */
class LinksTest {

    private static final String TAP =
            "<interface type='bridge'><mac address='52:54:00:AA:00:01'/><link state='down'/></interface>";

    @Test
    void a_link_is_up_unless_it_says_down() throws IOException {
        String other = "<interface type='network'><mac address='52:54:00:aa:00:02'/></interface>";
        String third = "<interface type='direct'><mac address='52:54:00:aa:00:03'/><link state='up'/></interface>";

        assertThat(Links.parse(domain(TAP + other + third)))
                .containsEntry("52:54:00:aa:00:01", false)
                .containsEntry("52:54:00:aa:00:02", true)
                .containsEntry("52:54:00:aa:00:03", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<interface type='hostdev'><mac address='52:54:00:aa:00:02'/></interface>",
                "<interface type='vhostuser'><mac address='52:54:00:aa:00:02'/></interface>",
                "<interface><mac address='52:54:00:aa:00:02'/></interface>",
                "<hostdev mode='subsystem' type='pci'/>",
            })
    void a_card_of_its_own_is_no_link_that_could_be_cut(String device) {
        refused(CaptureRefusal.NETWORK_OUT_OF_REACH, domain(TAP + device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio-net-pci,netdev=x", "user,id=x,net=192.0.2.0/24", "vfio-pci,host=01:00.0"})
    void a_network_handed_to_qemu_past_libvirt_is_not_overlooked(String argument) {
        String past = "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:arg value='"
                + argument + "'/></qemu:commandline>";
        refused(CaptureRefusal.NETWORK_OUT_OF_REACH, "<domain><devices>" + TAP + "</devices>" + past + "</domain>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {TAP, "<interface type='bridge'/>", "<interface type='bridge'><mac address=''/></interface>"})
    void two_links_of_one_name_and_one_without_are_not_guessed_at(String device) {
        refused(CaptureRefusal.NETWORK_AMBIGUOUS, domain(TAP + device));
    }

    @Test
    void a_description_that_loads_something_is_none() {
        refused(
                CaptureRefusal.DESCRIPTION_MALFORMED,
                "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><domain>&x;</domain>");
    }

    private static String domain(String devices) {
        return "<domain><devices>" + devices + "</devices></domain>";
    }

    private static void refused(CaptureRefusal refusal, String xml) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> Links.parse(xml))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
