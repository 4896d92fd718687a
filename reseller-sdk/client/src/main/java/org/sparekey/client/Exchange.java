// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;

/**
 * Calls with retries and a deadline. Every call may be repeated: a GET changes nothing, a POST carries its idempotency
 * key; each attempt is signed anew, so that no gateway takes it for a replay.
 */
final class Exchange implements AutoCloseable {

    private static final int UNAUTHORIZED = 401;

    private final Channel channel;
    private final ClientSettings settings;

    Exchange(Channel channel, ClientSettings settings) {
        this.channel = channel;
        this.settings = settings;
    }

    /**
     * The gateway's answer: granted, or a refusal that is final for this call.
     *
     * @throws GatewayException for everything else, after the attempts that the settings allow
     * @throws IOException when the content's file cannot be read
     */
    Answer send(Call call) throws IOException {
        return send(within -> channel.send(call, within));
    }

    /** The same with the content of a granted answer into a file that is not yet to be believed before this returned. */
    Answer fetch(Call call, Path draft) throws IOException {
        return send(within -> channel.fetch(call, draft, within));
    }

    /** One attempt, in the time that is left. */
    @FunctionalInterface
    private interface Attempt {
        Answer within(Duration left) throws IOException;
    }

    private Answer send(Attempt call) throws IOException {
        Instant deadline = settings.clock().instant().plus(settings.deadline());
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call, left(deadline));
            } catch (GatewayException e) {
                Duration wait = settings.retries().wait(attempt, retryAfter(e), settings.random());
                boolean inTime = wait.compareTo(left(deadline)) < 0;
                if (!isRetried(e) || attempt >= settings.retries().attempts() || !inTime) {
                    throw e;
                }
                pause(wait, e);
            }
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    private Answer once(Attempt call, Duration within) throws IOException {
        Answer answer;
        try {
            answer = call.within(within);
        } catch (ChannelException e) {
            throw GatewayException.of(e);
        }
        if (answer instanceof Answer.Refused refused) {
            throwUnlessFinal(refused);
        }
        return answer;
    }

    private void throwUnlessFinal(Answer.Refused refused) {
        ProblemDetails problem = refused.problem();
        Optional<Duration> after = Retries.retryAfter(
                refused.headers().value("retry-after"), settings.clock().instant());
        if (Retries.passes(problem.status())) {
            throw new GatewayException.Refused(problem, true, after);
        }
        if (problem.status() == UNAUTHORIZED || !refused.bound()) {
            throw new GatewayException.NotAuthorised(problem.title(), problem, null);
        }
        if (problem.problem().filter(Problem.IN_PROGRESS::equals).isPresent()) {
            throw new GatewayException.Refused(problem, true, after);
        }
    }

    /** In progress (409) passes too, but is not asked for again and again: the next call will see. */
    private static boolean isRetried(GatewayException e) {
        return e.mayPass()
                && e.problem().map(problem -> Retries.passes(problem.status())).orElse(true);
    }

    private static Optional<Duration> retryAfter(GatewayException e) {
        return e instanceof GatewayException.Refused refused ? refused.retryAfter() : Optional.empty();
    }

    private Duration left(Instant deadline) {
        return Duration.between(settings.clock().instant(), deadline);
    }

    private void pause(Duration time, GatewayException failure) {
        try {
            settings.pause().of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
