// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

import java.util.Optional;

/**
 * The body of {@code application/problem+json} (RFC 9457), with no extension members.
 *
 * @param type {@code https://<public host>/problems/<slug>}
 * @param detail our own words; never input, never a stack trace
 * @param instance the request's id, by which the hoster finds it: {@code urn:uuid:...}
 */
public record ProblemDetails(String type, String title, int status, String detail, String instance) {

    public static final String MEDIA_TYPE = "application/problem+json";
    public static final String PATH = "/problems/";

    /** @param publicOrigin origin of the public listener, without a slash at its end */
    public static ProblemDetails of(Problem problem, String detail, String publicOrigin, String instance) {
        String type = publicOrigin + PATH + problem.slug();
        return new ProblemDetails(type, problem.title(), problem.status(), detail, instance);
    }

    /** Which problem of our catalogue this is; empty for a type that this version does not know. */
    public Optional<Problem> problem() {
        return ProblemPage.named(type.substring(type.lastIndexOf('/') + 1));
    }
}
