// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.TrustRoot;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.pki.CrlServer;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** An authority with an intermediate and responders: asked at the door, and believed about that day for ever. */
class RevocationEvidenceTest {

    private static final Duration SEVEN_YEARS = Duration.ofDays(7 * 365);

    private OrdersFixture fixture;
    private CrlServer server;
    private TestCa root;
    private TestCa below;
    private Actor prosecutor;

    @BeforeEach
    void anAuthorityWithAnIntermediateAndResponders() throws IOException {
        fixture = OrdersFixture.fresh();
        server = CrlServer.start();
        root = fixture.world.cast().policeCa();
        below = root.below(server.location("below"));
        server.serve("root", root::crl);
        server.serve("below", below::crl);
        server.respond("root", root::ocsp);
        server.respond("below", below::ocsp);
        Actor old = fixture.world.cast().prosecutor();
        prosecutor =
                old.withDocument(below.reissue(Wanted.of(Purpose.DOCUMENT, "p-2001", fixture.now()), old.document()));
        register(
                TrustRoot.of(root.certificate(), server.location("root"), server.responder("root")),
                TrustRoot.of(below.certificate(), server.location("below"), server.responder("below")));
    }

    @AfterEach
    void close() {
        server.close();
        fixture.close();
    }

    @Test
    void a_signer_below_an_intermediate_is_verified_and_what_was_said_is_kept() {
        OrderStatus status = fixture.submit(letter());

        assertThat(status.state()).isEqualTo("review");
        OrderFile file = fixture.orders.file(OrdersFixture.id(status)).orElseThrow();
        // Of the prosecutor and of the intermediate; the court has a list of its own and no responder.
        assertThat(file.revocationAnswers()).hasSize(2);
        assertThat(file.revocationLists()).hasSize(3);
    }

    @Test
    void an_order_that_is_not_its_issuers_asks_nobody_and_keeps_nothing() {
        AtomicInteger asked = new AtomicInteger();
        server.serve("root", () -> counted(asked, root.crl()));
        server.serve("below", () -> counted(asked, below.crl()));
        server.respond("below", request -> counted(asked, below.ocsp(request)));
        prosecutor = prosecutor.withDocument(below.issue(Purpose.DOCUMENT, "p-2001"));

        OrderStatus status = fixture.submit(letter());

        assertThat(status.reason()).contains(DocumentFault.KEY_NOT_ENROLLED.code());
        assertThat(asked).hasValue(0);
        assertThat(fixture.orders.file(OrdersFixture.id(status)).orElseThrow().revocationLists())
                .isEmpty();
    }

    private static byte[] counted(AtomicInteger asked, byte[] said) {
        asked.incrementAndGet();
        return said;
    }

    @Test
    void a_responder_that_is_silent_decides_nothing_and_files_nothing() {
        server.respond("below", _ -> new byte[0]);

        assertUndecided();
    }

    @Test
    void an_answer_about_another_certificate_decides_nothing_although_the_list_is_good() throws Exception {
        byte[] ofAnother =
                RevocationTest.request(below.issue(Purpose.DOCUMENT, "p-9").certificate(), below.certificate());
        server.respond("below", _ -> below.ocsp(ofAnother));

        assertUndecided();
    }

    @Test
    void an_answer_of_another_responder_decides_nothing_although_the_list_is_good() {
        server.respond("below", root::ocsp);

        assertUndecided();
    }

    @Test
    void a_replayed_good_without_a_nonce_decides_nothing_although_it_says_itself_valid() throws Exception {
        byte[] question = RevocationTest.request(prosecutor.document().certificate(), below.certificate());
        byte[] good = below.ocsp(question);
        server.respond("below", _ -> good);
        assertThat(fixture.submit(letter()).state()).isEqualTo("review");
        fixture.pass(Responders.OLD_AT_MOST.plusSeconds(1));

        assertUndecided();
    }

    @Test
    void a_list_that_cannot_be_had_decides_nothing_although_the_responder_says_good() {
        server.serve("below", () -> new byte[0]);

        assertUndecided();
    }

    @Test
    void a_stale_answer_decides_nothing_although_the_list_is_fresh() {
        server.respond("below", request -> below.ocsp(request, fixture.now().minus(Duration.ofDays(2))));

        assertUndecided();
    }

