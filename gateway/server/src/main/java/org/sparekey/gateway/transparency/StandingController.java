// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Resumed;
import org.sparekey.gateway.auditlog.StopReason;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How far a log is, and two officers' word that a stopped one may go on. Both work while the log is stopped. */
@RestController
class StandingController {

    static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    private final AuditLog log;
    private final Parties parties;
    private final InstantSource clock;

    StandingController(AuditLog log, Parties parties, InstantSource clock) {
        this.log = log;
        this.parties = parties;
        this.clock = clock;
    }

    /** @param entry leaf hash of the entry that says who resumed */
    record Resumption(Digest entry, LogStanding standing) {}

    @GetMapping("/v1/log/{name}/standing")
    ResponseEntity<byte[]> standing(Caller caller, @PathVariable String name) {
        requireOfficer(caller);
        return json(HttpStatus.OK, Wire.write(Standing.of(log, log(name))));
    }

    @PostMapping(path = "/v1/log/{name}/resumptions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> resume(Caller caller, @PathVariable String name, @RequestBody byte[] body) {
        requireOfficer(caller);
        OfficersWord<LogResumption> word = OfficersWord.read(body, LogResumption.class, parties, clock.instant());
        Actor actor = new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
        return switch (log.recovery()
                .resume(log(name), word.said(), word.joint().bytes(), actor)) {
            case Resumed.Done done -> answer(log(name), done.entry().leafHash());
            case Resumed.NotStopped _ -> throw conflict("the log is not stopped for anything that officers resolve");
            case Resumed.Otherwise(long size, Digest root, StopReason reason) ->
                throw conflict("the log holds " + size + " leaves under the root " + root + " and is stopped for "
                        + reason.text());
            case Resumed.StillBehind(StopReason reason) ->
                throw conflict("the database is still not what was signed and witnessed: " + reason.text());
            case Resumed.Unconfirmed _ -> throw conflict("too few witnesses answer now to know what they have seen");
        };
    }

    private ResponseEntity<byte[]> answer(LogName name, Digest entry) {
        boolean recorded = log.await(entry, RECEIPT_WAIT).isPresent();
        Resumption resumption = new Resumption(entry, Standing.of(log, name));
        return json(recorded ? HttpStatus.CREATED : HttpStatus.ACCEPTED, Wire.write(resumption));
    }

    static void requireOfficer(Caller caller) {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer sees and resumes a stopped log");
        }
    }

    static LogName log(String name) {
        try {
            return LogName.of(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no such log", e);
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(Problem.CONFLICT, detail);
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, byte[] body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
