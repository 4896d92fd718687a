// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.time;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.TimeStamp;
import org.sparekey.protocol.timestamp.TimeStamps;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.timestamp.cms.TimeStampQuery;

/** Asks one authority, and believes it only as far as its token holds under the configured roots. */
public final class TimeAuthority {

    public static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** From the question to the last byte of the answer. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private static final int OK = 200;

    private final URI location;
    private final List<Bytes> roots;
    private final Optional<String> policy;
    private final SecureRandom random;
    private final CmsTimeStamps stamps = new CmsTimeStamps();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param location {@code http} or {@code https}: a token proves itself
     * @param roots DER certificates that tokens must lead to
     * @param policy object identifier to ask for; empty leaves it to the authority
     */
    public TimeAuthority(URI location, List<Bytes> roots, Optional<String> policy, SecureRandom random) {
        this.location = location;
        this.roots = List.copyOf(roots);
        this.policy = policy;
        this.random = random;
    }

    /** What came of a question. */
    public sealed interface Answer {}

    /** @param reply TimeStampResp in DER, checked */
    public record Given(byte[] reply, TimeStamp stamp) implements Answer {}

    /**
     * No token, and a later question may have one.
     *
     * @param code UNREACHABLE, HTTP_STATUS, TOO_LONG, or of {@link org.sparekey.protocol.timestamp.TimeStampFault}
     */
    public record Failed(String code) implements Answer {}

    /** One question, one answer; the authority sees the digest only. */
    public Answer stamp(Digest digest) {
        TimeStampQuery query = new TimeStampQuery(digest, nonce(), policy);
        HttpRequest request = HttpRequest.newBuilder(location)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", TimeStampQuery.CONTENT_TYPE)
                .header("Accept", TimeStampQuery.REPLY_CONTENT_TYPE)
                .POST(BodyPublishers.ofByteArray(query.bytes()))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), TimeStamps.MAX_BYTES));
        try {
            return judge(query, answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Failed(tooLong(e) ? "TOO_LONG" : "UNREACHABLE");
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Failed("UNREACHABLE");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Failed("UNREACHABLE");
        }
    }

    /** A question under way fails as if nobody answered; so does every later one. */
    public void hangUp() {
        http.shutdownNow();
    }

    private Answer judge(TimeStampQuery query, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            return new Failed("HTTP_STATUS");
        }
        // The media type is not asked: what counts is whether the bytes are a token that holds.
        byte[] reply = answer.body();
        return stamps.check(reply, query, roots)
                .match(stamp -> new Given(reply, stamp), fault -> new Failed(fault.code()));
    }

    private BigInteger nonce() {
        return new BigInteger(TimeStampQuery.NONCE_BITS, random).setBit(TimeStampQuery.NONCE_BITS);
    }

    /** The JDK's limit on a body is an exception without a type of its own. */
    private static boolean tooLong(ExecutionException e) {
        return e.getCause() instanceof IOException cause
                && cause.getMessage() != null
                && cause.getMessage().contains("capacity");
    }
}
