// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One field of ticket or manifest is another, and the gateway's keys sign it all the same. */
class FieldAttackTest extends Attack {

    static Stream<Arguments> manifests() {
        return Stream.of(
                lie("of another order id", m -> m.put("orderId", new UUID(1, 1).toString())),
                lie("of another order", m -> m.put("orderDigest", OTHER.base64url())),
                lie("of another configuration", m -> m.put("configurationBefore", OTHER.base64url())),
                lie("announced by another entry", m -> m.put("intentLeaf", OTHER.base64url())),
                lie("on another ticket", m -> m.put("ticketDigest", OTHER.base64url())),
                lie("of another attempt", m -> m.put("attempt", 2)),
                lie("of another disk", m -> first(m, "disks").put("sourceId", "/images/b.raw")),
                lie("of another machine", m -> ((ObjectNode) m.get("asset")).put("vmId", "102")),
                lie("for other recipients", m -> ((ArrayNode) m.get("recipients")).remove(0)),
                lie("approved by somebody else", m -> first(m, "approvals").put("officer", "O-9")),
                lie("without one approval of its ticket", m -> ((ArrayNode) m.get("approvals")).remove(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void a_manifest_is_refused(String story, Consumer<ObjectNode> lie) {
        sample.manifest = manifest -> changed(manifest, Manifest.class, lie);
        assertThat(failed(sample.zip())).contains(Topic.MANIFEST);
    }

    @Test
    void a_manifest_that_names_an_approval_which_is_not_enclosed_cannot_be_judged() {
        sample.manifest = manifest ->
                changed(manifest, Manifest.class, m -> first(m, "approvals").put("digest", OTHER.base64url()));
        assertThat(of(verify(sample.zip()), Check.Status.MISSING)).contains(Topic.MANIFEST);
    }

    static Stream<Arguments> tickets() {
        return Stream.of(
                lie("of another order", t -> t.put("orderDigest", OTHER.base64url())),
                lie("with the text of another order", t -> t.put("order", "another")),
                lie("for another machine", t -> ((ObjectNode) t.get("asset")).put("vmId", "102")),
                lie("that had expired", t -> t.put("expiry", Wire.text(SampleCase.at(20)))),
                lie("on one approval", t -> ((ArrayNode) t.get("approvals")).remove(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tickets")
    void a_ticket_is_refused(String story, Consumer<ObjectNode> lie) {
        sample.ticket = ticket -> changed(ticket, ExecutionTicket.class, lie);
        assertThat(failed(sample.zip())).contains(Topic.EXECUTION_TICKET);
    }

    private static Arguments lie(String story, Consumer<ObjectNode> lie) {
        return Arguments.of(story, lie);
    }

    private static ObjectNode first(ObjectNode document, String list) {
        return (ObjectNode) document.get(list).get(0);
    }

    private static <T> T changed(T document, Class<T> type, Consumer<ObjectNode> lie) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree(document);
            lie.accept(tree);
            return Wire.read(tree, type);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
