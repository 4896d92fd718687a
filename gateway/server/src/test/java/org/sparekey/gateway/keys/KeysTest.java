// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.TreeHash;

class KeysTest {

    private static final String ORIGIN = "log.hoster.example/log/case/2026";

    @TempDir
    Path directory;

    private TestKeys files;

    @BeforeEach
    void write() throws IOException {
        files = TestKeys.write(directory);
    }

    @Test
    void a_checkpoint_is_signed_under_its_origin_and_the_same_one_always_alike() {
        LogSigner signer = files.load().log("case", ORIGIN);
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 1, TreeHash.leaf(new byte[0]));
        assertThat(signer.sign(checkpoint).signers(List.of(signer.key()))).containsExactly(signer.key());
        assertThat(signer.sign(checkpoint).bytes())
                .isEqualTo(files.load().log("case", ORIGIN).sign(checkpoint).bytes());
        Checkpoint foreign = new Checkpoint("log.hoster.example/log/registry/2026", 1, checkpoint.root());
        assertThatThrownBy(() -> signer.sign(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_two_logs_have_keys_of_their_own() {
        Keys keys = files.load();
        assertThat(keys.log("case", ORIGIN).key().publicKey())
                .isNotEqualTo(keys.log("registry", ORIGIN).key().publicKey());
        assertThatThrownBy(() -> keys.log("other", ORIGIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_file_that_others_may_read_is_refused() throws IOException {
        Path manifest = directory.resolve("manifest.p12");
        Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(files::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The file " + manifest + " holds a secret: its mode must be 0600.");
    }

    @Test
    void a_passphrase_file_that_others_may_read_is_refused() throws IOException {
        Files.setPosixFilePermissions(files.passphraseFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(files::load).hasMessageEndingWith("its mode must be 0600.");
    }

    @Test
    void a_wrong_passphrase_and_an_absent_file_are_refused_without_naming_the_passphrase() throws IOException {
        Files.writeString(files.passphraseFile(), "guess-nobody-makes\n");
        assertThatThrownBy(files::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("does not open with the configured passphrase.");
        Files.delete(directory.resolve("log-registry.p12"));
        assertThatThrownBy(files::load).hasMessageEndingWith("is missing or cannot be read.");
    }

    @Test
    void nothing_of_a_key_is_printed() throws IOException {
        Keys keys = files.load();
        String printed = keys + " " + keys.log("case", ORIGIN) + " " + keys.statement() + " " + keys.message();
        assertThat(printed)
                .doesNotContain(Files.readString(files.passphraseFile()))
                .startsWith("Keys LogSigner[" + ORIGIN + "+");
    }
}
