// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.WitnessedProof;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Both logs for enrolled authorities and officers. Hash tiles and proofs say nothing about an entry that one does not
 * hold; bundles of entries go to officers and the supervisor only, because they show other authorities' cases go by.
 */
@RestController
class LogController {

    private static final Set<Role> NOT_OF_THE_LOG = EnumSet.of(Role.RESELLER, Role.OPERATOR, Role.CO_APPROVER);

    private final AuditLog log;
    private final LogFiles files;

    LogController(AuditLog log) {
        this.log = log;
        this.files = new LogFiles(log);
    }

    @GetMapping("/v1/log/{name}/{*path}")
    ResponseEntity<byte[]> file(Caller caller, @PathVariable String name, @PathVariable String path) {
        LogName of = readable(caller, name);
        boolean all = caller.role() == Role.OFFICER || caller.role() == Role.SUPERVISOR;
        return files.answer(of, path, all);
    }

    /** The offline proof of an entry whose leaf hash one knows, C2SP tlog-proof. */
    @GetMapping("/v1/log/{name}/proof/{leafHash}")
    ResponseEntity<byte[]> proof(Caller caller, @PathVariable String name, @PathVariable String leafHash) {
        LogName of = readable(caller, name);
        WitnessedProof proof = log.find(leaf(leafHash))
                .filter(recorded -> log.published(of).stream()
                        .anyMatch(shard -> shard.origin().equals(recorded.origin())))
                .flatMap(recorded -> log.proof(recorded.leafHash()))
                .orElseThrow(LogController::absent);
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(proof.bytes());
    }

    private static LogName readable(Caller caller, String name) {
        if (NOT_OF_THE_LOG.contains(caller.role())) {
            throw new ProblemException(Problem.FORBIDDEN, "your role reads the log on the public listener only");
        }
        return Arrays.stream(LogName.values())
                .filter(log -> log.text().equals(name))
                .findFirst()
                .orElseThrow(LogController::absent);
    }

    private static Digest leaf(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException notADigest) {
            throw absent();
        }
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.NOT_FOUND, "the log has no such file");
    }
}
