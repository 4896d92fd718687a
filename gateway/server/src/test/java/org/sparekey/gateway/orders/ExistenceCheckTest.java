// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.ExistenceAnswer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;

/** A signed yes or no, and nobody is named. */
class ExistenceCheckTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_existence_check_is_answered_with_yes_or_no_and_names_nobody() throws Exception {
        assertThat(existence(fixture.machine()).held()).isEqualTo(ExistenceAnswer.Held.YES);
        assertThat(existence(OrdersFixture.address()).held()).isEqualTo(ExistenceAnswer.Held.NO);
    }

    @Test
    void it_says_too_how_the_order_was_known_to_be_genuine() throws Exception {
        assertThat(existence(OrdersFixture.address()).assurance())
                .contains(new Assurance(Assurance.SIGNED, Optional.empty()));
    }

    private ExistenceAnswer existence(String address) throws Exception {
        OrderDocument check = new Altered(fixture.desk.identity(address, SEEN))
                .kind(OrderKind.EXISTENCE_CHECK)
                .scope(new Scope(List.of(Category.EXISTENCE), SEEN, OrdersFixture.START, List.of(), false))
                .document();
        OrderStatus status = fixture.submit(
                fixture.desk.unvalidated(check, fixture.world.cast().investigator()));
        assertThat(status.state()).isEqualTo("closed");
        String jws =
                orders.file(OrdersFixture.id(status)).orElseThrow().answerJws().orElseThrow();
        SignedDocument signed = SignedDocument.parse(jws);
        assertThat(new String(signed.payload(), StandardCharsets.UTF_8)).doesNotContain("Palmstrand");
        return signed.read(ExistenceAnswer.TYPE, ExistenceAnswer.class);
    }
}
