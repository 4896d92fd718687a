// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Closure;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Two officers close an origin whose signed entries nobody can bring back, and begin the next. */
@RestController
class ClosureController {

    private final AuditLog log;
    private final Parties parties;
    private final InstantSource clock;

    ClosureController(AuditLog log, Parties parties, InstantSource clock) {
        this.log = log;
        this.parties = parties;
        this.clock = clock;
    }

    /** @param closed the origin under which nothing is signed again */
    record OriginClosed(String closed, LogStanding standing) {}

    /** A refusal names what is known here, so that the officers can look, agree and sign for that. */
    @PostMapping(path = "/v1/log/{name}/closures", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> close(Caller caller, @PathVariable String name, @RequestBody byte[] body) {
        StandingController.requireOfficer(caller);
        OfficersWord<LogClosure> word = OfficersWord.read(body, LogClosure.class, parties, clock.instant());
        Actor actor = new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
        return switch (log.recovery()
                .close(StandingController.log(name), word.said(), word.joint().bytes(), actor)) {
            case Closure.Done _ -> closed(name, word.said().origin());
            case Closure.NothingLost() -> throw conflict("the database holds everything that was signed");
            case Closure.Otherwise otherwise ->
                throw conflict("what was signed last of " + otherwise.known().origin() + " has "
                        + otherwise.known().size() + " leaves under the root "
                        + otherwise.known().root() + ", the database holds " + otherwise.held()
                        + " of them, and the next origin is " + otherwise.next());
        };
    }

    private ResponseEntity<byte[]> closed(String name, String origin) {
        OriginClosed closed = new OriginClosed(origin, Standing.of(log, StandingController.log(name)));
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(closed));
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(Problem.CONFLICT, detail);
    }
}