    @Test
    void a_replayed_answer_decides_nothing() {
        byte[][] first = new byte[1][];
        server.respond("below", request -> {
            first[0] = first[0] == null ? below.ocsp(request) : first[0];
            return first[0];
        });
        assertThat(fixture.submit(letter()).state()).isEqualTo("review");

        assertUndecided();
    }

    @Test
    void a_responder_to_whom_the_certificate_is_unknown_decides_nothing() {
        below.forget(prosecutor.document().certificate());

        assertUndecided();
    }

    @Test
    void a_revoked_certificate_is_refused_whoever_says_so_first() {
        byte[] before = below.crl();
        server.serve("below", () -> before);
        below.revoke(prosecutor.document().certificate());
        fixture.pass(Duration.ofSeconds(1));

        OrderStatus status = fixture.submit(letter());

        assertThat(status.reason()).contains(DocumentFault.CERTIFICATE_REVOKED.code());
        assertThat(fixture.orders.file(OrdersFixture.id(status)).orElseThrow().revocationLists())
                .isEmpty();
    }

    @Test
    void a_revoked_intermediate_is_refused() {
        root.revoke(below.certificate());
        fixture.pass(Duration.ofSeconds(1));

        assertThat(fixture.submit(letter()).reason()).contains(DocumentFault.CERTIFICATE_REVOKED.code());
    }

    @Test
    void seven_years_later_with_all_revoked_and_expired_and_other_roots_the_order_still_verifies_as_of_its_receipt() {
        OrderId id = approved();
        fixture.pass(Duration.ofHours(1));
        below.revoke(prosecutor.document().certificate());
        root.revoke(below.certificate());
        fixture.pass(SEVEN_YEARS);
        TestCa successor = TestCa.root("Politie Voorbeeld", server.location("root"), fixture::now, fixture.random);
        register(TrustRoot.of(successor.certificate(), server.location("root")));
        server.close();

        assertThat(fixture.orders.claim(id)).isEmpty();

        // Sent back because the approvals lapsed, which is asked after the order was verified again.
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
        assertThat(frozen(id)).isFalse();
    }

    @Test
    void without_what_was_said_then_it_does_not() {
        OrderId id = approved();
        fixture.pass(SEVEN_YEARS);
        fixture.jdbc
                .sql("DELETE FROM orders_paper WHERE order_id = :id AND kind = 'ANSWER'")
                .param("id", id.code())
                .update();
        fixture.jdbc
                .sql("DELETE FROM orders_paper WHERE order_id = :id AND kind = 'REVOCATION'")
                .param("id", id.code())
                .update();

        assertThat(fixture.orders.claim(id)).isEmpty();

        assertThat(frozen(id)).isTrue();
    }

    private OrderId approved() {
        OrderId id = OrdersFixture.id(fixture.submit(letter()));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        return id;
    }

    private boolean frozen(OrderId id) {
        return fixture.jdbc
                .sql("SELECT frozen FROM orders_order WHERE order_id = :id")
                .param("id", id.code())
                .query(Boolean.class)
                .single();
    }

    private void assertUndecided() {
        int before = filed();
        assertThatThrownBy(() -> fixture.submit(letter()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN));
        assertThat(filed()).isEqualTo(before);
    }

    private int filed() {
        return fixture.jdbc
                .sql("SELECT count(*) FROM orders_order")
                .query(Integer.class)
                .single();
    }

    private Letter letter() {
        OrderDocument order = fixture.desk.content(fixture.machine(), SEEN);
        Letter signed = fixture.desk.unvalidated(order, prosecutor);
        SignedDocument judged = fixture.desk.authorise(order, signed.order());
        return new Letter(signed.order(), java.util.Optional.of(judged));
    }

    /** A newer entry of the authority's, as an import would write it. */
    private void register(TrustRoot... roots) {
        AuthorityEntry now = fixture.bean(Parties.class)
                .authority(new PartyId(Cast.AUTHORITY))
                .orElseThrow();
        AuthorityEntry next = new AuthorityEntry(
                now.id(),
                now.name(),
                now.country(),
                now.units(),
                List.of(roots),
                now.persons(),
                now.caseTeams(),
                now.recovery(),
                now.callbackNumber());
        fixture.pass(Duration.ofSeconds(1));
        fixture.jdbc
                .sql(
                        "INSERT INTO parties_party (party, kind, entry, valid_from) VALUES (:party, 'AUTHORITY', :entry, :at)")
                .param("party", next.id())
                .param("entry", Wire.write(next))
                .param("at", Timestamp.from(fixture.now()))
                .update();
    }
}
