// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** An officer before his holiday, and whoever fills his seat meanwhile. */
final class DelegationDesk {

    private static final int LOG_AT_MOST = 10_000;

    private final OrdersFixture fixture;

    DelegationDesk(OrdersFixture fixture) {
        this.fixture = fixture;
    }

    Caller caller(Actor actor) {
        return OrdersFixture.caller(actor, actor.party().equals("hoster") ? Role.OFFICER : Role.CO_APPROVER);
    }

    Delegation word(Actor officer, Actor delegate) {
        return word(officer, delegate, fixture.now(), fixture.now().plus(Duration.ofDays(7)));
    }

    Delegation word(Actor officer, Actor delegate, Instant from, Instant until) {
        byte[] salt = new byte[Delegation.SALT_BYTES];
        fixture.random.nextBytes(salt);
        return new Delegation(
                Delegation.VERSION,
                Delegation.TYPE,
                fixture.world.site().gatewayOrigin(),
                officer.person(),
                delegate.party(),
                delegate.person(),
                from.truncatedTo(ChronoUnit.MILLIS),
                until.truncatedTo(ChronoUnit.MILLIS),
                List.of(Decision.SECURE, Decision.RELEASE, Decision.REFUSE),
                Bytes.of(salt));
    }

    String signed(Actor signer, Delegation said) {
        return SignedDocument.sign(Delegation.TYPE, Wire.write(said), signer.document(), fixture.now())
                .compact();
    }

    Digest given(Actor officer, Actor delegate) {
        return given(officer, delegate, fixture.now(), fixture.now().plus(Duration.ofDays(7)));
    }

    /** In the log, and in a signed checkpoint. */
    Digest given(Actor officer, Actor delegate, Instant from, Instant until) {
        String document = signed(officer, word(officer, delegate, from, until));
        Digest word = fixture.delegations()
                .give(caller(officer), document, OrdersFixture.key())
                .delegation();
        fixture.recorded();
        assertThat(fixture.delegations().known().known().apply(word)).isPresent();
        return word;
    }

    void say(Actor delegate, OrderId id, Decision decision, Digest word) {
        say(delegate, id, decision, Optional.of(word));
    }

    void say(Actor delegate, OrderId id, Decision decision, Optional<Digest> word) {
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(1), id);
        Instant expiry = fixture.now().plus(Duration.ofHours(6));
        Approval approval = fixture.desks.sign(delegate, basis, decision, expiry, word);
        long version = fixture.orders.status(id).version();
        fixture.orders.approve(caller(delegate), id, Wire.write(approval), version, OrdersFixture.key());
    }

    void refused(ApprovalFault fault, Actor delegate, OrderId id, Decision decision, Digest word) {
        assertThatThrownBy(() -> say(delegate, id, decision, word))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.APPROVAL_REFUSED);
                    assertThat(e.detail()).startsWith(fault.code());
                });
    }

    /** What the log says of it. */
    List<String> logged(Digest word) {
        fixture.recorded();
        return fixture.log.from(LogName.CASE, 0, LOG_AT_MOST).stream()
                .map(EntryText::parsed)
                .filter(entry -> word.base64url().equals(entry.clear().get("delegation")))
                .map(LogEntry::type)
                .toList();
    }
}
