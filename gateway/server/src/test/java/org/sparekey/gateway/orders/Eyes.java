// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Grade;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;

/** What officers said about one order in memory, counted by the protocol's own {@link FourEyes}. */
final class Eyes {

    /** As long as an officer's desk lets an approval count. */
    static final Duration LASTS = Duration.ofHours(8);

    private static final SigningKey ANY = TestCa.root(
                    "Hoster", URI.create("http://127.0.0.1:1/none.crl"), InstantSource.system(), new SecureRandom())
            .issue(Purpose.DOCUMENT, "officer");
    private static final Map<String, ApprovalVerdict.Valid> SAID = new ConcurrentHashMap<>();

    private record Given(ApprovalVerdict.Valid valid, Instant at) {}

    private final List<Given> given = new ArrayList<>();

    /** @return whether it counts: nobody says one thing twice */
    boolean say(String officer, Decision decision, Instant now) {
        ApprovalVerdict.Valid next = SAID.computeIfAbsent(officer + decision, _ -> valid(officer, decision));
        if (at(now).repeats(next)) {
            return false;
        }
        given.add(new Given(next, now));
        return true;
    }

    FourEyes at(Instant now) {
        return new FourEyes(given.stream()
                .filter(one -> now.isBefore(one.at().plus(LASTS)))
                .map(Given::valid)
                .toList());
    }

    /** Each as of when it was said: what a long attempt outlived is released all the same. */
    FourEyes all() {
        return new FourEyes(given.stream().map(Given::valid).toList());
    }

    void lapse() {
        given.clear();
    }

    private static ApprovalVerdict.Valid valid(String officer, Decision decision) {
        Digest any = Digest.sha256(new byte[] {1});
        Instant now = Drafted.AT;
        ApprovalStatement statement = new ApprovalStatement(
                ApprovalStatement.VERSION,
                ApprovalStatement.TYPE,
                any,
                any,
                "NL-126ng2",
                "2026-11-23",
                OrdersFixture.found(new UUID(1, 2), "tenant", Grade.CERTAIN)
                        .asset()
                        .orElseThrow(),
                List.of("disk"),
                any,
                List.of(any),
                false,
                decision,
                decision == Decision.REFUSE ? Optional.of(any) : Optional.empty(),
                officer,
                Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                now,
                now.plus(LASTS),
                Bytes.of(new byte[ApprovalStatement.SALT_BYTES]));
        EnrolledSigner signer = new EnrolledSigner(
                "hoster",
                officer,
                "OFFICER",
                Digest.sha256(Intake.ascii(officer)),
                now,
                now.plus(LASTS),
                Optional.empty());
        return new ApprovalVerdict.Valid(Approval.sign(statement, ANY), statement, signer);
    }
}
