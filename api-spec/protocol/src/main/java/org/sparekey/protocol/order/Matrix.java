// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * The legal-basis matrix: data with validity dates, because the law's articles get other names. What is not in it is
 * denied. A Dutch criminal-procedure lawyer signs it off before production; until a signed form exists the matrix is the
 * file that travels with this library, and {@code production} mode refuses it.
 *
 * @param version what an order names, and every judgement logs
 */
public record Matrix(int v, String type, String id, String version, List<MatrixRow> rows) {

    public static final String TYPE = "legal-basis-matrix";
    public static final int VERSION = 1;

    private static final String RESOURCE = "/org/sparekey/law/nl-eu-2026-11.json";

    public Matrix {
        rows = List.copyOf(rows);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a legal-basis matrix of version 1");
        }
        if (rows.stream().map(MatrixRow::id).distinct().count() != rows.size()) {
            throw new IllegalArgumentException("a legal basis has one row");
        }
    }

    public static Matrix parse(byte[] json) throws MalformedException {
        return Wire.read(json, Matrix.class);
    }

    /** The matrix of {@code api-spec/law}. */
    public static Matrix packaged() {
        try {
            return parse(packagedBytes());
        } catch (MalformedException e) {
            throw new IllegalStateException("the packaged matrix: " + e.pointer() + " " + e.reason(), e);
        }
    }

    /** Its bytes, for a bundle: the verifier reaches the same verdict with them. */
    public static byte[] packagedBytes() {
        try (InputStream in = Matrix.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the matrix is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<MatrixRow> row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }
}
