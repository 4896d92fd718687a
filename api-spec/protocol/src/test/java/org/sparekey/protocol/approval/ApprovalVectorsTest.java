// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

class ApprovalVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec/vectors/orders/approvals.json");

    static Stream<ApprovalVectors.Vector> vectors() throws IOException, MalformedException {
        List<ApprovalVectors.Vector> vectors = new ArrayList<>();
        for (JsonNode node : Wire.tree(Files.readAllBytes(VECTORS))) {
            vectors.add(Wire.read(Wire.write(node), ApprovalVectors.Vector.class));
        }
        return vectors.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void an_approval_is_worth_what_the_vector_expects(ApprovalVectors.Vector vector) throws MalformedException {
        Approval approval = Approval.parse(Wire.write(vector.approval()));
        ApprovalVerdict verdict = ApprovalCheck.check(
                approval,
                vector.basis(),
                ApprovalCheckTest.ISSUER,
                id -> vector.enrolled().stream()
                        .filter(signer -> signer.keyId().equals(id))
                        .findFirst(),
                vector.at());

        assertThat(verdict.match(valid -> "GOOD", ApprovalFault::code)).isEqualTo(vector.expected());
    }
}
