// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Gathers what the lines of one reseller touch, chunk by chunk, inside the transaction of his batch. */
final class Facts {

    private final Parties parties;
    private final Inventory inventory;
    private final Tables tables;
    private final PartyId reseller;
    private final Instant knownAt;
    private final Rightful rightful;
    private final Map<String, List<Assignment>> places = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    Facts(Parties parties, Inventory inventory, Tables tables, PartyId reseller, Instant knownAt) {
        this.parties = parties;
        this.inventory = inventory;
        this.tables = tables;
        this.reseller = reseller;
        this.knownAt = knownAt;
        this.rightful = new Rightful(inventory);
    }

    /** @param told how many statements there were about each other's asset that bears one of these */
    private record Asked(Set<IdentifierTable.Identifier> identifiers, Map<String, Integer> told) {}

    /** @param fresh the vpsRefs that nobody had named before these lines: there is nothing to look up about them */
    Held gather(List<RegistrationLine> lines, Set<String> fresh) {
        List<RegistrationRecord> records =
                lines.stream().flatMap(line -> line.records().stream()).toList();
        Map<String, PartyId> givers = givers(lines);
        // Who gives an asset away must not speak about it at the same time: his batches wait for this one.
        new TreeSet<>(givers.values().stream().map(PartyId::value).toList())
                .forEach(giver -> tables.batches().lock(new PartyId(giver)));
        return new Held(owners(refs(records), fresh), told(lines), foreign(records), places(records), givers, rightful);
    }

    private Map<String, PartyId> givers(List<RegistrationLine> lines) {
        Map<String, PartyId> givers = new HashMap<>();
        for (RegistrationLine line : lines) {
            if (line instanceof HandOver handOver) {
                signer(handOver).ifPresent(giver -> givers.put(handOver.release(), giver));
            }
        }
        return givers;
    }

    /** Whose enrolled document key signed the release; a key is judged now, when the release is used. */
    private Optional<PartyId> signer(HandOver line) {
        try {
            SignedDocument release = line.document();
            return parties.documentKey(KeyId.of(release.leaf().getPublicKey()))
                    .filter(key -> release.verifiedBy(key.publicKey()))
                    .map(key -> key.party())
                    .filter(party -> parties.reseller(party).isPresent());
        } catch (MalformedException e) {
            throw new IllegalStateException("a checked release does not read: " + e.reason(), e);
        }
    }

    private Map<String, Ownership> owners(Set<String> all, Set<String> fresh) {
        Map<String, Ownership> owners = new HashMap<>();
        fresh.forEach(ref -> owners.put(ref, new Ownership(reseller, List.of())));
        Set<String> refs = all.stream().filter(ref -> !fresh.contains(ref)).collect(Collectors.toSet());
        if (refs.isEmpty()) {
            return owners;
        }
        Map<String, List<Ownership.Change>> changes = tables.handOvers().of(refs);
        tables.registrations()
                .owners(refs)
                .forEach((ref, first) -> owners.put(ref, new Ownership(first, changes.getOrDefault(ref, List.of()))));
        return owners;
    }

    /** Of the assets that lose an address or their reseller in these lines. */
    private History told(List<RegistrationLine> lines) {
        Set<String> refs = lines.stream()
                .filter(line -> line instanceof AddressMove || line instanceof HandOver)
                .map(line -> line.records().get(0).vpsRef())
                .collect(Collectors.toSet());
        return statements(refs);
    }

    private History foreign(List<RegistrationRecord> records) {
        Set<IdentifierTable.Identifier> identifiers = records.stream()
                .flatMap(record -> IdentifierTable.of(record).stream())
                .collect(Collectors.toSet());
        Set<String> bearers = tables.identifiers().foreignBearers(identifiers, reseller);
        History history = statements(bearers);
        asked.add(new Asked(identifiers, counts(bearers, history)));
        return history;
    }

    /** Whether others said something since about a machine of these lines; to be asked when no other can commit. */
    boolean outdated() {
        return asked.stream().anyMatch(chunk -> {
            Set<String> bearers = tables.identifiers().foreignBearers(chunk.identifiers(), reseller);
            return !chunk.told().equals(counts(bearers, statements(bearers)));
        });
    }

    private static Map<String, Integer> counts(Set<String> vpsRefs, History history) {
        return vpsRefs.stream().collect(Collectors.toMap(vpsRef -> vpsRef, history::count));
    }

    private History statements(Collection<String> refs) {
        return History.of(refs.isEmpty() ? List.of() : tables.registrations().of(refs));
    }

    private Map<String, List<Assignment>> places(List<RegistrationRecord> records) {
        Set<String> unknown = records.stream()
                .flatMap(record -> record.node().stream())
                .filter(node -> !places.containsKey(node))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            unknown.forEach(node -> places.put(node, List.of()));
            places.putAll(inventory.places(unknown, knownAt));
        }
        return Map.copyOf(places);
    }

    private static Set<String> refs(List<RegistrationRecord> records) {
        return records.stream().map(RegistrationRecord::vpsRef).collect(Collectors.toSet());
    }
}
