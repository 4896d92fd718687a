// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.contract;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/** Keeps an answer back until it was looked at; the bytes of an evidence file flow. */
final class HeldAnswer extends HttpServletResponseWrapper {

    private static final String EVIDENCE_FILE = "Repr-Digest";

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    HeldAnswer(HttpServletResponse response) {
        super(response);
    }

    Contract.Answer answer() {
        return new Contract.Answer(getStatus(), Objects.requireNonNullElse(getContentType(), ""), held.toByteArray());
    }

    void send() throws IOException {
        if (held.size() > 0) {
            super.getOutputStream().write(held.toByteArray());
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return containsHeader(EVIDENCE_FILE) ? super.getOutputStream() : new Held();
    }

    private final class Held extends ServletOutputStream {

        @Override
        public void write(int octet) {
            held.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the gateway writes its answers itself");
        }
    }
}
