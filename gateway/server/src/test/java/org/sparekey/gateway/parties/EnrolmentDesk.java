// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.joint.EnrolmentDecision;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentCode;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.Invitation;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/** What people do about enrolments: make keys, claim, sign. */
final class EnrolmentDesk {

    static final SecureRandom RANDOM = new SecureRandom();

    private final World world;

    EnrolmentDesk(World world) {
        this.world = world;
    }

    /** Somebody with fresh keys that nobody has enrolled. */
    static Actor newcomer(TestCa ca, String party, String person) {
        return new Actor(
                party,
                person,
                ca.issue(Purpose.TLS_CLIENT, party + " connection"),
                ca.issue(Purpose.MESSAGE, party + " message"),
                ca.issue(Purpose.DOCUMENT, party + " document"));
    }

    /** The same with certificates that end at an instant. */
    static Actor expiring(TestCa ca, String party, String person, Instant notAfter) {
        Instant from = notAfter.minus(Wanted.VALIDITY);
        return new Actor(
                party,
                person,
                ca.issue(Wanted.of(Purpose.TLS_CLIENT, party + " connection", from)
                        .valid(from, notAfter)),
                ca.issue(Wanted.of(Purpose.MESSAGE, party + " message", from).valid(from, notAfter)),
                ca.issue(Wanted.of(Purpose.DOCUMENT, party + " document", from).valid(from, notAfter)));
    }

    static Invitation invitation(String party, String person, Role role) {
        return new Invitation(Invitation.VERSION, Invitation.TYPE, party, person, role.name(), Optional.empty());
    }

    static Invitation newReseller(String party) {
        Invitation.ResellerFacts facts = new Invitation.ResellerFacts(
                "Duinrand Zuid Ltd", "SC", "SC-000123", "Victoria", Optional.empty(), List.of("noc@duinrand.example"));
        return new Invitation(
                Invitation.VERSION, Invitation.TYPE, party, "agent", Role.RESELLER.name(), Optional.of(facts));
    }

    EnrolmentClaim claim(String enrolment, Map<KeyUse, SigningKey> keys) {
        return claim(world.site().gatewayOrigin(), enrolment, keys);
    }

    static EnrolmentClaim claim(String gateway, String enrolment, Map<KeyUse, SigningKey> keys) {
        List<EnrolmentClaim.Key> claimed = new ArrayList<>();
        keys.forEach((use, key) -> claimed.add(new EnrolmentClaim.Key(use, der(key))));
        return new EnrolmentClaim(
                EnrolmentClaim.VERSION,
                EnrolmentClaim.TYPE,
                gateway,
                enrolment,
                claimed,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                salt());
    }

    static Map<KeyUse, SigningKey> keys(Actor actor) {
        return Map.of(
                KeyUse.TLS, actor.tls(),
                KeyUse.MESSAGE, actor.message(),
                KeyUse.DOCUMENT, actor.document());
    }

    EnrolmentRequest request(String code, Actor newcomer) {
        EnrolmentCode parsed = code(code);
        Map<KeyUse, SigningKey> keys = keys(newcomer);
        return EnrolmentRequest.sign(
                Optional.of(parsed),
                claim(parsed.enrolment(), keys),
                List.copyOf(keys.values()),
                Optional.empty(),
                Instant.now());
    }

    EnrolmentRequest rotation(Actor old, Actor fresh) {
        Map<KeyUse, SigningKey> keys = keys(fresh);
        return EnrolmentRequest.sign(
                Optional.empty(),
                claim(EnrolmentClaim.ROTATION, keys),
                List.copyOf(keys.values()),
                Optional.of(old.document()),
                Instant.now());
    }

    static EnrolmentCode code(String text) {
        try {
            return EnrolmentCode.parse(text);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** The statement over what the gateway shows, naming the first two who sign. */
    static EnrolmentDecision decision(EnrolmentStatus shown, List<Actor> officers) {
        return new EnrolmentDecision(
                EnrolmentDecision.VERSION,
                EnrolmentDecision.TYPE,
                shown.enrolment(),
                shown.party(),
                shown.person(),
                shown.role(),
                shown.claim().orElseThrow(),
                shown.facts(),
                shown.keys().stream().map(EnrolmentStatus.ClaimedKey::keyId).toList(),
                List.of(officers.get(0).person(), officers.get(1).person()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                salt());
    }

    JointStatement signed(EnrolmentStatus shown, Actor... by) {
        EnrolmentDecision decision = decision(shown, world.cast().officers());
        JointStatement joint = JointStatement.of(decision);
        for (Actor actor : by) {
            joint = joint.signedBy(actor.document(), decision);
        }
        return joint;
    }

    static Bytes salt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return Bytes.of(salt);
    }

    private static Bytes der(SigningKey key) {
        try {
            return Bytes.of(key.certificate().getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
