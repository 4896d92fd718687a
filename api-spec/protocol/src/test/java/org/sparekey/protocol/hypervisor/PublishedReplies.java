// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.hypervisor;

import java.util.List;
import java.util.Map;

/**
 * Proxmox VE's replies as its API viewer documents them for one release: names, types and forms are those of the published
 * schemas ({@code cluster/resources}, {@code cluster/status}, {@code nodes}, {@code nodes/NODE/qemu|lxc/VMID/config}) and
 * of the manual's chapters on guests' configuration; every value is invented. Debian has no Proxmox VE to run.
 *
 * @param replies by path below {@code /api2/json}, whole bodies
 * @param guests what must be taken from them, in the order of the machines' numbers
 */
public record PublishedReplies(String release, Map<String, String> replies, List<Described> guests) {

    private static final String PERMISSIONS = "/access/permissions?path=/vms";
    private static final String RESOURCES = "/cluster/resources?type=vm";
    private static final String STATUS = "/cluster/status";
    private static final String NODES = "/nodes";

    public static List<PublishedReplies> all() {
        return List.of(seven(), eight(), nine());
    }

    /** 7.x: {@code memory} a whole number; cards with MACs of their own making. */
    private static PublishedReplies seven() {
        return new PublishedReplies(
                "7.4",
                Map.of(
                        PERMISSIONS,
                        body("{'/vms':{'VM.Audit':1,'VM.Monitor':1}}"),
                        STATUS,
                        body("[{'type':'node','id':'node/pve','name':'pve','nodeid':0,'ip':'192.0.2.1','local':1,"
                                + "'online':1,'level':''}]"),
                        NODES,
                        body("[{'node':'pve','id':'node/pve','type':'node','status':'online','cpu':0.02,'maxcpu':8,"
                                + "'mem':4294967296,'maxmem':17179869184,'disk':1,'maxdisk':2,'uptime':86400,'level':'',"
                                + "'ssl_fingerprint':'00:11:22'}]"),
                        RESOURCES,
                        body("[{'id':'qemu/101','type':'qemu','vmid':101,'node':'pve','name':'shop',"
                                + "'status':'running','template':0,'cpu':0.01,'maxcpu':2,'mem':1,'maxmem':2,'disk':0,"
                                + "'maxdisk':3,'diskread':4,'diskwrite':5,'netin':6,'netout':7,'uptime':8},"
                                + "{'id':'lxc/102','type':'lxc','vmid':102,'node':'pve','name':'mail','status':'stopped',"
                                + "'template':0,'cpu':0,'maxcpu':1,'mem':0,'maxmem':2,'disk':0,'maxdisk':3,'diskread':0,"
                                + "'diskwrite':0,'netin':0,'netout':0,'uptime':0}]"),
                        "/nodes/pve/qemu/101/config",
                        body("{'digest':'d','name':'shop','ostype':'l26','memory':2048,'balloon':0,'cores':2,"
                                + "'sockets':1,'numa':0,'agent':'1','onboot':1,'boot':'order=scsi0;ide2;net0',"
                                + "'scsihw':'virtio-scsi-pci','meta':'creation-qemu=6.1.0,ctime=1640000000',"
                                + "'smbios1':'uuid=6f0e8b1a-0000-4000-8000-000000000101',"
                                + "'vmgenid':'6f0e8b1a-0000-4000-8000-000000000999',"
                                + "'net0':'virtio=6E:11:00:00:00:01,bridge=vmbr0,firewall=1',"
                                + "'scsi0':'local-lvm:vm-101-disk-0,size=32G','ide2':'none,media=cdrom'}"),
                        "/nodes/pve/lxc/102/config",
                        body("{'digest':'d','hostname':'mail','arch':'amd64','ostype':'debian','cores':1,"
                                + "'memory':512,'swap':512,'unprivileged':1,'features':'nesting=1',"
                                + "'rootfs':'local-lvm:vm-102-disk-0,size=8G',"
                                + "'net0':'name=eth0,bridge=vmbr0,firewall=1,gw=192.0.2.1,"
                                + "hwaddr=6E:11:00:00:00:02,ip=192.0.2.9/24,type=veth'}")),
                List.of(
                        new Described("VM|101|6f0e8b1a-0000-4000-8000-000000000101|6e:11:00:00:00:01|"
                                + "local-lvm:vm-101-disk-0|"),
                        new Described("CONTAINER|102||6e:11:00:00:00:02|local-lvm:vm-102-disk-0|192.0.2.9")));
    }

