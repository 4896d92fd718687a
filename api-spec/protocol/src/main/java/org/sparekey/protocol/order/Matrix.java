// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * The legal-basis matrix: data with validity dates, because the law's articles get other names. What is not in it is
 * denied. A Dutch criminal-procedure lawyer signs it off before production. Every version that was ever published travels with
 * this library, so that a verifier reaches the verdict of then; a gateway judges by the one that two of its officers adopted
 * ({@link org.sparekey.protocol.joint.MatrixAdoption}).
 *
 * @param version what an order names, and every judgement logs
 */
public record Matrix(int v, String type, String id, String version, List<MatrixRow> rows) {

    public static final String TYPE = "legal-basis-matrix";
    public static final int VERSION = 1;

    /** Newest last. */
    private static final List<String> VERSIONS = List.of("2026-11", "2026-11-23");

    private static final Map<String, Matrix> PUBLISHED = new ConcurrentHashMap<>();

    private static final String RESOURCE = "/org/sparekey/law/nl-eu-%s.json";

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

    /** The newest matrix of {@code api-spec/law}. */
    public static Matrix packaged() {
        return packaged(newest()).orElseThrow();
    }

    /** The matrix of this version, where it was ever published. */
    public static Optional<Matrix> packaged(String version) {
        return packagedBytes(version).map(bytes -> PUBLISHED.computeIfAbsent(version, key -> published(bytes)));
    }

    public static String newest() {
        return VERSIONS.get(VERSIONS.size() - 1);
    }

    /** The newest one's bytes. */
    public static byte[] packagedBytes() {
        return packagedBytes(newest()).orElseThrow();
    }

    /** Its bytes, for a bundle and for those who sign them: the verifier reaches the same verdict with them. */
    public static Optional<byte[]> packagedBytes(String version) {
        return VERSIONS.contains(version) ? Optional.of(read(String.format(RESOURCE, version))) : Optional.empty();
    }

    private static Matrix published(byte[] json) {
        try {
            return parse(json);
        } catch (MalformedException e) {
            throw new IllegalStateException("the packaged matrix: " + e.pointer() + " " + e.reason(), e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = Matrix.class.getResourceAsStream(resource)) {
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
