// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.client.ClientSettings;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.TestPki;
import org.sparekey.protocol.tree.NoteSigner;

class InitTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void keys_are_made_here_and_for_their_owner_alone() throws Exception {
        assertThat(init()).as(err::toString).isEqualTo(ExitCode.OK);

        for (String file : List.of("tls.p12", "tls.pass", "message.p12", "document.p12", "reseller.secret")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(directory.resolve("document.csr"))).contains("CERTIFICATE REQUEST");
        assertThat(out.toString())
                .containsPattern("tls key, fingerprint to be read out: ([0-9a-f]{4} ){15}[0-9a-f]{4}");
        assertThat(out + err.toString())
                .doesNotContain(Files.readString(directory.resolve("tls.pass")).strip());
        ChannelConfiguration made = ChannelConfiguration.load(directory.resolve("sparekey.json"));
        assertThat(made.reseller().orElseThrow().id()).isEqualTo("palmstrand");
    }

    @Test
    void nothing_is_ever_written_over() throws Exception {
        init();
        byte[] secret = Files.readAllBytes(directory.resolve("reseller.secret"));

        assertThat(init()).isEqualTo(ExitCode.CONFLICT);
        Files.delete(directory.resolve("sparekey.json"));
        assertThat(init()).isEqualTo(ExitCode.CONFLICT);

        assertThat(Files.readAllBytes(directory.resolve("reseller.secret"))).isEqualTo(secret);
    }

    @Test
    void a_certificate_of_another_key_is_not_installed() throws IOException {
        init();
        TestPki pki = new TestPki();
        TestPki.pem(directory.resolve("other.pem"), pki.issue("other").certificate());

        assertThat(run("init", "--config", config(), "--install", "tls=" + directory.resolve("other.pem")))
                .isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("not the certificate of the tls key");
        assertThat(run("init", "--config", config(), "--install", "root=" + directory.resolve("other.pem")))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void enrolment_by_code_makes_the_keys_and_says_what_the_hoster_must_hand_over_first() throws IOException {
        Path code = Files.writeString(directory.resolve("code"), "ENR-7Q4F-2KX9.ABCD-EFGH-JKMN-PQRS\n");

        assertThat(run(
                        "init",
                        "--config",
                        config(),
                        "--reseller",
                        "palmstrand",
                        "--hoster",
                        "Voorbeeld Hosting B.V.",
                        "--gateway",
                        "https://gateway.hoster.example",
                        "--public",
                        "https://log.hoster.example",
                        "--code",
                        code.toString()))
                .isEqualTo(ExitCode.INCOMPLETE);

        assertThat(err.toString()).contains("gateway-message.pem is missing");
        assertThat(directory.resolve("tls.p12")).exists();
        assertThat(out + err.toString()).doesNotContain("ABCD-EFGH");
    }

    @Test
    void keys_that_are_claimed_have_an_issuer_beside_them_which_is_thrown_away() throws Exception {
        init();
        TestPki pki = new TestPki();
        TestPki.pem(directory.resolve("gateway-ca.pem"), pki.issue("ca").certificate());
        TestPki.pem(
                directory.resolve("gateway-message.pem"), pki.issue("message").certificate());
        Path code = Files.writeString(directory.resolve("code"), "ENR-7Q4F-2KX9.ABCD-EFGH-JKMN-PQRS");

        assertThat(run("init", "--config", config(), "--public", "https://127.0.0.1:1", "--code", code.toString()))
                .isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("cannot be reached");
        ChannelConfiguration made = ChannelConfiguration.load(directory.resolve("sparekey.json"));
        assertThat(made.keys(directory).tls().chain()).hasSize(2);
        assertThat(directory.resolve("own-issuer.p12")).doesNotExist();
        assertThat(directory.resolve("own-issuer.pass")).doesNotExist();
    }

    @Test
    void a_mistyped_code_is_not_repeated_and_no_public_listener_is_wrong_usage() throws IOException {
        init();
        Path code = Files.writeString(directory.resolve("code"), "ENR-7Q4F-2KX9.SECRETISH");

        assertThat(run("init", "--config", config(), "--code", code.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run(
                        "init",
                        "--config",
                        config(),
                        "--code",
                        code.toString(),
                        "--public",
                        "https://log.hoster.example"))
                .isEqualTo(ExitCode.INCOMPLETE);
        assertThat(out + err.toString()).doesNotContain("SECRETISH");
    }

    @Test
    void the_log_s_key_is_pinned_beside_what_is_pinned_and_garbage_is_not() throws Exception {
        String first =
                new NoteSigner("registry.hoster.example", new byte[32]).key().vkey();
        String second =
                new NoteSigner("registry-2.hoster.example", new byte[32]).key().vkey();
        Path file = Files.writeString(directory.resolve("registry.vkey"), first + "\n");
        assertThat(init("--log-key", file.toString())).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(pinned()).containsExactly(first);

        Files.writeString(file, second);
        assertThat(run("init", "--config", config(), "--log-key", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(run("init", "--config", config(), "--log-key", file.toString()))
                .as("once more")
                .isEqualTo(ExitCode.OK);
        assertThat(pinned()).containsExactly(first, second);

        Files.writeString(file, second.replace('+', '-'));
        assertThat(run("init", "--config", config(), "--log-key", file.toString()))
                .isEqualTo(ExitCode.INCOMPLETE);
        assertThat(pinned()).containsExactly(first, second);
    }

    private List<String> pinned() throws Exception {
        return ChannelConfiguration.load(directory.resolve("sparekey.json")).logKeys();
    }

    @Test
    void what_is_missing_is_wrong_usage() {
        assertThat(run("init", "--config", config(), "--reseller", "Palm Strand", "--hoster", "x", "--gateway", "y"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("init", "--config", config(), "--reseller", "palmstrand", "--hoster", "x", "--gateway", "y"))
                .isEqualTo(ExitCode.USAGE);
    }

    private int init(String... more) {
        List<String> words = new ArrayList<>(List.of("init", "--config", config(), "--reseller", "palmstrand"));
        words.addAll(List.of("--hoster", "Voorbeeld Hosting B.V.", "--gateway", "https://gateway.hoster.example"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private String config() {
        return directory.resolve("sparekey.json").toString();
    }

    private int run(String... words) {
        Surroundings around = new Surroundings(ClientSettings.usual(), false, wait -> false);
        return Agent.run(around, new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
