// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.RegistrationHead;

/** What a reseller is shown of what the fake holds. It has no hypervisors: of every machine no listing says anything. */
final class FakeViews {

    private static final List<String> STATES =
            List.of("matched", "unregistered", "ghost", "stale", "contradicting", "duplicate", "retired", "young");

    private final String reseller;
    private final List<String> prefixes;
    private final List<FakeRegistry.Batch> batches;
    private final List<Kept> assets;

    FakeViews(FakeRegistry registry, String reseller) {
        this.reseller = reseller;
        this.prefixes = registry.prefixes(reseller);
        this.batches = registry.batches(reseller);
        this.assets = registry.assets(reseller);
    }

    RegistrationHead head() {
        if (batches.isEmpty()) {
            return new RegistrationHead(1, RegistrationHead.TYPE, reseller, 0, Optional.empty(), Optional.empty());
        }
        FakeRegistry.Batch last = batches.get(batches.size() - 1);
        return new RegistrationHead(
                1,
                RegistrationHead.TYPE,
                reseller,
                last.seq(),
                Optional.of(last.digest()),
                Optional.of(last.recordedAt()));
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("v", 1);
        view.put("type", "registry-view");
        view.put("assignments", prefixes.stream().map(FakeViews::assignment).toList());
        view.put("batches", batches.stream().map(FakeViews::batch).toList());
        view.put("registrations", assets.stream().map(FakeViews::registration).toList());
        return view;
    }

    Map<String, Object> reconciliation() {
        Map<String, Object> counts = new LinkedHashMap<>();
        STATES.forEach(state -> counts.put(state, 0));
        counts.put("unobserved", assets.size());
        return Map.of(
                "v",
                1,
                "type",
                "reconciliation-view",
                "reseller",
                reseller,
                "counts",
                counts,
                "findings",
                List.of(),
                "certificates",
                List.of(),
                "notices",
                List.of());
    }

    byte[] dump() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        prefixes.forEach(prefix -> line(lines, "assignment", assignment(prefix)));
        batches.forEach(batch -> line(lines, "batch", batch(batch)));
        assets.forEach(kept -> line(lines, "line", registration(kept)));
        return lines.toByteArray();
    }

    private static void line(ByteArrayOutputStream lines, String held, Object value) {
        lines.writeBytes(Wire.write(Map.of("held", held, "value", value)));
        lines.write('\n');
    }

    private static Map<String, Object> assignment(String prefix) {
        return Map.of("kind", "PREFIX", "value", prefix);
    }

    private static Map<String, Object> batch(FakeRegistry.Batch batch) {
        return Map.of(
                "batchId", batch.id(),
                "seq", batch.seq(),
                "batchDigest", batch.digest(),
                "leafHash", batch.entered().leafHash(),
                "recordedAt", batch.recordedAt());
    }

    private static Map<String, Object> registration(Kept kept) {
        return Map.of(
                "record", kept.record(),
                "batchId", kept.batchId(),
                "line", kept.line(),
                "recordedAt", kept.recordedAt());
    }
}
