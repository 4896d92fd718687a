// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sparekey.gateway.edge.listen.Listener;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.ResponseSigner;
import org.sparekey.protocol.signature.SignatureProfile;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Outermost: every answer gets its request id and security headers here, every failure becomes a problem here, and under
 * {@code /v1} every answer is signed here, problems included.
 */
final class AnswerFilter extends OncePerRequestFilter {

    /** What the operator finds in his log. */
    private static final Set<Problem> UNEXPECTED = Set.of(Problem.INTERNAL, Problem.OVERLOADED);

    static final String API_VERSION = "1.0.0";
    static final String SIGNED_PATHS = "/v1/";

    private final ResponseSigner signer;
    private final Refusals refusals;
    private final RequestIds ids;
    private final String origin;

    AnswerFilter(ResponseSigner signer, Refusals refusals, RequestIds ids, String origin) {
        this.signer = signer;
        this.refusals = refusals;
        this.ids = ids;
        this.origin = origin;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = ids.next();
        Listener listener = Listener.of(request).orElse(Listener.PUBLIC);
        secure(response);
        boolean signed = listener == Listener.API && request.getRequestURI().startsWith(SIGNED_PATHS);
        Optional<Exchange> exchange = signed ? Optional.of(Exchange.begin(request, origin, id)) : Optional.empty();
        SignedAnswer answer = new SignedAnswer(response, (head, length) -> sign(exchange, head, length));
        run(request, answer, chain, id);
        finish(request, response, answer, exchange);
    }

    private void run(HttpServletRequest request, SignedAnswer answer, FilterChain chain, String id) throws IOException {
        try {
            chain.doFilter(request, answer);
        } catch (IOException | ServletException | RuntimeException | StackOverflowError failure) {
            refuse(answer, failure, id);
            return;
        }
        if (answer.errorStatus() != 0) {
            refuse(answer, Refusals.forStatus(answer.errorStatus()), id);
        }
    }

    private void refuse(SignedAnswer answer, Throwable failure, String id) throws IOException {
        if (answer.isFlowing()) {
            Failures.unexpected(id, failure);
            throw new IOException("an answer broke off under way");
        }
        Optional<ProblemException> coded = Refusals.coded(failure);
        if (coded.isEmpty() || UNEXPECTED.contains(coded.get().problem())) {
            Failures.unexpected(id, failure);
        }
        Fields kept = kept(answer);
        answer.reset();
        secure(answer);
        kept.asMap().forEach((name, lines) -> answer.setHeader(name, lines.get(0)));
        refusals.write(
                answer,
                coded.orElseGet(
                        () -> new ProblemException(Problem.INTERNAL, "the number of this failure is its instance")),
                id);
    }

    /** What a refusal still tells: the rate limits, and what would have been allowed. */
    private static Fields kept(HttpServletResponse response) {
        Map<String, List<String>> kept = new TreeMap<>();
        for (String name : List.of(RateLimits.POLICY, RateLimits.LIMIT, "Retry-After", "Allow", "Accept")) {
            Optional.ofNullable(response.getHeader(name)).ifPresent(value -> kept.put(name, List.of(value)));
        }
        return Fields.of(kept);
    }

    private void finish(
            HttpServletRequest request, HttpServletResponse response, SignedAnswer answer, Optional<Exchange> exchange)
            throws IOException {
        if (answer.isFlowing()) {
            return;
        }
        if (exchange.isPresent() && answer.isVolume()) {
            answer.sendHeadOnly();
            return;
        }
        boolean head = request.getMethod().equals("HEAD");
        byte[] content = head ? new byte[0] : answer.content();
        if (exchange.isPresent()) {
            response.setHeader(ContentDigest.FIELD, ContentDigest.of(content).write());
            sign(exchange, response, content.length);
        }
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private void sign(Optional<Exchange> exchange, HttpServletResponse response, long contentLength) {
        if (exchange.isEmpty()) {
            return;
        }
        response.setHeader("API-Version", API_VERSION);
        if (contentLength >= 0) {
            response.setContentLengthLong(contentLength);
        }
        Message.Response message = new Message.Response(
                response.getStatus(),
                headers(response, contentLength),
                exchange.get().message());
        Message.Response signed = exchange.get().isVerified() ? signer.signBound(message) : signer.signUnbound(message);
        for (String name : List.of("signature-input", "signature")) {
            response.setHeader(name, signed.headers().value(name).orElseThrow());
        }
    }

    /** The fields that a signature may cover; the container keeps type and length apart from the others. */
    private static Fields headers(HttpServletResponse response, long contentLength) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : List.of(
                ContentDigest.FIELD,
                ContentDigest.REPRESENTATION_FIELD,
                SignatureProfile.API_VERSION,
                "content-range",
                "etag")) {
            Optional.ofNullable(response.getHeader(name)).ifPresent(value -> headers.put(name, List.of(value)));
        }
        Optional.ofNullable(response.getContentType()).ifPresent(type -> headers.put("content-type", List.of(type)));
        if (contentLength >= 0) {
            headers.put("content-length", List.of(Long.toString(contentLength)));
        }
        return Fields.of(headers);
    }

    private static void secure(HttpServletResponse response) {
        response.setHeader("Strict-Transport-Security", "max-age=31536000");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
    }
}
