// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

class OrderVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec/vectors/orders");

    static Stream<OrderVectors.LawVector> law() {
        return read("law.json", OrderVectors.LawVector.class);
    }

    static Stream<OrderVectors.DocumentVector> documents() {
        return read("documents.json", OrderVectors.DocumentVector.class);
    }

    @ParameterizedTest
    @MethodSource("law")
    void the_law_says_what_the_vector_expects(OrderVectors.LawVector vector) throws MalformedException {
        byte[] text = vector.order().getBytes(StandardCharsets.UTF_8);
        OrderDocument order = Wire.read(text, OrderDocument.class);
        OrderCheck.Facts facts = new OrderCheck.Facts(
                Optional.of(SampleOrder.HERE), validation(vector.validation()), vector.signedAt(), vector.at());

        assertThat(Wire.write(order)).isEqualTo(text);
        assertThat(OrderCheck.judge(order, Matrix.packaged(), facts).overall()).hasToString(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_is_what_the_vector_expects(OrderVectors.DocumentVector vector) {
        assertThat(outcome(vector.jws())).isEqualTo(vector.expected());
    }

    private static String outcome(String jws) {
        try {
            SignedDocument document = SignedDocument.parse(jws);
            document.read(OrderDocument.TYPE, OrderDocument.class);
            return document.verifiedBy(document.leaf().getPublicKey()) ? "GOOD" : "SIGNATURE_INVALID";
        } catch (MalformedException e) {
            return "MALFORMED";
        }
    }

    private static Validation validation(String text) {
        if (text.equals("ABSENT")) {
            return new Validation.Absent();
        }
        String[] who = text.split(" ", -1);
        return text.equals("UNPROVEN") ? new Validation.Unproven() : new Validation.Proven(who[0], who[1], who[2]);
    }

    private static <T> Stream<T> read(String file, Class<T> type) {
        try {
            return StreamSupport.stream(
                            Wire.tree(Files.readAllBytes(VECTORS.resolve(file))).spliterator(), false)
                    .map(node -> read(Wire.write(node), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            throw new AssertionError(file, e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Wire.read(json, type);
        } catch (MalformedException e) {
            throw new AssertionError(e.pointer(), e);
        }
    }
}
