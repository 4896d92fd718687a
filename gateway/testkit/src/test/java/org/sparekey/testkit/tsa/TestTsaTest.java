// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.TimeStampFault;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.timestamp.cms.TimeStampQuery;
import org.sparekey.testkit.pki.KeyFiles;

class TestTsaTest {

    private static final byte[] WORDS = "what was said\n".getBytes(StandardCharsets.US_ASCII);
    private static final TimeStampQuery QUERY =
            new TimeStampQuery(Digest.sha256(WORDS), BigInteger.valueOf(31_61), Optional.empty());

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestTsa tsa;

    @BeforeEach
    void start() throws IOException {
        tsa = TestTsa.start(InstantSource.system(), new SecureRandom());
    }

    @AfterEach
    void stop() {
        tsa.close();
    }

    @Test
    void an_honest_answer_is_a_time_stamp() throws Exception {
        assertThat(verdict(ask(QUERY.bytes()))).isEqualTo("stamped");
        assertThat(tsa.stamped()).containsExactly(QUERY.stamped());
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_IMPRINT,WRONG_IMPRINT",
        "WRONG_NONCE,WRONG_NONCE",
        "EXPIRED_CERTIFICATE,CERTIFICATE_EXPIRED",
        "WRONG_USE,WRONG_CERTIFICATE",
        "FOREIGN_ROOT,PATH_INVALID",
        "REJECTION,NOT_GRANTED",
        "GARBAGE,UNREADABLE"
    })
    void every_wrong_answer_is_refused_for_its_own_reason(Conduct conduct, TimeStampFault fault) throws Exception {
        tsa.conduct(conduct);
        assertThat(verdict(ask(QUERY.bytes()))).isEqualTo(fault.code());
        assertThat(tsa.stamped()).isEmpty();
    }

    @Test
    void away_means_that_nobody_listens_and_back_is_at_the_same_place() throws Exception {
        tsa.away();
        assertThatThrownBy(() -> ask(QUERY.bytes())).isInstanceOf(ConnectException.class);
        tsa.back();
        assertThat(verdict(ask(QUERY.bytes()))).isEqualTo("stamped");
    }

    @Test
    void openssl_asks_and_believes_the_answer_and_no_altered_words() throws Exception {
        requireOpenssl();
        Files.write(directory.resolve("words"), WORDS);
        assertThat(openssl("ts", "-query", "-data", "words", "-sha256", "-cert", "-out", "words.tsq"))
                .isZero();
        Files.write(directory.resolve("words.tsr"), ask(Files.readAllBytes(directory.resolve("words.tsq"))));
        KeyFiles.certificates(directory.resolve("tsa.pem"), List.of(tsa.root()));

        assertThat(openssl("ts", "-verify", "-data", "words", "-in", "words.tsr", "-CAfile", "tsa.pem"))
                .isZero();
        assertThat(openssl("ts", "-verify", "-queryfile", "words.tsq", "-in", "words.tsr", "-CAfile", "tsa.pem"))
                .isZero();
        Files.writeString(directory.resolve("words"), "what was not said\n");
        assertThat(openssl("ts", "-verify", "-data", "words", "-in", "words.tsr", "-CAfile", "tsa.pem"))
                .isNotZero();
    }

    /** The same answers that we refuse, refused by another hand: no stricter reading of ours is at work. */
    @ParameterizedTest
    @CsvSource({"WRONG_IMPRINT", "WRONG_NONCE", "EXPIRED_CERTIFICATE", "WRONG_USE", "FOREIGN_ROOT", "REJECTION"})
    void openssl_refuses_every_wrong_answer_too(Conduct conduct) throws Exception {
        requireOpenssl();
        tsa.conduct(conduct);
        Files.write(directory.resolve("words.tsq"), QUERY.bytes());
        Files.write(directory.resolve("words.tsr"), ask(QUERY.bytes()));
        KeyFiles.certificates(directory.resolve("tsa.pem"), List.of(tsa.root()));
        assertThat(openssl("ts", "-verify", "-queryfile", "words.tsq", "-in", "words.tsr", "-CAfile", "tsa.pem"))
                .isNotZero();
    }

    private static void requireOpenssl() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/openssl"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("openssl is installed").isTrue();
        }
        assumeTrue(there, "openssl is not installed: the time-stamp is not judged by another hand");
    }

    private int openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process openssl = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.txt").toFile())
                .start();
        assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return openssl.exitValue();
    }

    private String verdict(byte[] reply) throws CertificateEncodingException {
        return new CmsTimeStamps()
                .check(reply, QUERY, List.of(Bytes.of(tsa.root().getEncoded())))
                .match(stamp -> "stamped", TimeStampFault::code);
    }

    private byte[] ask(byte[] query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tsa.location())
                .header("Content-Type", TimeStampQuery.CONTENT_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
}
