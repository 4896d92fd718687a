// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.problem.ProblemDetails;

/**
 * The one call to a gateway that needs no enrolled key: claiming keys with a one-time code. It goes to the public listener,
 * whose certificate must chain to one that the hoster handed over.
 */
public final class EnrolmentDoor implements AutoCloseable {

    private static final String PATH = "/enrolments";
    private static final int CREATED = 201;

    private final Transport transport;
    private final URI claims;

    /**
     * @param publicListener origin such as {@code https://log.hoster.example}
     * @param gatewayCa pinned; nobody else is trusted
     */
    public EnrolmentDoor(String publicListener, List<X509Certificate> gatewayCa) {
        this.claims = URI.create(publicListener + PATH);
        this.transport = new Transport(ClientTls.context(List.of(), gatewayCa), ChannelLimits.USUAL);
    }

    /**
     * What came of a claim; exactly one is present.
     *
     * @param taken the gateway has the keys, and people must sign for them
     */
    public record Outcome(Optional<EnrolmentStatus> taken, Optional<ProblemDetails> refused) {}

    /** May be sent again, also signed anew: the same keys with the same code are the same claim. */
    public Outcome claim(EnrolmentRequest request) throws ChannelException {
        HttpRequest.Builder http = HttpRequest.newBuilder(claims)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.write(request)));
        Transport.Reply reply = transport.small(http);
        try {
            return reply.status() == CREATED
                    ? new Outcome(Optional.of(Wire.read(reply.content(), EnrolmentStatus.class)), Optional.empty())
                    : new Outcome(Optional.empty(), Optional.of(Wire.read(reply.content(), ProblemDetails.class)));
        } catch (MalformedException e) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the public listener's answer makes no sense", e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
