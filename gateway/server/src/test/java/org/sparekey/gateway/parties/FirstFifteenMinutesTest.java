// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.testkit.world.Cast;

/**
 * A newcomer follows {@code docs/reseller/first-15-minutes.md} to the letter: each block of commands is run by a shell as
 * it is printed, with the launcher of the Debian package, against the whole gateway over TLS. Only the hoster's two
 * addresses are others, as the page says they are.
 */
class FirstFifteenMinutesTest {

    private static final Path ROOT = Path.of(System.getProperty("sparekey.basedir", "../.."));
    private static final Path PAGE = ROOT.resolve("docs/reseller/first-15-minutes.md");
    private static final Path LAUNCHER = ROOT.resolve("reseller-sdk/agent/src/deb/bin/sparekey-agent");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^(<!-- not run -->\\n)?^```(\\w*)\\n(.*?)^```$");

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final EnrolmentDesk desk = new EnrolmentDesk(gateway.world());
    private final List<String> commands = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void whoever_types_what_the_page_prints_has_his_machines_registered_and_a_receipt_for_them() throws Exception {
        read();
        assertThat(commands).as("the page's blocks of commands").hasSize(5);
        assertThat(files).as("the page's file").hasSize(1);
        tools();

        String made = typed(commands.get(0));
        assertThat(made).contains("tls key, fingerprint to be read out: ");
        EnrolmentStatus invited = status("", Wire.write(EnrolmentDesk.newReseller("lindenhof")));
        handedOver(invited);
        String claimed = typed(commands.get(1));
        assertThat(claimed).contains("claimed: " + invited.enrolment());
        sign(invited);
        Files.writeString(directory.resolve("fleet.csv"), files.get(0));
        String looked = typed(commands.get(2));
        assertThat(looked)
                .contains(
                        "ok: the gateway answers",
                        "2 machines listed, 2 changes",
                        "+ cluster-a/101",
                        "+ cluster-a/102");
        assertThat(typed(commands.get(3))).contains("2 registered");
        assertThat(typed(commands.get(4)))
                .contains("192.0.2.10", "2001:db8:7::/64", "batch 1: 2 lines, 0 refused", "PROVEN")
                .doesNotContain("customer-7", "customer-8");
    }

    private void read() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            boolean shell = block.group(2).equals("sh");
            if (shell && block.group(1) == null) {
                commands.add(block.group(3));
            } else if (!shell) {
                files.add(block.group(3));
            }
        }
    }

    /** The launcher of the package, with the classes of this build for its jar and this directory for its own. */
    private void tools() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        script(bin.resolve("sparekey-agent"), """
            export SPAREKEY_CONFIG='%s' SPAREKEY_SPOOL='%s' SPAREKEY_JAVA='%s'
            exec sh '%s' "$@"
            """.formatted(
                        directory.resolve(ChannelConfiguration.FILE),
                        directory.resolve("hints"),
                        bin.resolve("java"),
                        LAUNCHER.toAbsolutePath()));
        script(bin.resolve("java"), """
            words=()
            while [ $# -gt 0 ]; do
                case $1 in
                    -jar) words+=(-cp '%s' org.sparekey.agent.Agent); shift 2;;
                    *) words+=("$1"); shift;;
                esac
            done
            exec '%s' "${words[@]}"
            """.formatted(
                System.getProperty("java.class.path"), Path.of(System.getProperty("java.home"), "bin", "java")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** What the hoster hands over, and the code that he reads out. */
    private void handedOver(EnrolmentStatus invited) throws Exception {
        Path theirs = gateway.world().directory().resolve("gateway");
        Files.copy(theirs.resolve("ca.pem"), directory.resolve("gateway-ca.pem"));
        Files.copy(theirs.resolve("message.pem"), directory.resolve("gateway-message.pem"));
        String logKey = ChannelConfiguration.load(
                        gateway.world().home(cast.reseller()).resolve(ChannelConfiguration.FILE))
                .logKeys()
                .getFirst();
        Files.writeString(directory.resolve("registry.vkey"), logKey + "\n");
        Files.writeString(directory.resolve("code.txt"), invited.code().orElseThrow() + "\n");
    }

    private void sign(EnrolmentStatus invited) throws Exception {
        EnrolmentStatus claimed = gateway.client(cast.officer1())
                .get("/v1/enrolments/" + invited.enrolment())
                .json(EnrolmentStatus.class);
        EnrolmentStatus signed = status(
                "/" + claimed.enrolment() + "/decisions",
                desk.signed(claimed, cast.officer1(), cast.officer2()).bytes());
        assertThat(signed.state()).isEqualTo("in-force");
        Imported rented = gateway.bean(Inventory.class).importAssignments("""
                    kind,value,reseller,from,to
                    PREFIX,192.0.2.10/31,lindenhof,2026-10-01T00:00:00.000Z,
                    PREFIX,2001:db8:7::/64,lindenhof,2026-10-01T00:00:00.000Z,
                    """.getBytes(StandardCharsets.UTF_8));
        assertThat(rented).as(rented::toString).isInstanceOf(Imported.Done.class);
    }

    private EnrolmentStatus status(String path, byte[] body) {
        return gateway.client(cast.officer1())
                .post("/v1/enrolments" + path, "application/json", body)
                .json(EnrolmentStatus.class);
    }

    /** Stops at the first command that fails, as a reader would. */
    private String typed(String block) throws IOException, InterruptedException {
        String here = block.replace(
                        "https://gateway.hoster.example", gateway.world().site().gatewayOrigin())
                .replace(
                        "https://log.hoster.example",
                        "https://localhost:" + gateway.world().site().publicPort());
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(block + said).isZero();
        return said;
    }
}
