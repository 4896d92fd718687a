// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.channel.TestPki;
import org.sparekey.protocol.hypervisor.Described;
import org.sparekey.protocol.hypervisor.PublishedReplies;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.CaptureMeans;

/** Against a server that answers in the forms of Proxmox VE 7.x to 9.x, over TLS. */
class ProxmoxSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TOKEN = "sparekey@pve!agent=00000000-1111-2222-3333-444444444444";
    private static final String QEMU = """
        {"data":{"name":"web","boot":"order=scsi0;ide2;net0","cores":2,"memory":"2048","ostype":"l26",
        "smbios1":"uuid=6695EB01-f6a4-8304-79aa-97f2502e193f,manufacturer=RXhhbXBsZQ==,base64=1",
        "vmgenid":"11111111-f6a4-8304-79aa-97f2502e193f","scsihw":"virtio-scsi-single",
        "net0":"virtio=BC:24:11:2E:C5:4A,bridge=vmbr0,firewall=1","net1":"e1000=BC:24:11:2E:C5:4B,bridge=vmbr1",
        "scsi0":"local-lvm:vm-101-disk-0,iothread=1,size=32G","scsi1":"ceph:vm-101-disk-1,size=8G",
        "ide2":"local:iso/install.iso,media=cdrom,size=600M","ide0":"local-lvm:vm-101-cloudinit,media=cdrom",
        "unused0":"local-lvm:vm-101-disk-7","efidisk0":"local-lvm:vm-101-disk-2,efitype=4m,size=4M",
        "ipconfig0":"ip=192.0.2.10/24,gw=192.0.2.1,ip6=2001:db8::10/64","ipconfig1":"ip=dhcp,ip6=auto"}}\
        """;
    private static final String LXC = """
        {"data":{"hostname":"box","arch":"amd64","rootfs":"local-lvm:vm-102-disk-0,size=8G",
        "mp0":"volume=local-lvm:vm-102-disk-1,mp=/data,size=4G","unprivileged":1,
        "net0":"name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:BB:CC,ip=192.0.2.20/24,gw=192.0.2.1,type=veth"}}\
        """;
    private static final String RESOURCES = """
        {"data":[{"id":"qemu/101","type":"qemu","vmid":101,"node":"pve1","status":"running","template":0,"name":"web"},
        {"id":"lxc/102","type":"lxc","vmid":102,"node":"pve2","status":"stopped","template":0,"name":"box"},
        {"id":"qemu/900","type":"qemu","vmid":900,"node":"pve1","status":"stopped","template":1,"name":"golden"}]}\
        """;

    @TempDir
    Path directory;

    private final Map<String, String> replies = new HashMap<>();
    private final TestPki pki = new TestPki();
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        server.createContext("/api2/json", this::answer);
        server.start();
        TestPki.pem(directory.resolve("ca.pem"), pki.root());
        Files.writeString(directory.resolve("token"), TOKEN + "\n");
        replies.put("/access/permissions?path=/vms", "{\"data\":{\"/vms\":{\"VM.Audit\":1}}}");
        replies.put(
                "/nodes",
                "{\"data\":[{\"node\":\"pve1\",\"status\":\"online\"},{\"node\":\"pve2\",\"status\":\"online\"}]}");
        replies.put("/cluster/resources?type=vm", RESOURCES);
        replies.put("/nodes/pve1/qemu/101/config", QEMU);
        replies.put("/nodes/pve2/lxc/102/config", LXC);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void machines_and_containers_are_listed_with_what_identifies_them_and_templates_are_not() throws Exception {
        Listing listing = source(Optional.empty()).list();

        assertThat(listing.gaps()).isEmpty();
        assertThat(listing.machines()).extracting(vps -> vps.vm()).containsExactly("101", "102");
        assertThat(listing.machines().get(0)).satisfies(vps -> {
            assertThat(vps.kind()).isEqualTo(AssetKind.VM);
            assertThat(vps.node()).contains("pve1");
            assertThat(vps.uuid()).contains("6695eb01-f6a4-8304-79aa-97f2502e193f");
            assertThat(vps.macs()).containsExactly("bc:24:11:2e:c5:4a", "bc:24:11:2e:c5:4b");
            assertThat(vps.diskIds())
                    .containsExactlyInAnyOrder(
                            "local-lvm:vm-101-disk-0", "ceph:vm-101-disk-1", "local-lvm:vm-101-disk-2");
            assertThat(vps.addresses()).containsExactly("192.0.2.10", "2001:db8::10");
            assertThat(vps.running()).isTrue();
        });
        assertThat(listing.machines().get(1)).satisfies(vps -> {
            assertThat(vps.kind()).isEqualTo(AssetKind.CONTAINER);
            assertThat(vps.macs()).containsExactly("bc:24:11:aa:bb:cc");
            assertThat(vps.diskIds()).containsExactlyInAnyOrder("local-lvm:vm-102-disk-0", "local-lvm:vm-102-disk-1");
            assertThat(vps.addresses()).containsExactly("192.0.2.20");
            assertThat(vps.running()).isFalse();
        });
    }

    @Test
    void what_the_documentation_of_7_to_9_publishes_is_read_as_the_hoster_reads_it() throws Exception {
        for (PublishedReplies published : PublishedReplies.all()) {
            replies.clear();
            replies.putAll(published.replies());

            Listing listing = source(Optional.empty()).list();

            assertThat(listing.gaps()).as(published.release()).isEmpty();
            assertThat(listing.machines())
                    .as(published.release())
                    .extracting(vps -> Described.guest(
                            vps.kind() == AssetKind.CONTAINER,
                            vps.vm(),
                            vps.uuid(),
                            vps.macs(),
                            vps.diskIds(),
                            vps.addresses()))
                    .containsExactlyElementsOf(published.guests());
        }
    }

    @Test
    void the_file_says_whose_a_guest_is_and_which_addresses_it_has_besides() throws Exception {
        Path file = Files.writeString(directory.resolve("fleet.csv"), """
            ip,vm,customerRef,validFrom
            192.0.2.10,101,customer-7,2026-11-01T00:00:00Z
            203.0.113.9,101,customer-7,2026-11-01T00:00:00Z
            192.0.2.20,102,customer-8,2026-11-02T00:00:00Z
            """);

        Listing listing = source(Optional.of(file)).list();

        assertThat(listing.machines().get(0).addresses()).containsExactly("192.0.2.10", "2001:db8::10", "203.0.113.9");
        assertThat(listing.machines())
                .allSatisfy(vps -> assertThat(vps.customer()).isPresent());
    }

    @Test
    void a_node_that_is_away_is_a_gap() throws Exception {
        replies.put(
                "/nodes",
                "{\"data\":[{\"node\":\"pve1\",\"status\":\"online\"},{\"node\":\"pve2\",\"status\":\"offline\"}]}");
        replies.put(
                "/cluster/resources?type=vm",
                RESOURCES.replace("\"stopped\",\"template\":0", "\"unknown\",\"template\":0"));

        Listing listing = source(Optional.empty()).list();

        assertThat(listing.machines()).hasSize(1);
        assertThat(listing.gaps()).containsExactly("node pve2 is not online", "guest 102 is in state unknown");
    }

    @Test
    void a_token_that_may_not_see_everything_is_a_gap_however_well_its_list_looks() throws Exception {
        for (String rights : new String[] {"{\"/vms\":{\"VM.Audit\":0}}", "{}", "{\"/vms/101\":{\"VM.Audit\":1}}"}) {
            replies.put("/access/permissions?path=/vms", "{\"data\":" + rights + "}");
            assertThat(source(Optional.empty()).list().complete()).as(rights).isFalse();
        }
    }

    @Test
    void a_guest_whose_configuration_is_not_given_is_a_gap() throws Exception {
        replies.remove("/nodes/pve2/lxc/102/config");

        Listing listing = source(Optional.empty()).list();

        assertThat(listing.machines()).hasSize(1);
        assertThat(listing.gaps()).containsExactly("guest 102 could not be read: Proxmox VE answers 403");
    }

    @Test
    void a_guest_that_names_another_path_is_not_asked_for() throws Exception {
        replies.put("/cluster/resources?type=vm", RESOURCES.replace("\"pve1\"", "\"../../access/users?x=\""));

        Listing listing = source(Optional.empty()).list();

        assertThat(listing.machines()).hasSize(1);
        assertThat(listing.gaps()).containsExactly("a guest of a form that is not known");
    }

    @Test
    void what_is_not_json_or_not_a_list_is_no_empty_fleet() throws Exception {
        replies.put("/cluster/resources?type=vm", "{\"data\":null}");
        assertThatThrownBy(() -> source(Optional.empty()).list()).isInstanceOf(SourceException.class);
        replies.put("/cluster/resources?type=vm", "<html>");
        assertThatThrownBy(() -> source(Optional.empty()).list()).isInstanceOf(IOException.class);
    }

    @Test
    void a_wrong_token_is_refused_and_told_without_the_token() throws Exception {
        Files.writeString(directory.resolve("token"), TOKEN.replace("4444", "5555"));
        assertThatThrownBy(() -> source(Optional.empty()).list())
                .isInstanceOf(IOException.class)
                .hasMessage("Proxmox VE answers 401");
        Files.writeString(directory.resolve("token"), "secret-without-form");
        assertThatThrownBy(() -> source(Optional.empty()).list())
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret-without-form");
    }

    @Test
    void a_server_under_a_foreign_certificate_gets_no_token() throws Exception {
        TestPki.pem(directory.resolve("ca.pem"), new TestPki().root());

        assertThatThrownBy(() -> source(Optional.empty()).list()).isInstanceOf(IOException.class);
    }

    private Source source(Optional<Path> file) throws IOException, SourceException {
        URI url = URI.create("https://localhost:" + server.getAddress().getPort());
        ProxmoxSettings settings = new ProxmoxSettings(url, directory.resolve("token"), directory.resolve("ca.pem"));
        return new Sources("cluster-a", CaptureMeans.HOSTER, InstantSource.fixed(NOW)).proxmox(settings, file);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().replaceFirst("^/api2/json", "");
        boolean known =
                ("PVEAPIToken=" + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = !known ? 401 : replies.containsKey(path) ? 200 : 403;
        String reply = status == 200 ? replies.getOrDefault(path, "") : "{\"data\":null}";
        byte[] body = reply.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private SSLContext serverContext() throws Exception {
        var key = TestPki.write(directory, "pve", pki.issue("pve"));
        char[] passphrase = "passphrase of pve".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(directory.resolve(key.file()))) {
            store.load(in, passphrase);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, passphrase);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
