// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.MeasuredBody;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestSigner;
import org.sparekey.protocol.signature.ResponseVerdict;
import org.sparekey.protocol.signature.ResponseVerifier;
import org.sparekey.protocol.signature.SignatureFault;

/** A client's way to one gateway. Safe for several threads; close it when done. */
public final class Channel implements AutoCloseable {

    private static final int FIRST_ERROR = 400;

    /** More than any answer that goes into a file; a gateway cannot fill the caller's disk without end. */
    static final long MOST_FILE_BYTES = 16L << 30;

    /** What the JDK's client sets itself and refuses from us. */
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length", "connection");

    private final String origin;
    private final Transport transport;
    private final TokenSource tokens;
    private final RequestSigner signer;
    private final ResponseVerifier verifier;
    private final ChannelLimits limits;
    private final SecureRandom random;

    private Channel(
            String origin,
            String clientId,
            ChannelKeys keys,
            ChannelLimits limits,
            InstantSource clock,
            SecureRandom random) {
        this.origin = origin;
        this.limits = limits;
        this.random = random;
        this.transport = new Transport(keys, limits);
        this.tokens = new TokenSource(transport, origin, clientId, clock);
        this.signer = new RequestSigner(keys.message(), clock, random);
        this.verifier = new ResponseVerifier(keys::gatewayMessageKey);
    }

    /** Connects at the first call, not here. */
    public static Channel open(
            ChannelConfiguration configuration, ChannelKeys keys, InstantSource clock, SecureRandom random) {
        return open(configuration, keys, ChannelLimits.USUAL, clock, random);
    }

    public static Channel open(
            ChannelConfiguration configuration,
            ChannelKeys keys,
            ChannelLimits limits,
            InstantSource clock,
            SecureRandom random) {
        String clientId =
                configuration.clientId().orElseGet(() -> keys.tls().keyId().base64url());
        return new Channel(configuration.gateway(), clientId, keys, limits, clock, random);
    }

    /**
     * Sends a call and gives its authentic answer. A broken connection is tried again with the same idempotency key and a
     * new signature; a token that the gateway no longer takes is renewed once.
     *
     * @throws ChannelException when no answer came that can be believed
     * @throws IOException when the content's file cannot be read
     */
    public Answer send(Call call) throws IOException {
        return send(call, one -> once(one, Within.limits(limits)));
    }

    /**
     * The same, the head and the content of each attempt within this time each: also a gateway that sends a byte now and
     * then does not hold the caller.
     */
    public Answer send(Call call, Duration within) throws IOException {
        return send(call, one -> once(one, Within.both(limits, within)));
    }

    /**
     * The same with the content into a file, however long it is: only a part of it is ever in memory. What an answer that
     * is not granted or not authentic left in the file is removed; a crash may leave it, so it bears a draft's name.
     *
     * @param draft is written anew by each attempt; nothing of it may be believed before this returned a granted answer
     * @return where granted, without its content, which is the file's
     */
    public Answer fetch(Call call, Path draft, Duration within) throws IOException {
        return send(call, one -> into(draft, one, Within.both(limits, within)));
    }

    /** One attempt. */
    @FunctionalInterface
    private interface Attempt {
        Answer of(Call call) throws IOException;
    }

    private Answer send(Call call, Attempt attempt) throws IOException {
        Call named = named(call);
        Answer answer = retried(named, attempt);
        boolean stale = answer instanceof Answer.Refused refused
                && refused.problem()
                        .problem()
                        .filter(Problem.TOKEN_INVALID::equals)
                        .isPresent();
        if (stale) {
            tokens.forget(tokens.current());
            return retried(named, attempt);
        }
        return answer;
    }

    /**
     * Fetches a volume into a file, resuming where an earlier attempt broke off, also one of an earlier run. The file is
     * there only once its whole content has the digest that the gateway signed; until then {@code <name>.part} is.
     */
    public DownloadResult download(String path, Path target, DownloadProgress progress) throws IOException {
        return new Download(this, path, target, limits.attempts(), progress).run();
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "Channel[" + origin + "]";
    }

