// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.timestamp.cms.TimeStampQuery;
import tools.jackson.databind.JsonNode;

class TimeStampVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec/vectors/time-stamps/replies.json");

    static Stream<TimeStampVectors.Vector> vectors() throws IOException, MalformedException {
        List<TimeStampVectors.Vector> vectors = new ArrayList<>();
        for (JsonNode node : Wire.tree(Files.readAllBytes(VECTORS))) {
            vectors.add(Wire.read(Wire.write(node), TimeStampVectors.Vector.class));
        }
        return vectors.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_reply_is_worth_what_the_vector_expects(TimeStampVectors.Vector vector) {
        CmsTimeStamps stamps = new CmsTimeStamps();
        byte[] reply = vector.reply().array();
        TimeStampVerdict verdict = vector.nonce()
                .map(nonce -> stamps.check(
                        reply,
                        new TimeStampQuery(vector.stamped(), BigInteger.valueOf(nonce), vector.policy()),
                        vector.roots()))
                .orElseGet(() -> stamps.check(reply, vector.stamped(), vector.roots()));

        assertThat(verdict.match(stamp -> "STAMPED", TimeStampFault::code)).isEqualTo(vector.expected());
    }
}
