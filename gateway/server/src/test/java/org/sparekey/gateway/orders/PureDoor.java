// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.GatewayIdentity;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.TrustRoot;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/**
 * The form, the document check and the law, one behind the other and without a database: the pure code that the gateway asks,
 * and none of what it has beside it (the second opinion, the register's table, the call). What passes here is on its own.
 */
final class PureDoor {

    private static final Duration YEAR = Duration.ofDays(365);

    private final Map<Digest, EnrolledSigner> signers = new HashMap<>();
    private final Map<String, DocumentCheck.Trust> trusted = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final GatewayIdentity here;
    private final Instant now;

    PureDoor(World world, Instant now) {
        this.now = now;
        this.here = new GatewayIdentity(
                world.parties().list().hoster().legalEntity(), world.site().gatewayOrigin());
        List<X509CRL> crls = RevocationLists.parse(
                world.cast().cas().stream().map(ca -> ca.crl(now)).toList());
        for (AuthorityEntry authority : world.parties().list().authorities()) {
            List<X509Certificate> roots =
                    authority.roots().stream().map(TrustRoot::x509).toList();
            trusted.put(authority.id(), new DocumentCheck.Trust(roots, crls));
            authority
                    .persons()
                    .forEach(person -> roles.put(
                            authority.id() + " " + person.number(),
                            person.role().name()));
        }
        world.cast().everybody().forEach(this::enrol);
    }

    private void enrol(Actor actor) {
        signers.put(
                actor.document().keyId(),
                new EnrolledSigner(
                        actor.party(),
                        actor.person(),
                        roles.getOrDefault(actor.party() + " " + actor.person(), "OFFICER"),
                        actor.document().keyId(),
                        now.minus(YEAR),
                        now.plus(YEAR),
                        Optional.empty()));
    }

    /** "accepted", or why not. */
    String verdict(BadOrder bad) {
        try {
            Submission submission = Submission.read(bad.body(), bad.contentType());
            Issuer issuer = submission.order().issuer();
            if (!bad.by().party().equals(issuer.authority())) {
                return Refusal.SUBMITTED_BY_ANOTHER.code();
            }
            return check(submission.signed(), issuer.authority(), bad.by())
                    .match(
                            signer -> names(issuer, signer) ? authorised(submission) : "WRONG_SIGNER",
                            fault -> fault.code(),
                            () -> "REVOCATION_UNKNOWN");
        } catch (MalformedException e) {
            return "malformed";
        }
    }

    private static boolean names(Issuer issuer, EnrolledSigner signer) {
        return signer.party().equals(issuer.authority())
                && signer.person().equals(issuer.person())
                && signer.role().equals(issuer.role());
    }

    private String authorised(Submission submission) {
        if (submission.validator().isEmpty()) {
            return judged(submission, new Validation.Absent());
        }
        Optional<Refusal> other = OrderCheck.validates(
                submission.validation().orElseThrow(),
                submission.order(),
                submission.signed().digest(),
                now);
        if (other.isPresent()) {
            return other.get().code();
        }
        String authority = submission.order().validator().orElseThrow().authority();
        return check(submission.validator().get(), authority, null)
                .match(
                        judge -> judged(submission, new Validation.Proven(judge.party(), judge.person(), judge.role())),
                        fault -> "VALIDATOR " + fault.code(),
                        () -> "VALIDATOR REVOCATION_UNKNOWN");
    }

    private String judged(Submission submission, Validation validation) {
        if (submission.order().kind().follows()) {
            return Refusal.PARENT_UNKNOWN.code();
        }
        OrderCheck.Facts facts = new OrderCheck.Facts(
                Optional.of(here), validation, submission.signed().claimedAt(), now);
        Entrance entrance = OrderDecisions.enter(
                submission.order().kind(), OrderCheck.judge(submission.order(), Matrix.packaged(), facts));
        return entrance instanceof Entrance.Refused(String code, Optional<String> _) ? code : "accepted";
    }

    private DocumentVerdict check(
            SignedDocument document, String authority, @org.jspecify.annotations.Nullable Actor channel) {
        DocumentCheck.Trust trust = trusted.getOrDefault(authority, new DocumentCheck.Trust(List.of(), List.of()));
        Set<Digest> channelKeys =
                channel == null ? Set.of() : Set.of(channel.message().keyId());
        return DocumentCheck.check(
                document, Optional.ofNullable(signers.get(DocumentCheck.signer(document))), trust, channelKeys, now);
    }
}
