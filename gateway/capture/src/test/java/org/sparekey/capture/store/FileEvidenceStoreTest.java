// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.protocol.json.Digest;

class FileEvidenceStoreTest {

    @TempDir
    Path temp;

    private FileEvidenceStore store;

    @BeforeEach
    void store() throws IOException {
        store = new FileEvidenceStore(temp.resolve("evidence"));
    }

    @Test
    void a_file_is_invisible_until_it_is_committed() throws IOException {
        try (NewFile file = store.create("key.cms")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(store.names()).isEmpty();
            StoredFile stored = file.commit();
            assertThat(stored).isEqualTo(new StoredFile("key.cms", 3, Digest.sha256(new byte[] {1, 2, 3})));
            assertThat(store.digest("key.cms")).isEqualTo(stored);
        }
        assertThat(store.names()).containsExactly("key.cms");
    }

    @Test
    void a_file_that_is_given_up_leaves_nothing() throws IOException {
        try (NewFile file = store.create("key.cms")) {
            file.write(ByteBuffer.wrap(new byte[] {1}));
        }
        assertThat(temp.resolve("evidence")).isEmptyDirectory();
    }

    @Test
    void what_a_crash_left_half_written_goes_with_the_next_opening() throws IOException {
        try (NewFile crashed = store.create("disk01-000001.zst.age")) {
            assertThat(crashed.isOpen()).isTrue();
            new FileEvidenceStore(temp.resolve("evidence"));
            assertThat(temp.resolve("evidence")).isEmptyDirectory();
            Files.createFile(temp.resolve("evidence/disk01-000001.zst.age.part"));
        }
    }

    @Test
    void nothing_is_overwritten_not_even_in_a_race() throws IOException {
        try (NewFile first = store.create("key.cms")) {
            first.write(ByteBuffer.wrap("first".getBytes(StandardCharsets.US_ASCII)));
            assertThatExceptionOfType(CaptureException.class).isThrownBy(() -> store.create("key.cms"));
            Files.writeString(temp.resolve("evidence/key.cms"), "raced");
            assertThatExceptionOfType(CaptureException.class).isThrownBy(first::commit);
        }
        assertThat(temp.resolve("evidence/key.cms")).hasContent("raced");
    }

    @Test
    void a_name_cannot_leave_the_store() {
        for (String name : new String[] {"../key.cms", "a/b", "", ".hidden", "a\0b", "x.part"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.open(name));
            assertThatIllegalArgumentException().isThrownBy(() -> store.create(name));
        }
    }

    @Test
    void destruction_leaves_nothing() throws IOException {
        for (String name : new String[] {"key.cms", "disk01-000001.zst.age"}) {
            try (NewFile file = store.create(name)) {
                file.write(ByteBuffer.wrap(new byte[] {1}));
                file.commit();
            }
        }
        store.destroy("key.cms");
        assertThat(temp.resolve("evidence")).isEmptyDirectory();
    }
}