    /** 8.x: {@code memory} a property string; TPM and EFI disks, tags, cloud-init, a second mount point, a folder of the host. */
    private static PublishedReplies eight() {
        return new PublishedReplies(
                "8.4",
                Map.of(
                        PERMISSIONS,
                        body("{'/vms':{'VM.Audit':1}}"),
                        STATUS,
                        body("[{'type':'cluster','id':'cluster','name':'ams','nodes':2,'version':3,'quorate':1},"
                                + "{'type':'node','id':'node/pve1','name':'pve1','nodeid':1,'ip':'192.0.2.1','local':1,"
                                + "'online':1,'level':'c'},{'type':'node','id':'node/pve2','name':'pve2','nodeid':2,"
                                + "'ip':'192.0.2.2','local':0,'online':1,'level':'c'}]"),
                        NODES,
                        body("[{'node':'pve1','status':'online'},{'node':'pve2','status':'online'}]"),
                        RESOURCES,
                        body("[{'id':'qemu/201','type':'qemu','vmid':201,'node':'pve1','name':'shop',"
                                + "'status':'running','template':0,'pool':'palmstrand','tags':'a;b','hastate':'started',"
                                + "'lock':'backup','cpu':0.01,'maxcpu':2,'mem':1,'maxmem':2,'uptime':8},"
                                + "{'id':'lxc/202','type':'lxc','vmid':202,'node':'pve2','name':'mail','status':'running',"
                                + "'template':0},"
                                + "{'id':'qemu/900','type':'qemu','vmid':900,'node':'pve1','name':'golden',"
                                + "'status':'stopped','template':1}]"),
                        "/nodes/pve1/qemu/201/config",
                        body("{'digest':'d','name':'shop','memory':'4096','cpu':'x86-64-v2-AES','bios':'ovmf',"
                                + "'machine':'q35','tags':'a;b','parent':'before','description':'ip=203.0.113.1',"
                                + "'smbios1':'uuid=6F0E8B1A-0000-4000-8000-000000000201,manufacturer=RXg=,base64=1',"
                                + "'efidisk0':'ceph:vm-201-disk-0,efitype=4m,pre-enrolled-keys=1,size=528K',"
                                + "'tpmstate0':'ceph:vm-201-disk-1,size=4M,version=v2.0',"
                                + "'scsi0':'ceph:vm-201-disk-2,discard=on,iothread=1,size=32G,ssd=1',"
                                + "'scsi1':'iothread=1,file=ceph:vm-201-disk-3,size=8G',"
                                + "'scsi2':'ceph:vm-201-cloudinit,media=cdrom',"
                                + "'sata0':'/dev/disk/by-id/invented-serial,size=1T',"
                                + "'ide2':'cephfs:iso/debian.iso,media=cdrom,size=600M','unused0':'ceph:vm-201-disk-9',"
                                + "'net0':'virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20',"
                                + "'net1':'model=e1000e,macaddr=BC:24:11:00:00:02,bridge=vmbr1',"
                                + "'ipconfig0':'gw=192.0.2.1,ip=192.0.2.7/24,ip6=2001:db8::7/64',"
                                + "'ipconfig1':'ip=dhcp,ip6=auto'}"),
                        "/nodes/pve2/lxc/202/config",
                        body("{'digest':'d','hostname':'mail','memory':512,'dev0':'/dev/ttyUSB0,gid=20',"
                                + "'rootfs':'local-zfs:subvol-202-disk-0,size=8G',"
                                + "'mp0':'local-zfs:subvol-202-disk-1,mp=/var/mail,backup=1,size=64G',"
                                + "'mp1':'/srv/shared,mp=/srv,ro=1','mp2':'volume=local-zfs:subvol-202-disk-2,mp=/x',"
                                + "'lxc':[['lxc.apparmor.profile','unconfined'],['lxc.cap.drop','']],"
                                + "'net0':'name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:03,ip=dhcp,ip6=manual',"
                                + "'net1':'name=eth1,bridge=vmbr1,hwaddr=BC:24:11:00:00:04,"
                                + "ip6=2001:db8::9/64,gw6=2001:db8::1'}")),
                List.of(
                        new Described("VM|201|6f0e8b1a-0000-4000-8000-000000000201|bc:24:11:00:00:01 bc:24:11:00:00:02|"
                                + "/dev/disk/by-id/invented-serial ceph:vm-201-disk-0 ceph:vm-201-disk-1"
                                + " ceph:vm-201-disk-2 ceph:vm-201-disk-3|192.0.2.7 2001:db8::7"),
                        new Described("CONTAINER|202||bc:24:11:00:00:03 bc:24:11:00:00:04|local-zfs:subvol-202-disk-0"
                                + " local-zfs:subvol-202-disk-1 local-zfs:subvol-202-disk-2|2001:db8::9")));
    }

