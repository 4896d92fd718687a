// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.ValidatorReference;

/**
 * The documents by which a case went on: an oral order's written form, an extension, an answer, a withdrawal, a restoration.
 * Each has a case of its own, where its path and revocation evidence are; here it is judged by signature and enrolled key.
 */
final class FollowUps {

    /** The entry, and the kind of order that it commits to. */
    private static final Map<String, OrderKind> KINDS = Map.of(
            "order.confirmed",
            OrderKind.ORAL_CONFIRMATION,
            "order.extended",
            OrderKind.EXTENSION,
            CaseEntry.CLARIFIED,
            OrderKind.CLARIFICATION,
            "order.withdrawn",
            OrderKind.WITHDRAWAL,
            "order.restoring",
            OrderKind.RESTORE);

    private final TrustFile trust;
    private final Received order;

    FollowUps(TrustFile trust, Received order) {
        this.trust = trust;
        this.order = order;
    }

    static boolean is(BundledEntry entry) {
        return KINDS.containsKey(entry.entry().type());
    }

    void judge(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.FOLLOW_UP_UNOPENED, entry.folder());
        SignedDocument signed =
                AuthorityDocument.parse(new String(entry.payload().orElseThrow(), StandardCharsets.US_ASCII));
        OrderDocument said = signed.read(OrderDocument.TYPE, OrderDocument.class);
        boolean onThis = said.kind() == KINDS.get(entry.entry().type())
                && said.parentOrder().equals(Optional.of(order.order().id()));
        require(onThis, Finding.FOLLOW_UP_OF_ANOTHER, entry.folder());
        Optional<EnrolledSigner> signer = trust.enrolled(DocumentCheck.signer(signed));
        need(signer.isPresent(), Finding.FOLLOW_UP_BY_UNKNOWN, entry.folder());
        boolean stands = may(signer.orElseThrow(), said)
                && signer.orElseThrow().inForce(entry.entry().time())
                && signed.verifiedBy(signed.leaf().getPublicKey());
        require(stands, Finding.FOLLOW_UP_BY_ANOTHER, entry.folder());
    }

    /** Signed by whom it names as its issuer; a withdrawal that came on paper an officer typed in. */
    private boolean may(EnrolledSigner signer, OrderDocument said) {
        Issuer issuer = said.issuer();
        boolean own = signer.party().equals(issuer.authority())
                && signer.person().equals(issuer.person())
                && signer.role().equals(issuer.role());
        boolean withdraws = said.kind() == OrderKind.WITHDRAWAL;
        boolean typed = withdraws && signer.role().equals(ApprovalCheck.OFFICER);
        return (own || typed) && (withdraws ? takesBack(issuer) : goesOn(said));
    }

    /** Whoever ordered, or the office that authorised it. */
    private boolean takesBack(Issuer issuer) {
        Optional<ValidatorReference> office = order.order().validator();
        return issuer.equals(order.order().issuer())
                || office.filter(named -> named.authority().equals(issuer.authority())
                                && named.role().equals(issuer.role()))
                        .isPresent();
    }

    /** The same authority, and but for an answer the same thing; what was said by word of mouth the same office writes down. */
    private boolean goesOn(OrderDocument said) {
        OrderDocument earlier = order.order();
        boolean office = said.kind() != OrderKind.ORAL_CONFIRMATION
                || said.issuer().role().equals(earlier.issuer().role());
        boolean sameThing = said.kind() == OrderKind.CLARIFICATION
                || (said.legalBasis().id().equals(earlier.legalBasis().id())
                        && said.target().equals(earlier.target())
                        && said.scope().equals(earlier.scope()));
        return said.issuer().authority().equals(earlier.issuer().authority()) && office && sameThing;
    }
}
