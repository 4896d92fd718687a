// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import org.sparekey.protocol.hypervisor.Described;
import org.sparekey.protocol.hypervisor.PublishedReplies;

/** Replies in the form that the API viewer of 7.x to 9.x documents; the values are invented. */
class ProxmoxListingTest {

    private static final String RESOURCES = "/cluster/resources?type=vm";
    private static final String PERMISSIONS = "/access/permissions?path=/vms";
    private static final String SHOP = """
        {"id":"qemu/101","type":"qemu","node":"pve1","vmid":101,"name":"shop","status":"running","template":0,
         "maxcpu":2,"cpu":0.01,"maxmem":2147483648,"mem":1073741824,"uptime":86400,"disk":0,"maxdisk":34359738368,
         "diskread":1,"diskwrite":2,"netin":3,"netout":4}\
        """;
    private static final String MAIL = """
        {"id":"lxc/102","type":"lxc","node":"pve2","vmid":102,"name":"mail","status":"stopped","template":0,
         "pool":"palmstrand","tags":"a;b","hastate":"started","lock":"backup"}\
        """;
    private static final String GOLDEN = """
        {"id":"qemu/900","type":"qemu","node":"pve1","vmid":900,"name":"golden","status":"stopped","template":1}\
        """;

    @TempDir
    Path directory;

    private PveStandIn cluster;

