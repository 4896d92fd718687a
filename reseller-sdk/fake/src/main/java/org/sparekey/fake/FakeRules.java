// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Whether a good line has effect, by the latest state of each asset: what the contract test asks of both gateways. The
 * real one judges by the whole history.
 */
final class FakeRules {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final FakeReseller reseller;
    private final List<String> prefixes;
    private final Map<String, Kept> latest;
    private final Function<String, Optional<FakeReseller>> resellers;
    private final Instant now;
    private final List<Kept> others;
    private final Set<List<Object>> statements = new HashSet<>();
    private final Map<List<Object>, String> holders = new HashMap<>();

    /** @param latest by vpsRef; lines accepted by this batch are added by the caller */
    FakeRules(
            FakeReseller reseller,
            List<String> prefixes,
            Map<String, Kept> latest,
            Function<String, Optional<FakeReseller>> resellers,
            Instant now) {
        this.reseller = reseller;
        this.prefixes = prefixes;
        this.latest = latest;
        this.resellers = resellers;
        this.now = now;
        this.others = latest.values().stream()
                .filter(kept -> !kept.reseller().equals(reseller.id()))
                .toList();
    }

    Optional<Bad> refuse(RegistrationLine line) {
        Optional<Bad> bad = ahead(line)
                .or(() -> line.match(this::owned, this::moved, this::handedOver))
                .or(() -> each(line, this::state));
        if (bad.isEmpty()) {
            line.records().forEach(this::note);
        }
        return bad;
    }

    private Optional<Bad> ahead(RegistrationLine line) {
        boolean ahead = line.validFrom().isAfter(now.plus(AHEAD));
        return ahead ? bad(LineRefusal.VALID_FROM_AHEAD, line.pointers().get(0) + "/validFrom") : Optional.empty();
    }

    private Optional<Bad> owned(RegistrationRecord record) {
        Kept held = latest.get(record.vpsRef());
        if (held == null) {
            return record.event() == Event.END ? bad(LineRefusal.UNKNOWN_VPS_REF, "/vpsRef") : Optional.empty();
        }
        return held.reseller().equals(reseller.id()) ? Optional.empty() : bad(LineRefusal.FOREIGN_VPS_REF, "/vpsRef");
    }

    private Optional<Bad> moved(AddressMove move) {
        Kept from = latest.get(move.from().vpsRef());
        if (from == null) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/from/vpsRef");
        }
        boolean held = from.record().addresses().contains(move.address());
        return each(move, this::owned)
                .or(() -> held ? Optional.empty() : bad(LineRefusal.ADDRESS_NOT_HELD, "/address"));
    }

    private Optional<Bad> handedOver(HandOver line) {
        Kept held = latest.get(line.record().vpsRef());
        if (held == null || held.record().event() == Event.END) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/record/vpsRef");
        }
        if (!released(line, held.reseller())) {
            return bad(LineRefusal.BAD_RELEASE, "/release");
        }
        boolean early = !held.record().validFrom().isBefore(line.validFrom());
        return early ? bad(LineRefusal.HAND_OVER_TOO_EARLY, "/record/validFrom") : Optional.empty();
    }

    private boolean released(HandOver line, String giver) {
        try {
            HandOverRelease release = HandOverRelease.read(line.document());
            boolean signed = line.document()
                    .verifiedBy(resellers.apply(giver).orElseThrow().document().publicKey());
            return signed && release.giver().equals(giver) && release.receiver().equals(reseller.id());
        } catch (MalformedException e) {
            return false;
        }
    }

    private Optional<Bad> state(RegistrationRecord record) {
        return foreign(record).or(() -> notAssigned(record)).or(() -> repeated(record));
    }

    private Optional<Bad> foreign(RegistrationRecord record) {
        if (record.event() == Event.END) {
            return Optional.empty();
        }
        return others.stream()
                .filter(kept -> !kept.record().vpsRef().equals(record.vpsRef()))
                .filter(kept -> kept.record().event() != Event.END)
                .flatMap(kept -> record.sharesWith(kept.record()).stream())
                .findFirst()
                .map(pointer -> new Bad(LineRefusal.FOREIGN_ASSET, pointer));
    }

    private Optional<Bad> notAssigned(RegistrationRecord record) {
        for (int i = 0; i < record.addresses().size(); i++) {
            AssignedAddress address = record.addresses().get(i);
            IpPrefix asked = IpPrefix.parse(address.prefix());
            boolean assigned =
                    prefixes.stream().anyMatch(prefix -> IpPrefix.parse(prefix).contains(asked));
            if (address.routingDomain().equals(AssignedAddress.PUBLIC) && !assigned) {
                return bad(LineRefusal.PREFIX_NOT_ASSIGNED, "/addresses/" + i + "/prefix");
            }
        }
        return Optional.empty();
    }

    private Optional<Bad> repeated(RegistrationRecord record) {
        for (int i = 0; i < record.addresses().size(); i++) {
            String holder = holders.get(List.of(record.addresses().get(i), record.validFrom()));
            if (holder != null && !holder.equals(record.vpsRef())) {
                return bad(LineRefusal.ADDRESS_CLAIMED_IN_BATCH, "/addresses/" + i);
            }
        }
        boolean repeated = statements.contains(List.of(record.vpsRef(), record.validFrom()));
        return repeated ? bad(LineRefusal.REPEATED_IN_BATCH, "/vpsRef") : Optional.empty();
    }

    private void note(RegistrationRecord record) {
        statements.add(List.of(record.vpsRef(), record.validFrom()));
        record.addresses().forEach(address -> holders.put(List.of(address, record.validFrom()), record.vpsRef()));
    }

    private static Optional<Bad> each(RegistrationLine line, Function<RegistrationRecord, Optional<Bad>> check) {
        List<Bad> bad = new ArrayList<>();
        for (int i = 0; i < line.records().size(); i++) {
            String pointer = line.pointers().get(i);
            check.apply(line.records().get(i))
                    .ifPresent(one -> bad.add(new Bad(one.refusal(), pointer + one.pointer())));
        }
        return bad.stream().findFirst();
    }

    private static Optional<Bad> bad(LineRefusal refusal, String pointer) {
        return Optional.of(new Bad(refusal, pointer));
    }
}
