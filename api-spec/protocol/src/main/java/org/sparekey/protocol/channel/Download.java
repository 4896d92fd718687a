// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.signature.MeasuredBody;

/**
 * One volume into one file. Beside the target lie {@code .part} (bytes so far) and {@code .etag} (of what); a crash at any
 * line leaves the two behind, and the next run goes on from there.
 */
final class Download {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Channel channel;
    private final String path;
    private final Path target;
    private final Path part;
    private final Path tag;
    private final int attempts;
    private final DownloadProgress progress;

    Download(Channel channel, String path, Path target, int attempts, DownloadProgress progress) {
        this.channel = channel;
        this.path = path;
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.tag = target.resolveSibling(target.getFileName() + ".etag");
        this.attempts = attempts;
        this.progress = progress;
    }

    /** Goes on as long as each attempt brings a byte; gives up after some that brought none. */
    DownloadResult run() throws IOException {
        int fruitless = 0;
        while (true) {
            long before = held();
            try {
                return attempt(before);
            } catch (ChannelException e) {
                boolean worth =
                        e.failure() == ChannelFailure.UNREACHABLE || e.failure() == ChannelFailure.DEADLINE_PASSED;
                fruitless = held() > before ? 0 : fruitless + 1;
                if (!worth || fruitless >= attempts) {
                    throw e;
                }
            }
        }
    }

    private DownloadResult attempt(long held) throws IOException {
        Call call = Call.get(path);
        if (held > 0) {
            call = call.with("range", "bytes=" + held + "-")
                    .with("if-range", Files.readString(tag, StandardCharsets.ISO_8859_1));
        }
        Range range = channel.range(call);
        if (range.refusal().isPresent()) {
            return refused(range.refusal().get(), held);
        }
        if (range.from() != 0 && range.from() != held) {
            range.content().close();
            throw new ChannelException(ChannelFailure.MALFORMED, "the answer is another range than was asked");
        }
        append(range);
        return complete(range);
    }

    /**
     * A range beyond the end: what we hold is not the beginning of this volume, or it is all of it and a crash kept it from
     * its name. Either way the answer is to begin again.
     */
    private DownloadResult refused(Answer.Refused refusal, long held) throws IOException {
        if (held > 0 && refusal.problem().status() == RANGE_NOT_SATISFIABLE) {
            forget();
            return attempt(0);
        }
        return new DownloadResult.Refused(refusal);
    }

    private void append(Range range) throws IOException {
        if (range.from() == 0) {
            forget();
            Files.writeString(tag, range.etag(), StandardCharsets.ISO_8859_1);
        }
        try (FileChannel file = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                OutputStream out = new Counting(java.nio.channels.Channels.newOutputStream(file), range)) {
            long wanted = range.total() - range.from();
            if (channel.transport().copy(range.content(), wanted, out) < wanted) {
                throw new ChannelException(ChannelFailure.UNREACHABLE, "the connection ended early");
            }
            // The bytes before the name: a crash behind this line leaves a whole .part, never a torn target.
            file.force(true);
        }
    }

    private DownloadResult complete(Range range) throws IOException {
        Digest digest = digest();
        if (!digest.equals(range.whole())) {
            forget();
            throw new ChannelException(
                    ChannelFailure.NOT_AUTHENTIC, "the content does not have the digest that the gateway signed");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(tag);
        return new DownloadResult.Complete(target, range.total(), digest);
    }

    private long held() throws IOException {
        return Files.exists(part) && Files.exists(tag) ? Files.size(part) : 0;
    }

    private void forget() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(tag);
    }

    /** Over the file as it lies on disk, the bytes of earlier runs included. */
    private Digest digest() throws IOException {
        MeasuredBody.Meter meter = new MeasuredBody.Meter();
        try (InputStream in = Files.newInputStream(part);
                OutputStream out = meter) {
            in.transferTo(out);
        }
        return Digest.of(meter.measured().sha256().array());
    }

    /** Tells the listener what has been written. */
    private final class Counting extends OutputStream {

        private final OutputStream out;
        private final long total;
        private long at;

        Counting(OutputStream out, Range range) {
            this.out = out;
            this.at = range.from();
            this.total = range.total();
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            at += count;
            progress.at(at, total);
        }
    }
}
