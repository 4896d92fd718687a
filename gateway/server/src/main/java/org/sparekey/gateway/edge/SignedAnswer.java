// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.signature.ContentDigest;

/**
 * Holds a response back until it can be signed. A small answer is kept whole; a volume, which says so by its Repr-Digest
 * header before its first byte, is signed by its headers and then flows; so does an answer whose room has digested it. An error status of the framework is kept too and
 * becomes a problem, so that no bare page ever leaves.
 */
final class SignedAnswer extends HttpServletResponseWrapper {

    /** Larger answers are volumes. */
    static final int MAX_HELD_BYTES = 32 << 20;

    /** Signs and sends the head of an answer. */
    interface Head {
        void send(HttpServletResponse response, long contentLength) throws IOException;
    }

    private static final long UNKNOWN = -1;

    private final Head volumeHead;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable ServletOutputStream output;
    private @Nullable PrintWriter writer;
    private long contentLength = UNKNOWN;
    private int errorStatus;
    private boolean flowing;

    SignedAnswer(HttpServletResponse response, Head volumeHead) {
        super(response);
        this.volumeHead = volumeHead;
    }

    /** What was written so far; empty once the answer flows. */
    byte[] content() {
        if (writer != null) {
            writer.flush();
        }
        return held.toByteArray();
    }

    /** The status that the framework reported, or 0. */
    int errorStatus() {
        return errorStatus;
    }

    /** Whether the head of a volume is out: nothing can be taken back any more. */
    boolean isFlowing() {
        return flowing;
    }

    boolean isVolume() {
        return containsHeader(ContentDigest.REPRESENTATION_FIELD);
    }

    /** A volume whose content is not sent, for HEAD. */
    void sendHeadOnly() throws IOException {
        flowing = true;
        volumeHead.send((HttpServletResponse) getResponse(), contentLength);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = isVolume() || isDigested() ? flow() : new Held();
        }
        return output;
    }

    private boolean isDigested() {
        return containsHeader(ContentDigest.FIELD);
    }

    private ServletOutputStream flow() throws IOException {
        flowing = true;
        volumeHead.send((HttpServletResponse) getResponse(), contentLength);
        return getResponse().getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8));
        }
        return writer;
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        errorStatus = status;
        resetBuffer();
    }

    @Override
    public void sendError(int status) {
        sendError(status, null);
    }

    @Override
    public void sendRedirect(String location) {
        throw new IllegalStateException("nothing under /v1 redirects");
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        contentLength = length;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Length") && value != null) {
            setContentLengthLong(Long.parseLong(value));
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Length")) {
            setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        if (flowing) {
            super.flushBuffer();
        }
    }

    @Override
    public boolean isCommitted() {
        return flowing || super.isCommitted();
    }

    @Override
    public void resetBuffer() {
        if (flowing) {
            throw new IllegalStateException("the answer is on its way");
        }
        held.reset();
        writer = null;
        output = null;
    }

    @Override
    public void reset() {
        resetBuffer();
        contentLength = UNKNOWN;
        super.reset();
    }

    /** Memory up to the limit. */
    private final class Held extends ServletOutputStream {

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (held.size() + count > MAX_HELD_BYTES) {
                throw new IOException("an answer beyond the limit of what is held for signing");
            }
            held.write(bytes, from, count);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("answers are written by the thread that has them");
        }
    }
}
