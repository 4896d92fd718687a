// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.Commitments;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.FieldCommitment;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.Pseudonym;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.registration.Tenancy;

/** Turns a machine into the record that may leave: the customer becomes a pseudonym and seven commitments. */
final class RecordMaker {

    private static final int REF_BYTES = 16;

    private final byte[] secret;
    private final String hoster;
    private final SecureRandom random;

    RecordMaker(byte[] secret, String hoster, SecureRandom random) {
        this.secret = secret;
        this.hoster = hoster;
        this.random = random;
    }

    /** A line with the names its machines go under and, at L1, what opens it. */
    record Made(RegistrationLine line, List<AssetRefs> refs, List<Opening> openings) {}

    private record One(RegistrationRecord record, AssetRefs refs, List<Opening> openings) {}

    Made make(Vps vps, Optional<AssetRefs> known) {
        return made(one(vps, refs(vps, known)));
    }

    /** An address goes from one machine to another; each is told as it is from then on. */
    Made move(String address, Vps from, Optional<AssetRefs> knownFrom, Vps to, Optional<AssetRefs> knownTo) {
        One giving = one(from, refs(from, knownFrom));
        One taking = one(to, refs(to, knownTo));
        AddressMove move = AddressMove.of(
                AssignedAddress.ofPublic(address),
                giving.record(),
                taking.record(),
                random(RegistrationRecord.SALT_BYTES));
        List<Opening> openings = new ArrayList<>(giving.openings());
        openings.addAll(taking.openings());
        return new Made(move, List.of(giving.refs(), taking.refs()), openings);
    }

    /** A machine that comes from another reseller keeps its name, and its tenancy where the same customer stays. */
    Made takeOver(Vps vps, HandOverRelease release, SignedDocument document, boolean sameCustomer) {
        String tenancyRef = sameCustomer ? release.tenancyRef() : reference();
        One one =
                one(vps, refs(vps, release.vpsRef(), tenancyRef, vps.customer().map(Customer::id)));
        HandOver line = HandOver.of(one.record(), document, random(RegistrationRecord.SALT_BYTES));
        return new Made(line, List.of(one.refs()), one.openings());
    }

    /** The giver's half of a hand-over. */
    HandOverRelease release(String giver, String receiver, AssetRefs refs, Instant at) {
        return new HandOverRelease(
                RegistrationRecord.VERSION,
                HandOverRelease.TYPE,
                giver,
                receiver,
                refs.vpsRef(),
                refs.tenancyRef(),
                at,
                random(RegistrationRecord.SALT_BYTES));
    }

    private static Made made(One one) {
        return new Made(one.record(), List.of(one.refs()), one.openings());
    }

    private One one(Vps vps, AssetRefs refs) {
        if (vps.customer().isEmpty()) {
            return new One(record(vps, refs, Optional.empty(), Optional.empty()), refs, List.of());
        }
        Customer customer = vps.customer().get();
        Map<Field, Bytes> salts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            salts.put(field, random(FieldCommitment.SALT_BYTES));
        }
        Digest pseudonym = Pseudonym.of(secret, hoster, customer.id(), vps.validFrom(), refs.vpsRef());
        Commitments commitments = FieldCommitment.all(customer.fields(), salts);
        RegistrationRecord record = record(vps, refs, Optional.of(pseudonym), Optional.of(commitments));
        Opening opening = new Opening(
                refs.vpsRef(),
                vps.validFrom(),
                salts.entrySet().stream()
                        .collect(Collectors.toMap(salt -> salt.getKey().label(), Map.Entry::getValue)));
        return new One(record, refs, List.of(opening));
    }

    /**
     * A new customer or a wiped disk is a new tenancy, so that an innocent successor is never copied for another; a number
     * that is used again after its machine was ended is another machine.
     */
    private AssetRefs refs(Vps vps, Optional<AssetRefs> known) {
        Optional<String> customer = vps.customer().map(Customer::id);
        if (known.isEmpty() || (known.get().ended().isPresent() && !vps.ended())) {
            return refs(vps, reference(), reference(), customer);
        }
        AssetRefs before = known.get();
        if (vps.ended()) {
            return refs(vps, before.vpsRef(), before.tenancyRef(), before.customer());
        }
        boolean same = before.customer().equals(customer) && !vps.reinstalled();
        return refs(vps, before.vpsRef(), same ? before.tenancyRef() : reference(), customer);
    }

    private static AssetRefs refs(Vps vps, String vpsRef, String tenancyRef, Optional<String> customer) {
        Optional<Instant> ended = vps.ended() ? Optional.of(vps.validFrom()) : Optional.empty();
        return new AssetRefs(
                vps.asset(),
                vpsRef,
                tenancyRef,
                customer,
                Optional.of(Facts.of(vps)),
                ended,
                Optional.empty(),
                Unlisted.of(vps));
    }

    private RegistrationRecord record(
            Vps vps, AssetRefs refs, Optional<Digest> pseudonym, Optional<Commitments> commitments) {
        return new RegistrationRecord(
                RegistrationRecord.VERSION,
                RegistrationRecord.TYPE,
                vps.ended() ? Event.END : Event.AMEND,
                vps.kind(),
                vps.captureMeans(),
                vps.cluster(),
                vps.node(),
                Optional.of(vps.vm()),
                vps.uuid(),
                vps.macs(),
                vps.diskIds(),
                Stream.concat(vps.addresses().stream().map(AssignedAddress::ofPublic), vps.assigned().stream())
                        .toList(),
                vps.running() ? "RUNNING" : "STOPPED",
                vps.validFrom(),
                vps.kind() == AssetKind.SHARED_HOST ? Tenancy.SHARED : Tenancy.SINGLE,
                vps.customerRole(),
                vps.reviewBeforeCapture(),
                refs.vpsRef(),
                refs.tenancyRef(),
                pseudonym.isPresent() ? AssuranceLevel.L1 : AssuranceLevel.L0,
                Optional.empty(),
                pseudonym,
                commitments,
                random(RegistrationRecord.SALT_BYTES));
    }

    private String reference() {
        return random(REF_BYTES).base64url();
    }

    private Bytes random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
