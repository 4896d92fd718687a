// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.MeasuredBody;

/** The JDK's client with our TLS, and deadlines on what it leaves unlimited: the reading of content. */
final class Transport implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 << 10;

    private final HttpClient http;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor watch;
    private final ChannelLimits limits;

    Transport(ChannelKeys keys, ChannelLimits limits) {
        this(ClientTls.context(keys), limits);
    }

    Transport(SSLContext tls, ChannelLimits limits) {
        this.limits = limits;
        this.workers = Executors.newCachedThreadPool(daemon("sparekey-channel"));
        this.watch = new ScheduledThreadPoolExecutor(1, daemon("sparekey-channel-watch"));
        this.watch.setRemoveOnCancelPolicy(true);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {ClientTls.PROTOCOL});
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslContext(tls)
                .sslParameters(parameters)
                .executor(workers)
                .build();
    }

    /** Sends and gives the head with the content still to be read: {@link #copy} it, or close it. */
    HttpResponse<InputStream> send(HttpRequest.Builder request, Duration answer) throws ChannelException {
        try {
            return http.send(request.timeout(answer).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new ChannelException(ChannelFailure.DEADLINE_PASSED, "no answer in time", e);
        } catch (IOException e) {
            throw new ChannelException(ChannelFailure.UNREACHABLE, "the gateway cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(ChannelFailure.UNREACHABLE, "interrupted", e);
        }
    }

    /** Sends and reads a content that fits into memory. */
    Reply small(HttpRequest.Builder request) throws ChannelException {
        HttpResponse<InputStream> response = send(request, limits.answer());
        byte[] content = content(response.body(), Within.limits(limits).content());
        return new Reply(response.statusCode(), fields(response), content);
    }

    /** @param within for all of it, however steadily it drips */
    byte[] content(InputStream body, Duration within) throws ChannelException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = watch.schedule(() -> cut(body, late), within.toMillis(), TimeUnit.MILLISECONDS);
        try {
            copy(body, limits.answerBytes() + 1L, content);
        } catch (ChannelException e) {
            throw late.get() ? new ChannelException(ChannelFailure.DEADLINE_PASSED, "no whole answer in time", e) : e;
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory", impossible);
        } finally {
            alarm.cancel(false);
        }
        if (late.get()) {
            throw new ChannelException(ChannelFailure.DEADLINE_PASSED, "no whole answer in time");
        }
        if (content.size() > limits.answerBytes()) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the answer is too large");
        }
        return content.toByteArray();
    }

    /**
     * Writes all of the content into a new file and onto the disk, and measures it on the way.
     *
     * @throws ChannelException when the reading fails, or there is more of it; any other IOException is of the writing
     */
    MeasuredBody file(InputStream body, long most, Path file) throws IOException {
        MeasuredBody.Meter meter = new MeasuredBody.Meter();
        try (body;
                FileChannel disk = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream both = new Both(Channels.newOutputStream(disk), meter)) {
            long copied = copy(body, most + 1, both);
            if (copied > most) {
                throw new ChannelException(ChannelFailure.MALFORMED, "the answer is too large");
            }
            disk.force(true);
        }
        return meter.measured();
    }

    /** Whole chunks only: what goes to the file is digested on the way. */
    private static final class Both extends FilterOutputStream {

        private final OutputStream meter;

        Both(OutputStream file, OutputStream meter) {
            super(file);
            this.meter = meter;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            meter.write(bytes, from, count);
        }
    }

    /**
     * Copies at most so many bytes and closes the body; a server that falls silent is cut off.
     *
     * @throws ChannelException when the reading fails; any other IOException is of the writing
     */
    long copy(InputStream body, long most, OutputStream to) throws IOException {
        AtomicBoolean stalled = new AtomicBoolean();
        byte[] chunk = new byte[CHUNK_BYTES];
        long copied = 0;
        try (body) {
            int count = 0;
            while (copied < most && count >= 0) {
                count = read(body, chunk, (int) Math.min(chunk.length, most - copied), stalled);
                to.write(chunk, 0, Math.max(0, count));
                copied += Math.max(0, count);
            }
            return copied;
        }
    }

    /** Header fields as a signature sees them. */
    static Fields fields(HttpResponse<?> response) throws ChannelException {
        try {
            return Fields.of(response.headers().map());
        } catch (IllegalArgumentException e) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the answer has an impossible header", e);
        }
    }

    private int read(InputStream body, byte[] chunk, int most, AtomicBoolean stalled) throws ChannelException {
        ScheduledFuture<?> alarm =
                watch.schedule(() -> cut(body, stalled), limits.stall().toMillis(), TimeUnit.MILLISECONDS);
        try {
            int count = body.read(chunk, 0, most);
            if (count < 0 && stalled.get()) {
                throw new IOException("cut off");
            }
            return count;
        } catch (IOException e) {
            throw stalled.get()
                    ? new ChannelException(ChannelFailure.DEADLINE_PASSED, "the gateway fell silent", e)
                    : new ChannelException(ChannelFailure.UNREACHABLE, "the connection broke", e);
        } finally {
            alarm.cancel(false);
        }
    }

    private static void cut(InputStream body, AtomicBoolean stalled) {
        stalled.set(true);
        try {
            body.close();
        } catch (IOException alreadyBroken) {
            stalled.set(true);
        }
    }

    /** An answer whose content is in memory. */
    record Reply(int status, Fields headers, byte[] content) {}

    @Override
    public void close() {
        watch.shutdownNow();
        workers.shutdownNow();
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