    private Call named(Call call) {
        boolean nameless = call.method().equals("POST") && !call.headers().has("idempotency-key");
        if (!nameless) {
            return call;
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        java.nio.ByteBuffer halves = java.nio.ByteBuffer.wrap(bytes);
        return call.with("idempotency-key", new UUID(halves.getLong(), halves.getLong()).toString());
    }

    private Answer retried(Call call, Attempt attempt) throws IOException {
        for (int count = 1; ; count++) {
            try {
                return attempt.of(call);
            } catch (ChannelException e) {
                if (e.failure() != ChannelFailure.UNREACHABLE || count >= limits.attempts()) {
                    throw e;
                }
            }
        }
    }

    private Answer once(Call call, Within within) throws IOException {
        Message.Request request = signed(call);
        return answer(request, exchange(call, request, within.answer()), within);
    }

    private Answer into(Path draft, Call call, Within within) throws IOException {
        Message.Request request = signed(call);
        HttpResponse<InputStream> response = exchange(call, request, within.answer());
        if (response.statusCode() >= FIRST_ERROR) {
            return answer(request, response, within);
        }
        boolean granted = false;
        try {
            MeasuredBody measured = transport.file(response.body(), MOST_FILE_BYTES, draft);
            Message.Response message = message(response, request);
            believed(verifier.verify(message, measured), message.status());
            granted = true;
            return new Answer.Granted(message.status(), message.headers(), Bytes.of(new byte[0]));
        } finally {
            if (!granted) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private Answer answer(Message.Request request, HttpResponse<InputStream> response, Within within)
            throws ChannelException {
        byte[] content = transport.content(response.body(), within.content());
        Message.Response message = message(response, request);
        ResponseVerdict verdict = verifier.verify(message, MeasuredBody.of(content));
        boolean bound = believed(verdict, message.status());
        return message.status() < FIRST_ERROR
                ? new Answer.Granted(message.status(), message.headers(), Bytes.of(content))
                : new Answer.Refused(problem(content), message.headers(), bound);
    }

    /** One range of a volume: the head is verified, the content not yet read. */
    Range range(Call call) throws IOException {
        Message.Request request = signed(call);
        HttpResponse<InputStream> response = exchange(call, request, limits.answer());
        Message.Response message = message(response, request);
        if (message.status() >= FIRST_ERROR) {
            byte[] content =
                    transport.content(response.body(), Within.limits(limits).content());
            boolean bound = believed(verifier.verify(message, MeasuredBody.of(content)), message.status());
            return Range.refused(new Answer.Refused(problem(content), message.headers(), bound));
        }
        try {
            believed(verifier.verifyVolume(message), message.status());
        } catch (ChannelException e) {
            response.body().close();
            throw e;
        }
        return Range.of(message.status(), message.headers(), response.body());
    }

    Transport transport() {
        return transport;
    }

    private Message.Request signed(Call call) throws IOException {
        Fields headers = call.headers().with("authorization", tokens.current().authorization());
        if (call.content().isPresent()) {
            Content content = call.content().get();
            headers = headers.with("content-type", content.mediaType())
                    .with(ContentDigest.FIELD, content.digest().write());
        }
        return signer.sign(new Message.Request(call.method(), origin + call.path(), headers));
    }

    private HttpResponse<InputStream> exchange(Call call, Message.Request request, Duration answer) throws IOException {
        HttpRequest.BodyPublisher body =
                call.content().isPresent() ? call.content().get().publisher() : HttpRequest.BodyPublishers.noBody();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(request.targetUri())).method(call.method(), body);
        request.headers()
                .asMap()
                .forEach((name, lines) -> lines.stream()
                        .filter(line -> !OF_THE_CLIENT.contains(name))
                        .forEach(line -> builder.header(name, line)));
        return transport.send(builder, answer);
    }

    private static Message.Response message(HttpResponse<?> response, Message.Request request) throws ChannelException {
        return new Message.Response(response.statusCode(), Transport.fields(response), request);
    }

    /** Whether the answer is bound; an answer that is not authentic ends here. */
    private static boolean believed(ResponseVerdict verdict, int status) throws ChannelException {
        SignatureFault fault = verdict.match(bound -> null, unbound -> null, ResponseVerdict.Refused::fault);
        if (fault != null) {
            throw new ChannelException(
                    ChannelFailure.NOT_AUTHENTIC,
                    "the answer (status " + status + ") is not authentic: " + fault.reason());
        }
        return verdict instanceof ResponseVerdict.Bound;
    }

    private static ProblemDetails problem(byte[] content) throws ChannelException {
        try {
            return Wire.read(content, ProblemDetails.class);
        } catch (MalformedException e) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the refusal is not problem details", e);
        }
    }
}
