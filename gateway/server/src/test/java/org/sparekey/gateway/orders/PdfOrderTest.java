// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** Orders that come as a signed PDF: the same machine, and nothing beside the signature is believed. */
class PdfOrderTest {

    private final OrdersFixture fixture = OrdersFixture.shared();

    @Test
    void an_order_and_its_authorisation_on_signed_pdfs_are_verified_and_wait_for_the_officers() {
        Letter letter = fixture.desk.onPdf(fixture.desk.content(fixture.machine(), SEEN));

        OrderStatus status = fixture.submit(letter);

        assertThat(status.state()).isEqualTo("review");
        assertThat(status.authenticity()).isEqualTo(OrderStatus.SIGNED);
        assertThat(status.orderDigest()).isEqualTo(letter.order().digest());
        OrderId id = OrdersFixture.id(status);
        assertThat(fixture.jdbc
                        .sql("SELECT count(*) FROM orders_paper WHERE order_id = :id AND kind = 'SECOND_OPINION'")
                        .param("id", id.code())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(fixture.orders.file(id).orElseThrow().orderJws())
                .isEqualTo(letter.order().compact());
    }

    @Test
    void what_is_executed_is_what_the_signed_pdf_holds() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        SignedDocument pdf =
                fixture.desk.pdf(Wire.write(order), fixture.world.cast().investigator());

        OrderStatus status = fixture.submit(new Letter(pdf, Optional.empty()));

        assertThat(status.state()).isEqualTo("closed");
        assertThat(status.id()).isEqualTo(order.id());
    }

    @Test
    void a_pdf_changed_after_it_was_signed_is_refused_and_files_nothing() {
        SignedDocument pdf = fixture.desk
                .onPdf(fixture.desk.content(fixture.machine(), SEEN))
                .order();
        byte[] longer = Arrays.copyOf(pdf.pdf().orElseThrow(), pdf.pdf().get().length + 1);
        longer[longer.length - 1] = '\n';

        assertThatThrownBy(() -> submit(longer))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.ORDER_MALFORMED));
    }

    @Test
    void a_pdf_signed_by_a_key_that_nobody_enrolled_is_refused() {
        OrderDocument order = fixture.desk.content(fixture.machine(), SEEN);
        Letter forged = new Letter(
                fixture.desk.pdf(
                        Wire.write(order),
                        fixture.world
                                .cast()
                                .prosecutor()
                                .withDocument(fixture.world
                                        .cast()
                                        .policeCa()
                                        .issue(org.sparekey.testkit.pki.Purpose.DOCUMENT, "p-2001"))),
                Optional.empty());

        assertThat(fixture.submit(forged).reason()).contains(DocumentFault.KEY_NOT_ENROLLED.code());
    }

    @Test
    void an_authorisation_of_another_pdf_is_refused() {
        Letter one = fixture.desk.onPdf(fixture.desk.content(fixture.machine(), SEEN));
        Letter other = fixture.desk.onPdf(fixture.desk.content(fixture.machine(), SEEN));

        OrderStatus status = fixture.submit(new Letter(one.order(), other.validator()));

        assertThat(status.reason()).contains(Refusal.VALIDATOR_OTHER_ORDER.code());
    }

    private void submit(byte[] pdf) {
        byte[] body =
                Multipart.write(java.util.List.of(new Multipart.Part("order", "application/pdf", pdf)), "boundary");
        fixture.orders.submit(fixture.investigator(), body, Multipart.contentType("boundary"), OrdersFixture.key());
    }
}
