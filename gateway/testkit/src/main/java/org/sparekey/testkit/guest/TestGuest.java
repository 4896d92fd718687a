// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A guest that {@link TestGuests} started.
 *
 * @param disk its one disk: a raw ext4 image of {@code size} bytes
 * @param console what it prints
 */
public record TestGuest(String name, UUID uuid, Path disk, long size, Path console) {

    /** Of its first interface, which is up, or of its second, whose owner keeps it down. Locally administered. */
    public String mac(int number) {
        long id = uuid.getLeastSignificantBits();
        return "52:54:00:%02x:%02x:%02x".formatted(id >> 8 & 0xff, id & 0xff, number);
    }

    /** Transient and emulated: {@code kvm} may exist and not work, and nothing may outlive the test. */
    String domain(TestKernel kernel) {
        return """
                <domain type='qemu'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <memory unit='MiB'>96</memory>
                  <vcpu>1</vcpu>
                  <os>
                    <type arch='x86_64' machine='q35'>hvm</type>
                    <kernel>%s</kernel>
                    <initrd>%s</initrd>
                    <cmdline>console=ttyS0 quiet panic=-1</cmdline>
                  </os>
                  <cpu mode='custom' match='exact'><model>qemu64</model></cpu>
                  <on_reboot>destroy</on_reboot>
                  <on_crash>destroy</on_crash>
                  <devices>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='raw'/>
                      <source file='%s'/>
                      <target dev='vda' bus='virtio'/>
                    </disk>
                    <interface type='user'><mac address='%s'/><model type='virtio'/></interface>
                    <interface type='user'>
                      <mac address='%s'/><model type='virtio'/><link state='down'/>
                    </interface>
                    <controller type='usb' model='none'/>
                    <memballoon model='none'/>
                    <serial type='file'><source path='%s'/><target port='0'/></serial>
                    <console type='file'><source path='%s'/><target type='serial' port='0'/></console>
                  </devices>
                </domain>
                """.formatted(name, uuid, kernel.kernel(), kernel.initramfs(), disk, mac(1), mac(2), console, console);
    }
}
