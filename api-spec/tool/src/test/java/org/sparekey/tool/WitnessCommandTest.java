// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.witness.WitnessKey;
import org.sparekey.tool.witness.KnownLogs;
import org.sparekey.tool.witness.WitnessKeyFile;

class WitnessCommandTest {

    private static final NoteKey LOG = new NoteSigner("log.example/log/case/2026", new byte[32]).key();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void a_new_key_is_for_its_owner_only_and_its_public_half_is_printed() throws Exception {
        Path key = directory.resolve("witness.key");
        assertThat(run("witness", "key", "new", "--name", "police.example/w1", "--key", key.toString()))
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        WitnessKey printed = WitnessKey.parse(out.toString().strip());
        assertThat(WitnessKeyFile.read(key).key()).isEqualTo(printed);
        assertThat(printed.name()).isEqualTo("police.example/w1");
        assertThat(out + "" + err).doesNotContain("PRIVATE");
    }

    @Test
    void a_key_is_never_overwritten_and_a_name_of_another_form_is_wrong_usage() throws IOException {
        Path key = Files.writeString(directory.resolve("witness.key"), "mine");
        assertThat(run("witness", "key", "new", "--name", "w.example", "--key", key.toString()))
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(Files.readString(key)).isEqualTo("mine");
        assertThat(run("witness", "key", "new", "--name", "a b", "--key", key + "2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(Files.exists(Path.of(key + "2"))).isFalse();
    }

    @Test
    void a_key_that_others_can_read_is_not_used() throws Exception {
        Path key = directory.resolve("witness.key");
        run("witness", "key", "new", "--name", "w.example", "--key", key.toString());
        for (String open : List.of("rw-r-----", "rw----r--", "rwx------")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(open));
            assertThat(witness(key, LOG.vkey())).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString()).contains("chmod 600").doesNotContain("PRIVATE");
        }
    }

    @Test
    void without_key_log_and_store_it_is_wrong_usage() {
        assertThat(run("witness")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--key, --log and --store");
    }

    @Test
    void what_is_not_a_key_or_names_no_log_or_no_port_starts_nothing() throws Exception {
        Path key = directory.resolve("witness.key");
        run("witness", "key", "new", "--name", "w.example", "--key", key.toString());
        Path none = Files.writeString(directory.resolve("none.policy"), "quorum none\n");
        assertThat(witness(key, "nonsense")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(witness(key, none.toString())).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(witness(none, LOG.vkey())).isNotZero();
        assertThat(witness(directory.resolve("absent"), LOG.vkey())).isEqualTo(ExitCode.INCOMPLETE);
        for (String listen : List.of("", "7380", "localhost:", "localhost:99999", ":1")) {
            assertThat(run(
                            "witness",
                            "--key",
                            key.toString(),
                            "--log",
                            LOG.vkey(),
                            "--store",
                            directory.resolve("store").toString(),
                            "--listen",
                            listen))
                    .isEqualTo(ExitCode.USAGE);
        }
        assertThat(Files.exists(directory.resolve("store"))).isFalse();
    }

    @Test
    void logs_are_named_by_key_by_policy_or_by_trust_file() throws Exception {
        Path base = Path.of(System.getProperty("sparekey.basedir"));
        Path policy = Files.writeString(directory.resolve("policy"), "log " + LOG.vkey() + "\nquorum none\n");
        assertThat(KnownLogs.read(List.of(LOG.vkey(), policy.toString()))).containsExactly(LOG);
        Path trust = base.resolve("api-spec/vectors/bundles/trust.json");
        assertThat(KnownLogs.read(List.of(trust.toString()))).isNotEmpty();
        Path garbage = Files.writeString(directory.resolve("garbage"), "{}");
        assertThatThrownBy(() -> KnownLogs.read(List.of(garbage.toString()))).isInstanceOf(MalformedException.class);
    }

    private int witness(Path key, String log) {
        return run(
                "witness",
                "--key",
                key.toString(),
                "--log",
                log,
                "--store",
                directory.resolve("store").toString());
    }

    private int run(String... args) {
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
