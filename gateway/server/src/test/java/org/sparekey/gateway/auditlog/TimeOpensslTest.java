// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.TimeStampFault;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

/** What was stored, judged by Debian's openssl with nothing but the file, the token and the authority's root. */
class TimeOpensslTest {

    private static final byte[] MANIFEST = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    private TimeFixture hour;
    private TimeStamping time;
    private byte[] checkpoint;

    @BeforeEach
    void stamp() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/openssl"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("openssl is installed").isTrue();
        }
        assumeTrue(there, "openssl is not installed: the tokens are not judged by another hand");
        hour = new TimeFixture(root);
        AuditLog log = hour.fixture.start();
        time = hour.start(log);
        hour.grow(log);
        checkpoint = log.checkpoint(LogName.CASE).orElseThrow();
        time.ask(Digest.sha256(MANIFEST));
        TimeFixture.all(time);
    }

    @AfterEach
    void stop() {
        if (hour != null) {
            hour.close();
        }
    }

    @Test
    void openssl_accepts_the_stored_token_over_a_checkpoint_and_over_a_manifest() throws Exception {
        assertThat(judged(checkpoint, reply(checkpoint))).isZero();
        assertThat(judged(MANIFEST, reply(MANIFEST))).isZero();
    }

    @Test
    void openssl_refuses_altered_bytes_and_a_token_over_something_else() throws Exception {
        byte[] altered = checkpoint.clone();
        altered[5] ^= 1;
        assertThat(judged(altered, reply(checkpoint))).isNotZero();
        assertThat(judged(MANIFEST, reply(checkpoint))).isNotZero();
    }

    @Test
    void openssl_and_we_refuse_an_altered_token() throws Exception {
        byte[] reply = reply(checkpoint);
        byte[] time = "2026112312".getBytes(StandardCharsets.US_ASCII);
        String text = new String(reply, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(time, StandardCharsets.ISO_8859_1));
        reply[at + 9] ^= 1;
        assertThat(judged(checkpoint, reply)).isNotZero();
        assertThat(new CmsTimeStamps()
                        .check(reply, Digest.sha256(checkpoint), this.time.roots())
                        .match(stamp -> "stamped", TimeStampFault::code))
                .isEqualTo("SIGNATURE_INVALID");
    }

    private byte[] reply(byte[] of) {
        return time.token(Digest.sha256(of)).orElseThrow().reply();
    }

    /** The documented command; the clock of the test is not the machine's, hence -attime. */
    private int judged(byte[] bytes, byte[] reply) throws IOException, InterruptedException {
        Files.write(root.resolve("stamped"), bytes);
        Files.write(root.resolve("stamped.tsr"), reply);
        List<String> command = new ArrayList<>(List.of("openssl", "ts", "-verify", "-data", "stamped"));
        command.addAll(List.of("-in", "stamped.tsr", "-CAfile", hour.roots.toString()));
        command.addAll(List.of("-attime", Long.toString(LogFixture.NOW.getEpochSecond())));
        Process openssl = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("openssl.txt").toFile())
                .start();
        assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return openssl.exitValue();
    }
}
