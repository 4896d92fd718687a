// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ExistenceAnswer;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.OrderKind;
import tools.jackson.databind.JsonNode;

/** Where the log says that the target was found, against what was answered and what the officers signed for. */
final class Whereabouts {

    private static final String ASSET = "asset";

    /** What an answer repeats of them, word for word. */
    private static final List<String> ANSWERED =
            List.of(CaseEntry.GRADE, "partyOfRecord", "since", "until", "nextInChain", "chain");

    private final Received order;
    private Optional<JsonNode> latest = Optional.empty();

    Whereabouts(Received order) {
        this.order = order;
    }

    void found(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.UNOPENED, entry.folder());
        JsonNode found = Wire.tree(entry.payload().orElseThrow());
        JsonNode grade = found.get(CaseEntry.GRADE);
        ClaimChecks.claim(entry, CaseEntry.GRADE, grade == null ? "-" : grade.asString());
        latest = Optional.of(found);
    }

    void approved(BundledEntry entry, LocatedAsset asset) throws ForgedException, MalformedException {
        Optional<JsonNode> located = latest.map(found -> found.get(ASSET));
        boolean there = located.isEmpty()
                || Wire.read(located.get(), LocatedAsset.class).equals(asset);
        require(there, Finding.CLAIM_DIFFERS, entry.folder(), ASSET);
    }

    void answered(BundledEntry entry, Members members) throws ForgedException, MissingException, MalformedException {
        JsonNode answer = Wire.tree(members.document(BundleMembers.ANSWER).payload());
        JsonNode target = answer.get("target");
        require(Wire.tree(order.order().target()).equals(target), Finding.CLAIM_DIFFERS, entry.folder(), "target");
        Optional<JsonNode> grade = latest.map(found -> found.get(CaseEntry.GRADE));
        if (order.order().kind() == OrderKind.EXISTENCE_CHECK && grade.isPresent()) {
            String held =
                    ExistenceAnswer.Held.of(Wire.read(grade.get(), Grade.class)).name();
            require(held.equals(answer.get("held").asString()), Finding.CLAIM_DIFFERS, entry.folder(), "held");
        }
        if (order.order().kind() == OrderKind.PRODUCTION_IDENTITY && latest.isPresent()) {
            for (String name : ANSWERED) {
                boolean same = java.util.Objects.equals(latest.get().get(name), answer.get(name));
                require(same, Finding.CLAIM_DIFFERS, entry.folder(), name);
            }
        }
    }
}