    @BeforeEach
    void start() {
        cluster = new PveStandIn(directory)
                .data(PERMISSIONS, "{\"/vms\":{\"VM.Audit\":1}}")
                .data("/cluster/status", """
                    [{"type":"cluster","id":"cluster","name":"ams","nodes":2,"version":4,"quorate":1},
                     {"type":"node","id":"node/pve1","name":"pve1","nodeid":1,"ip":"192.0.2.1","local":1,"online":1},
                     {"type":"node","id":"node/pve2","name":"pve2","nodeid":2,"ip":"192.0.2.2","local":0,"online":1}]\
                    """)
                .data(RESOURCES, "[" + SHOP + "," + MAIL + "," + GOLDEN + "]")
                .data("/nodes/pve1/qemu/101/config", """
                    {"digest":"d","name":"shop","memory":2048,"cores":2,"ostype":"l26","scsihw":"virtio-scsi-single",
                     "smbios1":"uuid=6F0E8B1A-0000-4000-8000-000000000101,manufacturer=eA==,base64=1",
                     "vmgenid":"6f0e8b1a-0000-4000-8000-000000000999","boot":"order=scsi0;ide2;net0",
                     "net0":"virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=20","net1":"e1000=BC:24:11:00:00:02",
                     "scsi0":"local-lvm:vm-101-disk-0,iothread=1,size=32G","ide2":"none,media=cdrom",
                     "ide0":"local:iso/debian.iso,media=cdrom,size=600M","sata1":"local-lvm:vm-101-cloudinit,media=cdrom",
                     "efidisk0":"local-lvm:vm-101-disk-1,efitype=4m,size=4M","unused0":"local-lvm:vm-101-disk-9",
                     "ipconfig0":"ip=192.0.2.7/24,gw=192.0.2.1,ip6=2001:db8::7/64","ipconfig1":"ip=dhcp,ip6=auto"}\
                    """)
                .data("/nodes/pve2/lxc/102/config", """
                    {"digest":"d","hostname":"mail","arch":"amd64","ostype":"debian","memory":512,"unprivileged":1,
                     "rootfs":"local-zfs:subvol-102-disk-0,size=8G","mp0":"local-zfs:subvol-102-disk-1,mp=/srv,size=8G",
                     "net0":"name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:03,ip=198.51.100.9/24,ip6=manual,type=veth",
                     "lxc":[["lxc.cap.drop","sys_time"]]}\
                    """);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void guests_and_containers_are_listed_with_what_identifies_them() {
        Listing listing = cluster.listing().list();
        assertThat(listing.complete()).as(listing.gaps().toString()).isTrue();
        assertThat(listing.guests()).hasSize(2);
        ListedGuest shop = listing.guests().get(0);
        assertThat(shop.kind()).isEqualTo(ListedGuest.Kind.VM);
        assertThat(shop.cluster()).isEqualTo("ams-pve");
        assertThat(shop.node()).contains("pve1");
        assertThat(shop.vmId()).isEqualTo("101");
        assertThat(shop.uuid()).contains("6f0e8b1a-0000-4000-8000-000000000101");
        assertThat(shop.running()).isTrue();
        assertThat(shop.diskIds()).containsExactly("local-lvm:vm-101-disk-0", "local-lvm:vm-101-disk-1");
        assertThat(shop.macs()).containsExactly("bc:24:11:00:00:01", "bc:24:11:00:00:02");
        assertThat(shop.addresses()).containsExactly("192.0.2.7", "2001:db8::7");
        ListedGuest mail = listing.guests().get(1);
        assertThat(mail.kind()).isEqualTo(ListedGuest.Kind.CONTAINER);
        assertThat(mail.uuid()).isEmpty();
        assertThat(mail.running()).isFalse();
        assertThat(mail.diskIds()).containsExactly("local-zfs:subvol-102-disk-0", "local-zfs:subvol-102-disk-1");
        assertThat(mail.macs()).containsExactly("bc:24:11:00:00:03");
        assertThat(mail.addresses()).containsExactly("198.51.100.9");
    }

    @Test
    void what_the_documentation_of_7_to_9_publishes_is_read_as_the_agent_reads_it() {
        for (PublishedReplies published : PublishedReplies.all()) {
            published.replies().forEach((path, body) -> cluster.answer(path, 200, body));
            Listing listing = cluster.listing().list();
            assertThat(listing.gaps()).as(published.release()).isEmpty();
            assertThat(listing.guests())
                    .as(published.release())
                    .extracting(guest -> Described.guest(
                            guest.kind() == ListedGuest.Kind.CONTAINER,
                            guest.vmId(),
                            guest.uuid(),
                            guest.macs(),
                            guest.diskIds(),
                            guest.addresses()))
                    .containsExactlyElementsOf(published.guests());
        }
    }

    @Test
    void only_questions_are_asked_and_none_about_what_a_guest_holds() {
        cluster.listing().list();
        assertThat(cluster.asked)
                .containsExactly(
                        "GET " + PERMISSIONS,
                        "GET /cluster/status",
                        "GET " + RESOURCES,
                        "GET /nodes/pve1/qemu/101/config",
                        "GET /nodes/pve2/lxc/102/config",
                        "GET " + RESOURCES);
    }

    @Test
    void a_token_that_may_not_see_every_guest_never_gives_a_complete_listing() {
        cluster.data(PERMISSIONS, "{}");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.NOT_PERMITTED));
        cluster.data(PERMISSIONS, "{\"/vms\":{\"VM.Audit\":0}}");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.NOT_PERMITTED));
    }

    @Test
    void a_node_that_is_away_leaves_a_gap_and_not_fewer_guests() {
        cluster.data("/cluster/status", """
            [{"type":"cluster","quorate":1},{"type":"node","name":"pve1","online":1},
             {"type":"node","name":"pve2","online":0}]\
            """).answer("/nodes/pve2/lxc/102/config", 595, "");
        Listing listing = cluster.listing().list();
        assertThat(listing.guests()).extracting(ListedGuest::vmId).containsExactly("101");
        assertThat(listing.gaps())
                .containsExactly(new Gap("pve2", Gap.Reason.NODE_OFFLINE), new Gap("102", Gap.Reason.NODE_OFFLINE));
    }

    @Test
    void a_cluster_without_its_majority_is_not_believed() {
        cluster.data("/cluster/status", "[{\"type\":\"cluster\",\"quorate\":0}]");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.NO_QUORUM));
    }

    @Test
    void a_guest_that_moves_while_the_guests_are_listed_leaves_a_gap() {
        cluster.data(RESOURCES, "[" + SHOP + "]").then(RESOURCES, "[" + SHOP.replace("\"pve1\"", "\"pve2\"") + "]");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.CHANGED_WHILE_LISTED));
    }

    @Test
    void a_guest_of_unknown_state_is_not_said_to_be_stopped() {
        cluster.data(RESOURCES, "[" + SHOP.replace("running", "unknown") + "]");
        Listing listing = cluster.listing().list();
        assertThat(listing.guests()).isEmpty();
        assertThat(listing.gaps()).containsExactly(new Gap("101", Gap.Reason.UNREACHABLE));
    }

    @Test
    void hostile_or_broken_answers_are_gaps_and_never_lead_elsewhere() {
        for (String resources : List.of(
                "[" + SHOP.replace("\"pve1\"", "\"../../access\"") + "]",
                "[" + SHOP.replace("101,", "\"1/../2\",") + "]",
                "[{\"type\":\"qemu\"}]",
                "3")) {
            cluster.data(RESOURCES, resources);
            assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.MALFORMED));
        }
        cluster.answer(RESOURCES, 200, "<html>");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.MALFORMED));
        cluster.answer(RESOURCES, 200, "{\"data\":" + "[".repeat(100_000));
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.MALFORMED));
        cluster.answer(PERMISSIONS, 401, "");
        assertThat(gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.NOT_PERMITTED));
    }

    @Test
    void a_cluster_that_does_not_answer_is_one_gap() {
        ProxmoxListing listing = cluster.listing();
        cluster.close();
        assertThat(listing.list().gaps()).containsExactly(new Gap("ams-pve", Gap.Reason.UNREACHABLE));
    }

    @Test
    void a_cluster_is_never_asked_over_plain_http() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ProxmoxSettings("a", URI.create("http://pve.example:8006"), directory, directory));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxmoxSettings("a", URI.create("https://pve.example/x"), directory, directory));
    }

    private List<Gap> gaps() {
        return cluster.listing().list().gaps();
    }
}