    /** 9.x: {@code memhost} in the list, folders of the host shared with machines, cards managed by the host. */
    private static PublishedReplies nine() {
        return new PublishedReplies(
                "9.1",
                Map.of(
                        PERMISSIONS,
                        body("{'/vms':{'VM.Audit':true,'VM.GuestAgent.Audit':true}}"),
                        STATUS,
                        body("[{'type':'cluster','id':'cluster','name':'ams','nodes':1,'version':9,"
                                + "'quorate':true},{'type':'node','id':'node/pve1','name':'pve1','nodeid':1,"
                                + "'ip':'2001:db8::1','local':true,'online':true,'level':''}]"),
                        NODES,
                        body("[{'node':'pve1','id':'node/pve1','type':'node','status':'online','level':''}]"),
                        RESOURCES,
                        body("[{'id':'qemu/301','type':'qemu','vmid':301,'node':'pve1','name':'shop',"
                                + "'status':'running','template':0,'cpu':0.01,'maxcpu':2,'mem':1,'maxmem':2,'memhost':3,"
                                + "'tags':'a'},"
                                + "{'id':'lxc/302','type':'lxc','vmid':302,'node':'pve1','name':'mail','status':'running',"
                                + "'template':false}]"),
                        "/nodes/pve1/qemu/301/config",
                        body("{'digest':'d','name':'shop','memory':'current=4096','cores':'2','allow-ksm':0,"
                                + "'machine':'pc-q35-10.1','virtiofs0':'dirid=shared,cache=auto',"
                                + "'smbios1':'uuid=6f0e8b1a-0000-4000-8000-000000000301',"
                                + "'virtio0':'lvm-thick:vm-301-disk-0.qcow2,iothread=1,size=32G',"
                                + "'ide0':'local:301/vm-301-disk-1.raw,size=1G','scsi30':'ceph:base-300-disk-0/vm-301-disk-2',"
                                + "'net0':'virtio,macaddr=BC:24:11:00:00:05,bridge=vmbr0,queues=2'}"),
                        "/nodes/pve1/lxc/302/config",
                        body("{'digest':'d','hostname':'mail','memory':512,'entrypoint':'/sbin/init',"
                                + "'rootfs':'local-zfs:subvol-302-disk-0,size=8G,mountoptions=discard',"
                                + "'net0':'name=eth0,bridge=vmbr0,host-managed=1,hwaddr=BC:24:11:00:00:06,"
                                + "ip=198.51.100.9/32,ip6=2001:db8::a/128,type=veth'}")),
                List.of(
                        new Described("VM|301|6f0e8b1a-0000-4000-8000-000000000301|bc:24:11:00:00:05|"
                                + "ceph:base-300-disk-0/vm-301-disk-2 local:301/vm-301-disk-1.raw"
                                + " lvm-thick:vm-301-disk-0.qcow2|"),
                        new Described("CONTAINER|302||bc:24:11:00:00:06|local-zfs:subvol-302-disk-0|"
                                + "198.51.100.9 2001:db8::a")));
    }

    private static String body(String data) {
        return "{\"data\":" + data.replace('\'', '"') + "}";
    }
}
