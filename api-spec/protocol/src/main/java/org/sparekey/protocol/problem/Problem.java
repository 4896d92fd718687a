// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

import java.util.Locale;

/** Every problem the gateway may answer with; the slug ends its type URI and names its page in {@code api-spec/problems}. */
public enum Problem {
    // The request's form
    MALFORMED_REQUEST(400, "The request is not of the form its media type demands"),
    MISSING_IDEMPOTENCY_KEY(400, "A POST needs an Idempotency-Key"),
    CONTENT_ENCODING_REFUSED(415, "Encoded content is refused"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not accepted here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be answered"),
    BODY_TOO_LARGE(413, "The body is larger than this resource takes"),
    NOT_FOUND(404, "Nothing is found here for you"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    PRECONDITION_REQUIRED(428, "A change of state needs If-Match"),
    PRECONDITION_FAILED(412, "The resource has changed since it was read"),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the content"),
    // The caller
    SIGNATURE_INVALID(401, "The message signature does not hold"),
    TOKEN_INVALID(401, "The access token is not valid for this connection"),
    REPLAYED(401, "The request was seen before"),
    KEYS_DISAGREE(403, "Connection, token and message are not of the same person"),
    FORBIDDEN(403, "Your role may not do this"),
    AUTHORITY_SUSPENDED(403, "The authority is suspended at this hoster"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    // Repeats
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another payload"),
    IN_PROGRESS(409, "The same request is being worked on"),
    CONFLICT(409, "The state does not allow this"),
    // Registration
    BATCH_MALFORMED(400, "The registration batch is not of its form"),
    BATCH_ROOT_MISMATCH(400, "The batch's root is not the root over its lines"),
    BATCH_OUT_OF_SEQUENCE(409, "The batch's number is not the next one"),
    DOCUMENT_REFUSED(403, "The signed document is not accepted"),
    CODE_REFUSED(403, "The one-time code opens nothing"),
    // Orders
    ORDER_MALFORMED(400, "The order is not of its form"),
    ORDER_DUPLICATE(409, "An order with this id exists already"),
    APPROVAL_MALFORMED(400, "The approval is not of its form"),
    APPROVAL_REFUSED(409, "The approval does not fit the order as it stands"),
    CALL_BACK_REFUSED(409, "The call-back does not count"),
    EVIDENCE_WITHHELD(409, "The evidence is sealed but not released"),
    EVIDENCE_DESTROYED(410, "The hoster's copy of the evidence was destroyed on schedule"),
    // The gateway
    REVOCATION_UNKNOWN(503, "Whether a certificate is revoked cannot be learnt now"),
    LAW_NOT_ADOPTED(503, "The gateway's officers have adopted no matrix that is in force"),
    LOG_UNAVAILABLE(503, "What cannot be logged does not happen"),
    OVERLOADED(503, "More is asked at once than the gateway can take"),
    NOT_IN_THIS_MODE(403, "The gateway's mode does not allow this"),
    INTERNAL(500, "Something unexpected happened");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The last part of the type URI: the name in kebab-case. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
