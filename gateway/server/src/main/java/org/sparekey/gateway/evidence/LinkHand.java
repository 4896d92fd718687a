// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.evidence.LinkRecord;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * The hand on one guest's links: finds exactly the guest that was approved, cuts or gives back, looks at its neighbours before
 * and after, and signs what it read back.
 */
final class LinkHand {

    private final LiveFacts facts;
    private final SigningKey statementKey;
    private final InstantSource clock;
    private final SecureRandom random;

    LinkHand(LiveFacts facts, SigningKey statementKey, InstantSource clock, SecureRandom random) {
        this.facts = facts;
        this.statementKey = statementKey;
        this.clock = clock;
        this.random = random;
    }

    /** @throws CaptureException where they cannot all be cut; with none at all nothing is announced */
    GuestLinks look(LocatedAsset asset) throws IOException {
        GuestLinks links = facts.hypervisor().links(guest(asset));
        if (links.links().isEmpty()) {
            throw new CaptureException(CaptureRefusal.NETWORK_ABSENT, "the guest has no interface");
        }
        return links;
    }

    byte[] isolate(Isolation isolation, Digest order, GuestLinks before) throws IOException {
        Map<UUID, GuestLinks> others = others(isolation.asset());
        GuestLinks after = facts.hypervisor().isolate(guest(isolation.asset()));
        return signed(LinkRecord.Act.ISOLATED, isolation, order, isolation.intentLeaf(), before, after, others);
    }

    /** May be repeated: it sets what was kept. */
    byte[] restore(Isolation isolation, Digest order, Digest intent) throws IOException {
        Map<UUID, GuestLinks> others = others(isolation.asset());
        GuestLinks before = isolation.before().orElseThrow();
        GuestLinks after = facts.hypervisor().restore(guest(isolation.asset()), before);
        return signed(LinkRecord.Act.RESTORED, isolation, order, intent, before, after, others);
    }

    private Guest guest(LocatedAsset asset) throws IOException {
        return facts.guest(asset)
                .orElseThrow(() -> new CaptureException(CaptureRefusal.GUEST_UNKNOWN, "the guest is not listed"));
    }

    /** Of a neighbour whose links cannot be told nothing is said. */
    private Map<UUID, GuestLinks> others(LocatedAsset asset) throws IOException {
        Map<UUID, GuestLinks> others = new HashMap<>();
        for (Guest guest : facts.hypervisor().guests()) {
            if (!guest.uuid().toString().equals(asset.uuid())) {
                links(guest).ifPresent(links -> others.put(guest.uuid(), links));
            }
        }
        return others;
    }

    private Optional<GuestLinks> links(Guest guest) throws IOException {
        try {
            return Optional.of(facts.hypervisor().links(guest));
        } catch (CaptureException outOfReach) {
            return Optional.empty();
        }
    }

    private byte[] signed(
            LinkRecord.Act act,
            Isolation isolation,
            Digest order,
            Digest intent,
            GuestLinks before,
            GuestLinks after,
            Map<UUID, GuestLinks> others)
            throws IOException {
        byte[] salt = new byte[LinkRecord.SALT_BYTES];
        random.nextBytes(salt);
        LinkRecord record = new LinkRecord(
                LinkRecord.VERSION,
                LinkRecord.TYPE,
                act,
                order,
                isolation.number(),
                isolation.asset(),
                intent,
                before,
                after,
                others.size(),
                others(isolation.asset()).equals(others),
                clock.instant(),
                Bytes.of(salt));
        SignedDocument document =
                SignedDocument.sign(LinkRecord.TYPE, Wire.write(record), statementKey, clock.instant());
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }
}
