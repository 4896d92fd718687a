// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.MeasuredBody;

/** A request's body, read once to its end while it is digested; then read again by whoever may. Closing deletes it. */
final class Spool implements AutoCloseable {

    /** Beyond this a body goes to a temporary file. */
    static final int MEMORY_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 16 << 10;

    private final byte[] memory;
    private final Optional<Path> file;
    private final MeasuredBody measured;

    private Spool(byte[] memory, Optional<Path> file, MeasuredBody measured) {
        this.memory = memory;
        this.file = file;
        this.measured = measured;
    }

    /** @throws ProblemException BODY_TOO_LARGE beyond the limit; nothing is left behind then */
    static Spool read(InputStream body, long limitBytes) throws IOException {
        MeasuredBody.Meter meter = new MeasuredBody.Meter();
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        int count;
        while ((count = body.read(buffer)) >= 0) {
            meter.write(buffer, 0, count);
            memory.write(buffer, 0, count);
            if (memory.size() > limitBytes) {
                throw tooLarge(limitBytes);
            }
            if (memory.size() > MEMORY_BYTES) {
                return toFile(body, memory, meter, limitBytes);
            }
        }
        return new Spool(memory.toByteArray(), Optional.empty(), meter.measured());
    }

    /** A crash here leaves a file of the process's temporary directory, which holds what the sender signed. */
    private static Spool toFile(
            InputStream body, ByteArrayOutputStream begun, MeasuredBody.Meter meter, long limitBytes)
            throws IOException {
        Path file = Files.createTempFile("sparekey-body-", ".spool");
        try (OutputStream out = Files.newOutputStream(file)) {
            begun.writeTo(out);
            long total = begun.size();
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            while ((count = body.read(buffer)) >= 0) {
                total += count;
                if (total > limitBytes) {
                    throw tooLarge(limitBytes);
                }
                meter.write(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            return new Spool(new byte[0], Optional.of(file), meter.measured());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    MeasuredBody measured() {
        return measured;
    }

    InputStream open() throws IOException {
        return file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(memory);
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    static ProblemException tooLarge(long limitBytes) {
        return new ProblemException(Problem.BODY_TOO_LARGE, "at most " + limitBytes + " bytes here");
    }
}
