// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.joint.BulkDeletion;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** What a termination is said, asked and reported in: written, read and written again is the same; anything else is refused. */
class DeletionDocumentsTest {

    private static final Instant AT = Instant.parse("2026-11-25T12:00:00.000Z");
    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final DeletedAsset ASSET =
            new DeletedAsset("ams-1", Optional.empty(), Optional.of("101"), Optional.empty());

    @Test
    void what_is_written_reads_back_and_is_written_the_same() throws MalformedException {
        for (Object document : List.of(
                new DeletionRequest(1, DeletionRequest.TYPE, "palmstrand", ASSET, AT, SALT),
                new DeletionQuestion(1, DeletionQuestion.TYPE, SALT),
                new DeletionPermit(
                        1, DeletionPermit.TYPE, "DEL-0000-0001", ASSET, DeletionPermit.Act.DELETE, 1, AT, SALT),
                new DeletionReport(
                        1, DeletionReport.TYPE, "DEL-0000-0001", 1, DeletionReport.Outcome.DESTROYED, AT, SALT),
                new BulkDeletion(
                        1,
                        BulkDeletion.TYPE,
                        "BLK-0000-0001",
                        List.of("DEL-0000-0001"),
                        "a node is taken out of use",
                        List.of("officer-1", "officer-2"),
                        AT,
                        SALT))) {
            byte[] written = Wire.write(document);
            Object read = Wire.read(written, document.getClass());
            assertThat(read).isEqualTo(document);
            assertThat(Wire.write(read)).isEqualTo(written);
        }
    }

    @Test
    void what_is_of_another_form_is_refused() {
        String request = new String(
                Wire.write(new DeletionRequest(1, DeletionRequest.TYPE, "palmstrand", ASSET, AT, SALT)),
                StandardCharsets.UTF_8);
        for (String bad : List.of(
                request.replace("\"v\":1", "\"v\":2"),
                request.replace("deletion-request", "deletion-report"),
                request.replace("\"vmId\":\"101\"", "\"vmId\":\"\""),
                request.replace("\"vmId\":\"101\"", "\"vmId\":\"" + "x".repeat(129) + "\""),
                request.replace(",\"vmId\":\"101\"", ""),
                request.replace("palmstrand", " "),
                request.replace(SALT.base64url(), "AAAA"),
                request.replace("{\"asset\"", "{\"more\":1,\"asset\""))) {
            assertThat(bad).isNotEqualTo(request);
            assertThatThrownBy(() -> Wire.read(bad.getBytes(StandardCharsets.UTF_8), DeletionRequest.class))
                    .as(bad)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_permit_has_a_number_and_a_refusal_has_none() {
        for (DeletionPermit.Act act : DeletionPermit.Act.values()) {
            int wrong = act == DeletionPermit.Act.NOT_YET ? 1 : 0;
            assertThatThrownBy(() ->
                            new DeletionPermit(1, DeletionPermit.TYPE, "DEL-0000-0001", ASSET, act, wrong, AT, SALT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
