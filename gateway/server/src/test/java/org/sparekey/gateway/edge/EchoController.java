// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Wire;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A room for the door's own tests: it says who came in, counts how often it was reached, and fails when asked to. */
@RestController
class EchoController {

    static final AtomicInteger REACHED = new AtomicInteger();

    /** What two who lock each other out hold. */
    static final int FIRST = 810_001;

    static final int SECOND = 810_002;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    EchoController(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    record Echo(String party, String person, String role, int bytes, List<String> certificateHeaders) {}

    record Strict(String name, long count) {}

    @GetMapping("/v1/echo")
    ResponseEntity<byte[]> who(Caller caller, HttpServletRequest request) {
        REACHED.incrementAndGet();
        return json(echo(caller, 0, request));
    }

    @PostMapping(path = "/v1/echo", consumes = "application/octet-stream")
    ResponseEntity<byte[]> bytes(Caller caller, HttpServletRequest request) throws IOException {
        REACHED.incrementAndGet();
        return json(echo(caller, request.getInputStream().readAllBytes().length, request));
    }

    @PostMapping(path = "/v1/echo/json", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json(Caller caller, HttpServletRequest request) throws Exception {
        REACHED.incrementAndGet();
        return json(Wire.read(request.getInputStream().readAllBytes(), Strict.class));
    }

    @GetMapping("/v1/echo/number")
    ResponseEntity<byte[]> number(Caller caller, @RequestParam int n) {
        return json(List.of(Integer.toString(n)));
    }

    @GetMapping("/v1/echo/failure")
    ResponseEntity<byte[]> failure(Caller caller) {
        throw new IllegalStateException("the secret of the insides");
    }

    @GetMapping("/v1/echo/crowd")
    ResponseEntity<byte[]> crowd(Caller caller) {
        throw new CannotCreateTransactionException(
                "no transaction", new SQLTransientConnectionException("app - request timed out"));
    }

    /** Has the first, and asks for the second once somebody waits for the first: whoever has the second, they are stuck. */
    @GetMapping("/v1/echo/deadlock")
    ResponseEntity<byte[]> deadlock(Caller caller) {
        transaction.executeWithoutResult(_ -> {
            lock(FIRST);
            while (!jdbc.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND objid = :first)")
                    .param("first", FIRST)
                    .query(Boolean.class)
                    .single()) {
                Thread.onSpinWait();
            }
            lock(SECOND);
        });
        return json(List.of("nobody was stuck"));
    }

    private void lock(int number) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:number)")
                .param("number", number)
                .query((row, n) -> number)
                .single();
    }

    @GetMapping("/v1/echo/volume")
    ResponseEntity<byte[]> volume(Caller caller) {
        byte[] content = "0123456789".getBytes();
        return ResponseEntity.ok()
                .header(
                        "Repr-Digest",
                        org.sparekey.protocol.signature.ContentDigest.of(content)
                                .write())
                .eTag("\"v1\"")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(content.length)
                .body(content);
    }

    private static Echo echo(Caller caller, int bytes, HttpServletRequest request) {
        List<String> headers = java.util.Collections.list(request.getHeaderNames()).stream()
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("cert"))
                .toList();
        return new Echo(caller.party().value(), caller.person(), caller.role().name(), bytes, headers);
    }

    private static ResponseEntity<byte[]> json(Object value) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Wire.write(value));
    }
}
