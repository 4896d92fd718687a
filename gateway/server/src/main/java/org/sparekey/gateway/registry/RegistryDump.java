// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Landlords;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.PlannedAddress;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.ReconciliationView;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * All that the hoster's inventory and registry hold about one reseller, as lines of JSON: what he signed, byte for byte,
 * what he was answered and refused, what was rented to him and what was seen of it. Nothing about orders, and nothing of anybody
 * else: a guest is in it only where his own registration or his own address makes it his.
 */
public final class RegistryDump {

    private static final int LOG_PAGE = 1_000;

    private final Parties parties;
    private final Inventory inventory;
    private final Reconciliation reconciliation;
    private final DumpTable table;
    private final AuditLog log;
    private final RegistrationTable registrations;

    RegistryDump(
            Parties parties,
            Inventory inventory,
            Reconciliation reconciliation,
            DumpTable table,
            AuditLog log,
            RegistrationTable registrations) {
        this.parties = parties;
        this.inventory = inventory;
        this.reconciliation = reconciliation;
        this.table = table;
        this.log = log;
        this.registrations = registrations;
    }

    /** @param held what the line is; the value's shape follows from it */
    private record Line(String held, Object value) {}

    private record KeptAssignment(
            String kind,
            String value,
            String reseller,
            Optional<String> via,
            Instant from,
            Optional<Instant> to,
            Instant recordedAt) {}

    private record Planned(
            String prefix, String cluster, String vmId, Instant from, Optional<Instant> to, Instant recordedAt) {}

    /** @param header what he sent, signed as it was; absent where nothing could be read of it, or it is erased */
    private record Refused(String origin, long index, Instant at, String reason, Optional<String> header) {}

    private record Seen(
            String cluster,
            Optional<String> node,
            String uuid,
            String vmId,
            List<String> diskIds,
            List<String> macs,
            List<String> addresses,
            boolean running,
            Instant from,
            Instant to) {}

    /** Writes one line each; the order is fixed. */
    public void write(PartyId reseller, OutputStream to) {
        line(to, "reseller", parties.reseller(reseller).orElseThrow());
        inventory.everRecorded(reseller).forEach(one -> line(to, "assignment", kept(one)));
        inventory.everPlanned(reseller).forEach(one -> line(to, "address-plan", planned(one)));
        table.batches(reseller, batch -> line(to, "batch", batch));
        table.lines(reseller, kept -> line(to, "line", kept));
        table.handOvers(reseller).forEach(one -> line(to, "hand-over", one));
        seen(reseller).forEach(one -> line(to, "observation", seen(one)));
        ReconciliationView view = reconciliation.view(reseller);
        for (Finding finding : reconciliation.findings(reseller)) {
            line(to, "finding", finding);
        }
        view.certificates().forEach(one -> line(to, "certificate", one));
        view.notices().forEach(one -> line(to, "notice", one));
        refused(reseller, to);
    }

    /** What he was refused stands in the log only; it is read from its first entry on, a page at a time. */
    private void refused(PartyId reseller, OutputStream to) {
        Set<Digest> keys = parties.allKeys().stream()
                .filter(key -> key.party().equals(reseller))
                .map(EnrolledKey::keyId)
                .collect(Collectors.toSet());
        Optional<Recorded> last = Optional.empty();
        List<EntryText> page = log.after(LogName.REGISTRY, last, LOG_PAGE);
        while (!page.isEmpty()) {
            for (EntryText entry : page) {
                LogEntry parsed = entry.parsed();
                boolean his = parsed.type().equals(RefusalLog.TYPE)
                        && parsed.actor().keyId().filter(keys::contains).isPresent();
                if (his) {
                    line(to, "refused-attempt", refused(entry.recorded(), parsed));
                }
            }
            last = Optional.of(page.getLast().recorded());
            page = log.after(LogName.REGISTRY, last, LOG_PAGE);
        }
    }

    private Refused refused(Recorded recorded, LogEntry entry) {
        Optional<String> header = log.payload(recorded.leafHash())
                .map(opened -> new String(opened.payload(), StandardCharsets.US_ASCII))
                .filter(text -> !text.isEmpty());
        return new Refused(
                recorded.origin(), recorded.index(), entry.time(), entry.clear().getOrDefault("reason", ""), header);
    }

    private static Planned planned(PlannedAddress one) {
        return new Planned(one.prefix().text(), one.cluster(), one.vmId(), one.from(), one.to(), one.recordedAt());
    }

    private static KeptAssignment kept(Assignment one) {
        return new KeptAssignment(
                one.kind().name(),
                one.value(),
                one.reseller().value(),
                one.via().map(PartyId::value),
                one.from(),
                one.to(),
                one.recordedAt());
    }

    /** By number alone a guest is nobody's: the number may have been somebody else's before, or be now. */
    private Set<Observation> seen(PartyId reseller) {
        List<RegistrationRecord> records = registrations.held(reseller).stream()
                .map(HeldRegistration::record)
                .toList();
        Set<Observation> seen = new LinkedHashSet<>();
        for (RegistrationRecord record : records) {
            inventory.observations(record.cluster(), record.uuid(), record.vmId()).stream()
                    .filter(one -> Matching.agrees(record, one))
                    .forEach(seen::add);
        }
        Landlords landlords = inventory.landlords();
        inventory.standing().guests().stream()
                .filter(guest -> landlords.of(guest).equals(Optional.of(reseller)))
                .forEach(seen::add);
        return seen;
    }

    private static Seen seen(Observation one) {
        return new Seen(
                one.cluster(),
                one.node(),
                one.uuid(),
                one.vmId(),
                one.diskIds(),
                one.macs(),
                one.addresses(),
                one.running(),
                one.seenFrom(),
                one.seenTo());
    }

    private static void line(OutputStream to, String held, Object value) {
        try {
            to.write(Wire.write(new Line(held, value)));
            to.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
