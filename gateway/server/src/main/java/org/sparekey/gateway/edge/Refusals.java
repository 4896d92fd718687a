// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.LogStoppedException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.SignatureProfile;

/** Renders a refusal as problem details, with the headers that go with its kind. */
final class Refusals {

    /** Seconds; for what passes by itself. */
    static final int RETRY_AFTER_SECONDS = 5;

    private static final int FIRST_SERVER_ERROR = 500;

    /** PostgreSQL's codes (its appendix A): serialization failure, deadlock, lock not available. */
    private static final Set<String> ASKED_AGAIN = Set.of("40001", "40P01", "55P03");

    private final String publicOrigin;

    Refusals(String publicOrigin) {
        this.publicOrigin = publicOrigin;
    }

    /**
     * The coded problem behind a failure, if there is one: ours anywhere in the chain of causes, malformed input, a log or a
     * database that takes nothing now, or nothing. Our own words only, so nothing of the input comes back.
     */
    static Optional<ProblemException> coded(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Optional.of(problem);
            }
            if (cause instanceof LogStoppedException) {
                return Optional.of(new ProblemException(
                        Problem.LOG_UNAVAILABLE, "the log takes no entries now, so nothing is done", failure));
            }
            // What the pool says when no connection came free in time, or the database is away.
            if (cause instanceof SQLTransientConnectionException) {
                return Optional.of(
                        new ProblemException(Problem.OVERLOADED, "the database takes no more work now", failure));
            }
            // Two who waited for each other, or one who waited too long: whoever is told so asks again.
            if (cause instanceof SQLException sql && ASKED_AGAIN.contains(String.valueOf(sql.getSQLState()))) {
                return Optional.of(
                        new ProblemException(Problem.OVERLOADED, "somebody else is at work on the same rows", failure));
            }
            if (cause instanceof MalformedException malformed) {
                String where = malformed.pointer().isEmpty() ? "" : malformed.pointer() + ": ";
                return Optional.of(
                        new ProblemException(Problem.MALFORMED_REQUEST, where + malformed.reason(), failure));
            }
        }
        return Optional.empty();
    }

    /** The problem for a bare status that the framework or the container gave. */
    static ProblemException forStatus(int status) {
        Problem problem = switch (status) {
            case 401 -> Problem.TOKEN_INVALID;
            case 403 -> Problem.FORBIDDEN;
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 412 -> Problem.PRECONDITION_FAILED;
            case 413 -> Problem.BODY_TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            case 416 -> Problem.RANGE_NOT_SATISFIABLE;
            default -> status < FIRST_SERVER_ERROR ? Problem.MALFORMED_REQUEST : Problem.INTERNAL;
        };
        return new ProblemException(problem, problem.title());
    }

    /** Writes status, headers and body to a response of which nothing was sent. */
    void write(HttpServletResponse response, ProblemException refusal, String requestId) throws IOException {
        Problem problem = refusal.problem();
        response.setStatus(problem.status());
        response.setContentType(ProblemDetails.MEDIA_TYPE);
        switch (problem) {
            case SIGNATURE_INVALID, REPLAYED ->
                response.setHeader("Accept-Signature", SignatureProfile.acceptSignature());
            case TOKEN_INVALID -> response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            case IN_PROGRESS, LOG_UNAVAILABLE, OVERLOADED, REVOCATION_UNKNOWN ->
                response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
            default -> {}
        }
        response.getOutputStream()
                .write(Wire.write(ProblemDetails.of(problem, refusal.detail(), publicOrigin, requestId)));
    }
}
