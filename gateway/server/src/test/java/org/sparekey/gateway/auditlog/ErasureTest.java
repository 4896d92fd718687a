// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;

/** Salt and payload of an entry are deleted: what must still hold, and what must be gone. */
class ErasureTest {

    private static final String PLAINTEXT = "192.0.2.77 belongs to Voorbeeld BV";

    @TempDir
    Path root;

    private LogFixture fixture;
    private AuditLog log;
    private Pending pending;

    @BeforeEach
    void oneEntryAboutSomebody() {
        fixture = new LogFixture(root);
        log = fixture.start();
        Statement statement = LogFixture.statement("neutral");
        pending = fixture.append(
                log,
                new Statement(
                        statement.log(),
                        statement.type(),
                        statement.actor(),
                        Optional.empty(),
                        Optional.empty(),
                        statement.clear(),
                        PLAINTEXT.getBytes(StandardCharsets.UTF_8)));
        LogFixture.all(log);
    }

    @Test
    void after_erasure_the_proof_still_verifies_and_the_commitment_cannot_be_opened() throws MalformedException {
        Opened opened = log.payload(pending.leafHash()).orElseThrow();
        LogProof before = log.proof(pending.leafHash()).orElseThrow().proof();
        erase();
        assertThat(log.payload(pending.leafHash())).isEmpty();
        NoteKey key = NoteKey.parse(log.vkey(LogName.CASE));
        assertThat(log.proof(pending.leafHash()).orElseThrow().proof()).isEqualTo(before);
        assertThat(before.proven(pending.leafHash(), key)).isPresent();
        LogEntry entry = log.entry(pending.leafHash()).orElseThrow().parsed();
        // Who kept the opening elsewhere, as the authority does in its bundle, can still prove it.
        assertThat(entry.payload().opens(opened.salt(), opened.payload())).isTrue();
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(log.find(next.leafHash())).isPresent();
    }

    @Test
    void before_erasure_the_plaintext_lies_in_the_one_erasable_table_and_nowhere_else() throws IOException {
        assertThat(columns()).containsExactly("auditlog_payload.payload");
        assertThat(files()).isEmpty();
    }

    @Test
    void after_erasure_a_dump_of_database_and_published_files_holds_no_plaintext() throws IOException {
        erase();
        assertThat(columns()).isEmpty();
        assertThat(files()).isEmpty();
    }

    /** As the owner: how it comes to that, by schedule and by two officers, is another room's. */
    private void erase() {
        fixture.jdbc(fixture.access.owner())
                .sql("DELETE FROM auditlog_payload WHERE leaf_hash = :leaf")
                .param("leaf", pending.leafHash().array())
                .update();
    }

    /** Every column of every table, as a dump would write it, in which the plaintext stands. */
    private TreeSet<String> columns() {
        String hex = HexFormat.of().formatHex(PLAINTEXT.getBytes(StandardCharsets.UTF_8));
        TreeSet<String> found = new TreeSet<>();
        List<String> all = fixture.criminal().sql("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE table_schema = 'public'
                        """).query(String.class).list();
        assertThat(all).hasSizeGreaterThan(100).contains("auditlog_entry.bytes", "auditlog_payload.payload");
        for (String column : all) {
            String table = column.substring(0, column.indexOf('.'));
            String name = column.substring(column.indexOf('.') + 1);
            boolean there = fixture.criminal()
                    .sql("SELECT EXISTS (SELECT FROM \"" + table + "\" WHERE strpos(\"" + name + "\"::text, :hex) > 0"
                            + " OR strpos(\"" + name + "\"::text, :text) > 0)")
                    .param("hex", hex)
                    .param("text", PLAINTEXT)
                    .query(Boolean.class)
                    .single();
            if (there) {
                found.add(column);
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).anyMatch(file -> file.toString().contains("tile/entries"));
            return all.stream().filter(ErasureTest::holdsPlaintext).toList();
        }
    }

    private static boolean holdsPlaintext(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(PLAINTEXT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
