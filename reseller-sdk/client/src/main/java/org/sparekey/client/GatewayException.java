// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.channel.ChannelException;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.registration.ReceiptCheck;

/**
 * A call to the gateway that did not come to its end. What was to be registered lies in the ledger and is sent by the next
 * call; nothing is lost. No message holds a machine, a customer or a key.
 */
public abstract sealed class GatewayException extends RuntimeException
        permits GatewayException.Refused,
                GatewayException.NotAuthorised,
                GatewayException.Unreachable,
                GatewayException.DeadlinePassed,
                GatewayException.NotAuthentic,
                GatewayException.ReceiptFails,
                GatewayException.Unreadable {

    private static final long serialVersionUID = 1;

    private final transient @Nullable ProblemDetails problem;

    private GatewayException(String message, @Nullable ProblemDetails problem, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What the gateway said (RFC 9457), when it said something. */
    public Optional<ProblemDetails> problem() {
        return Optional.ofNullable(problem);
    }

    /** The id under which the hoster finds this call in his records: {@code urn:uuid:...}. */
    public Optional<String> requestId() {
        return problem().map(ProblemDetails::instance);
    }

    /** Whether the same call may succeed later without a change on this side. */
    public abstract boolean mayPass();

    static GatewayException of(ChannelException e) {
        return switch (e.failure()) {
            case UNREACHABLE -> new Unreachable(e.getMessage(), e);
            case DEADLINE_PASSED -> new DeadlinePassed(e.getMessage(), e);
            case NOT_AUTHORISED -> new NotAuthorised(e.getMessage(), null, e);
            case NOT_AUTHENTIC -> new NotAuthentic(e.getMessage(), e);
            case MALFORMED -> new Unreadable(e.getMessage(), e);
        };
    }

    /** The gateway's signed refusal; a passing one was tried again as often as the settings allow. */
    public static final class Refused extends GatewayException {

        private static final long serialVersionUID = 1;

        private final boolean passing;
        private final @Nullable Duration retryAfter;

        Refused(ProblemDetails problem, boolean passing, Optional<Duration> retryAfter) {
            super("refused: " + problem.title(), problem, null);
            this.passing = passing;
            this.retryAfter = retryAfter.orElse(null);
        }

        /** How long the gateway asked to wait, at most five minutes. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }

        @Override
        public boolean mayPass() {
            return passing;
        }
    }

    /** Token, signature or connection are not (or no longer) those of an enrolled party, or this clock is wrong. */
    public static final class NotAuthorised extends GatewayException {

        private static final long serialVersionUID = 1;

        NotAuthorised(@Nullable String message, @Nullable ProblemDetails problem, @Nullable Throwable cause) {
            super("not authorised: " + message, problem, cause);
        }

        @Override
        public boolean mayPass() {
            return false;
        }
    }

    /** No connection, or it broke. */
    public static final class Unreachable extends GatewayException {

        private static final long serialVersionUID = 1;

        Unreachable(@Nullable String message, Throwable cause) {
            super("unreachable: " + message, null, cause);
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /** No whole answer within the deadline. */
    public static final class DeadlinePassed extends GatewayException {

        private static final long serialVersionUID = 1;

        DeadlinePassed(@Nullable String message, @Nullable Throwable cause) {
            super("deadline passed: " + message, null, cause);
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /** The answer is not signed by the gateway's pinned key, or not for this request. */
    public static final class NotAuthentic extends GatewayException {

        private static final long serialVersionUID = 1;

        NotAuthentic(@Nullable String message, Throwable cause) {
            super("not authentic: " + message, null, cause);
        }

        @Override
        public boolean mayPass() {
            return false;
        }
    }

    /** The gateway signed a receipt that does not hold. It lies in the ledger: it is evidence against the gateway. */
    public static final class ReceiptFails extends GatewayException {

        private static final long serialVersionUID = 1;

        private final ReceiptCheck.Outcome outcome;

        ReceiptFails(ReceiptCheck.Outcome outcome) {
            super("the gateway's receipt does not hold: " + outcome, null, null);
            this.outcome = outcome;
        }

        public ReceiptCheck.Outcome outcome() {
            return outcome;
        }

        @Override
        public boolean mayPass() {
            return false;
        }
    }

    /** The answer is authentic and cannot be understood: this client is older than the gateway, or one of them is wrong. */
    public static final class Unreadable extends GatewayException {

        private static final long serialVersionUID = 1;

        Unreadable(@Nullable String message, Throwable cause) {
            super("unreadable: " + message, null, cause);
        }

        @Override
        public boolean mayPass() {
            return false;
        }
    }
}
