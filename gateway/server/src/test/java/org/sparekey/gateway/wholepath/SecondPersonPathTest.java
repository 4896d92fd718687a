// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Language;
import org.sparekey.protocol.bundle.Topic;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A hoster with one officer: the whole path of an order over HTTPS with somebody else's second yes, and its bundle. */
class SecondPersonPathTest {

    private static final String CHAMBERS = "raadsman-voorbeeld";

    private final ImageHoster hoster = ImageHoster.shared();

    @Test
    void what_an_officer_and_an_outside_co_approver_released_proves_itself_and_says_who_was_what() throws Exception {
        Actor counsel = joined("c-7003");
        SignedClient outside = hoster.gateway().client(counsel);
        OrderStatus order = hoster.review();
        String path = "/v1/orders/" + order.orderId();
        Reply unasked = outside.get(path);
        assertThat(unasked.status()).as(unasked.text()).isEqualTo(404);

        Turnstile.Gate done = hoster.turnstile().watch("evidence.available");
        OrderStatus first = hoster.desk().release(hoster.cast().officer1(), order);
        assertThat(outside.get(path + "/order").status()).isEqualTo(200);
        hoster.desk().release(counsel, outside.get(path).json(OrderStatus.class));
        done.await();

        assertThat(first.state()).isEqualTo("review");
        assertThat(hoster.desk().status(order.orderId()).state()).isEqualTo("available");
        assertThat(outside.get(path + "/evidence").status()).as("no scope").isEqualTo(403);
        byte[] bundle = hoster.desk().bundle(order);
        assertThat(verified(bundle, Optional.empty()).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        Verification verification = verified(bundle, Optional.of(counsel));
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks().stream()
                        .filter(check -> check.topic() == Topic.SECOND_PERSON)
                        .map(Check::detail)
                        .map(Wording.in(Language.NL)::finding))
                .singleElement()
                .asString()
                .contains(counsel.person() + " van " + CHAMBERS, "externe medebeslisser");
    }

    @Test
    void what_an_officer_and_who_fills_the_absent_ones_seat_released_proves_itself_and_names_the_delegation()
            throws Exception {
        Actor counsel = joined("c-7004");
        Actor away = hoster.cast().officer1();
        Digest delegation = delegated(away, counsel);
        OrderStatus order = hoster.review();
        Turnstile.Gate done = hoster.turnstile().watch("evidence.available");
        OrderStatus first = hoster.desk().release(counsel, order, Optional.of(delegation));
        hoster.desk().release(hoster.cast().officer2(), first);
        done.await();

        byte[] bundle = hoster.desk().bundle(order);
        Verification verification = verified(bundle, Optional.of(counsel));

        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks().stream()
                        .filter(check -> check.topic() == Topic.SECOND_PERSON)
                        .map(Check::detail)
                        .map(Wording.in(Language.NL)::finding))
                .singleElement()
                .asString()
                .contains(counsel.person() + " van " + CHAMBERS, away.person(), delegation.toString());
    }

    /** Given over HTTPS, and in a signed checkpoint by the time that it is used. */
    private Digest delegated(Actor officer, Actor delegate) throws Exception {
        Instant now = hoster.gateway().bean(InstantSource.class).instant().truncatedTo(ChronoUnit.MILLIS);
        Delegation said = new Delegation(
                Delegation.VERSION,
                Delegation.TYPE,
                hoster.world().site().gatewayOrigin(),
                officer.person(),
                delegate.party(),
                delegate.person(),
                now,
                now.plus(Duration.ofDays(14)),
                List.of(Decision.RELEASE),
                Bytes.of(new byte[Delegation.SALT_BYTES]));
        SignedDocument signed = SignedDocument.sign(Delegation.TYPE, Wire.write(said), officer.document(), now);
        Reply given = hoster.gateway()
                .client(officer)
                .post("/v1/delegations", "application/jose", signed.compact().getBytes(StandardCharsets.US_ASCII));
        assertThat(given.status()).as(given.text()).isEqualTo(201);
        assertThat(given.json(DelegationStatus.class).recorded())
                .as("who is told that it is given may use it")
                .isTrue();
        return signed.digest();
    }

    /** The verifier's own trust file, with or without the outsider. */
    private Verification verified(byte[] bundle, Optional<Actor> outsider) throws Exception {
        TrustFile own = TrustFile.parse(Files.readAllBytes(hoster.world().trustFile()));
        TrustFile trust = new TrustFile(
                own.v(),
                own.type(),
                own.legalEntity(),
                own.gatewayOrigin(),
                own.logs(),
                own.witnesses(),
                own.policy(),
                own.authorities(),
                own.officers(),
                own.manifestKeys(),
                own.statementKeys(),
                own.timestampRoots(),
                own.timestampPolicy(),
                outsider.map(actor -> List.of(new TrustFile.CoApprover(
                        actor.party(),
                        actor.person(),
                        actor.document().keyId(),
                        actor.document().certificate().getNotBefore().toInstant(),
                        actor.document().certificate().getNotAfter().toInstant(),
                        Optional.empty()))));
        return BundleVerifier.verify(bundle, Optional.of(Wire.write(trust)));
    }

    private Actor joined(String number) {
        Actor counsel = Joined.newcomer(hoster.cast().elsewhereCa(), CHAMBERS, number);
        Joined.join(
                hoster.gateway().bean(JdbcClient.class),
                hoster.gateway().bean(AuditLog.class),
                hoster.gateway().bean(TransactionOperations.class),
                counsel,
                Role.CO_APPROVER);
        return counsel;
    }
}
