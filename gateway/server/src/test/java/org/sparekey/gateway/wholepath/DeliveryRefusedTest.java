// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.signature.Message;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A sealed copy over the real door: who is not given it, and that his asking changes nothing. */
class DeliveryRefusedTest {

    private static final ImageHoster HOSTER = ImageHoster.shared();
    private static final Cast CAST = HOSTER.cast();

    private static OrderStatus available;

    @BeforeAll
    static void path() {
        available = HOSTER.available(HOSTER.review());
    }

    @Test
    void its_authority_is_given_the_list_the_volume_and_the_key() {
        for (Actor reader : List.of(CAST.prosecutor(), CAST.investigator())) {
            for (String path : paths(available)) {
                assertThat(client(reader).get(path).status()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void another_authority_finds_neither_list_nor_volume_nor_key() {
        refused(CAST.stranger(), available, Problem.NOT_FOUND);
    }

    @Test
    void an_officer_who_approved_it_is_not_given_what_he_approved() {
        refused(CAST.officer1(), available, Problem.NOT_FOUND);
    }

    @Test
    void a_reseller_asks_in_vain_whether_the_order_exists_or_not() {
        refused(CAST.reseller(), available, Problem.FORBIDDEN);
        assertThat(client(CAST.reseller())
                        .get("/v1/orders/ORD-0000-0000/evidence")
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void the_supervisor_is_given_no_delivery() {
        refused(CAST.supervisor(), available, Problem.FORBIDDEN);
    }

    @Test
    void before_any_officer_has_signed_there_is_nothing() {
        refused(CAST.prosecutor(), HOSTER.review(), Problem.EVIDENCE_WITHHELD);
    }

    @Test
    void a_sealed_copy_is_withheld_until_its_release_is_in_the_log() {
        OrderStatus review = HOSTER.review();
        Turnstile.Gate sealed = HOSTER.turnstile().close("evidence.secured");
        HOSTER.approve(review);
        sealed.await();
        try {
            refused(CAST.prosecutor(), review, Problem.EVIDENCE_WITHHELD);
            refused(CAST.stranger(), review, Problem.NOT_FOUND);
        } finally {
            Turnstile.Gate done = HOSTER.turnstile().watch("evidence.available");
            sealed.open();
            done.await();
        }
        assertThat(client(CAST.prosecutor()).get(paths(review).getFirst()).status())
                .isEqualTo(200);
    }

    @Test
    void a_name_that_is_no_file_of_it_is_not_found() {
        for (String name : List.of("manifest.tsr", "key.pem", "..", "disk09-000001.zst.age")) {
            Reply reply = client(CAST.prosecutor()).get(paths(available).getFirst() + "/" + name);
            assertThat(reply.problem()).as(name).isIn(Problem.NOT_FOUND, Problem.MALFORMED_REQUEST);
        }
    }

    @Test
    void a_replayed_fetch_is_refused_and_gives_nothing() {
        SignedClient prosecutor = client(CAST.prosecutor());
        String key = paths(available).getLast();
        Message.Request signed = prosecutor.sign(prosecutor.request("GET", key));
        assertThat(prosecutor.send(signed, new byte[0]).status()).isEqualTo(200);
        assertThat(prosecutor.send(signed, new byte[0]).problem()).isEqualTo(Problem.REPLAYED);
    }

    @Test
    void a_connection_key_that_nobody_enrolled_does_not_even_shake_hands() {
        Actor forged = CAST.prosecutor().withTls(CAST.policeCa().issue(Purpose.TLS_CLIENT, "politie-voorbeeld p-2001"));
        assertThatThrownBy(() -> client(forged).get(paths(available).getLast())).hasMessageContaining("no answer");
    }

    /**
     * Every path of the delivery is refused alike. The request's nonce is burned, the refusal is entered, or counted where
     * there are too many; no table of a room has changed.
     */
    private static void refused(Actor reader, OrderStatus order, Problem problem) {
        SignedClient client = client(reader);
        for (String path : paths(order)) {
            for (String method : List.of("GET", "HEAD")) {
                Map<String, String> before = rooms();
                long refusals = refusals();
                Message.Request signed = client.sign(client.request(method, path));
                Reply reply = client.send(signed, new byte[0]);
                assertThat(reply.status()).as(method + " " + path).isEqualTo(problem.status());
                assertThat(reply.bound()).isTrue();
                assertThat(reply.headers().has("repr-digest")).isFalse();
                if (method.equals("GET")) {
                    assertThat(reply.problem()).isEqualTo(problem);
                }
                assertThat(rooms()).isEqualTo(before);
                assertThat(refusals()).as(method + " " + path).isEqualTo(refusals + 1);
                assertThat(client.send(signed, new byte[0]).status()).isEqualTo(Problem.REPLAYED.status());
            }
        }
    }

    /** The list, the first volume, the manifest and the key: the one that opens everything comes last. */
    private static List<String> paths(OrderStatus order) {
        String list = "/v1/orders/" + order.orderId() + "/evidence";
        return List.of(
                list,
                list + "/" + EvidenceFolder.volume(1, 1),
                list + "/" + EvidenceFolder.MANIFEST,
                list + "/" + EvidenceFolder.KEY);
    }

    private static Map<String, String> rooms() {
        // What follows the log follows it at its own pace: alarms are no room of the order's path.
        return Rows.except(
                HOSTER.gateway().database(), "edge_nonce", "auditlog_", "flyway_", "parties_refusal", "alarms_");
    }

    /** Entries of refusals, those that came when there were too many counted with them. */
    private static long refusals() {
        return HOSTER.gateway()
                .bean(JdbcClient.class)
                .sql("""
                WITH entry AS (
                    SELECT leaf_hash, type, bytes FROM auditlog_outbox
                    UNION SELECT leaf_hash, type, bytes FROM auditlog_entry
                )
                SELECT (SELECT count(*) FROM entry WHERE type ~ 'refused$')
                    + (SELECT coalesce(sum((convert_from(bytes, 'UTF8')::jsonb -> 'clear' ->> 'suppressed')::int), 0)
                        FROM entry WHERE type ~ 'refused$' AND convert_from(bytes, 'UTF8') LIKE '%"suppressed"%')
                    + (SELECT coalesce(sum((convert_from(bytes, 'UTF8')::jsonb -> 'clear' ->> 'count')::int), 0)
                        FROM entry WHERE type = 'refusals.counted')
                    + (SELECT coalesce(sum(left_out), 0) FROM parties_refusal)
                """)
                .query(Long.class)
                .single();
    }

    private static SignedClient client(Actor actor) {
        return HOSTER.gateway().client(actor);
    }
}
