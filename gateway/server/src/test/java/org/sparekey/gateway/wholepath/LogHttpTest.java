// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.ClientTls;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TileNodes;
import org.sparekey.protocol.tree.TilePath;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** Both logs and the bundle over their real doors: who reads what, and that it proves itself. */
class LogHttpTest {

    private static final ImageHoster HOSTER = ImageHoster.shared();
    private static final Cast CAST = HOSTER.cast();
    private static final AuditLog LOG = HOSTER.gateway().bean(AuditLog.class);

    private static OrderStatus order;

    @BeforeAll
    static void path() {
        order = HOSTER.available(HOSTER.review());
    }

    @Test
    void anybody_rebuilds_the_registry_log_from_the_public_listener() throws Exception {
        SignedNote note = SignedNote.parse(open("checkpoint").body());
        Checkpoint head = Checkpoint.parse(note.text());
        assertThat(note.signers(List.of(key(LogName.REGISTRY)))).hasSize(1);
        TileNodes nodes = new TileNodes(head.size(), tile -> body(open(tile.path())));
        assertThat(nodes.root(head.size())).isEqualTo(head.root());
        assertThat(new String(open("vkey").body())).isEqualTo(LOG.vkey(LogName.REGISTRY) + "\n");
    }

    @Test
    void nobody_reads_an_entry_or_the_case_log_there() throws Exception {
        String year = year(LogName.REGISTRY);
        for (String path : List.of(
                "/log/registry/" + year + "/" + entries(LogName.REGISTRY),
                "/log/registry",
                "/log/registry/",
                "/log/case/" + year + "/checkpoint",
                "/log/case/" + year + "/tile/0/000",
                "/log/registry/" + year + "/tile/0/999",
                "/log/registry/1999/checkpoint",
                "/v1/log/case/" + year + "/checkpoint")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void an_authority_reads_checkpoint_and_hashes_of_the_case_log_and_no_entry() throws Exception {
        SignedClient investigator = client(CAST.investigator());
        String base = "/v1/log/case/" + year(LogName.CASE) + "/";
        SignedNote note = SignedNote.parse(investigator.get(base + "checkpoint").body());
        Checkpoint head = Checkpoint.parse(note.text());
        assertThat(note.signers(List.of(key(LogName.CASE)))).hasSize(1);
        TileNodes nodes = new TileNodes(head.size(), tile -> granted(investigator.get(base + tile.path())));
        assertThat(nodes.root(head.size())).isEqualTo(head.root());
        assertThat(investigator.get(base + entries(LogName.CASE)).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(investigator.get(base + "tile/0/nonsense").problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(investigator.get("/v1/log/case").problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void an_officer_reads_the_entries_too() throws Exception {
        String path = "/v1/log/case/" + year(LogName.CASE) + "/" + entries(LogName.CASE);
        assertThat(EntryBundle.decode(granted(client(CAST.officer1()).get(path))))
                .isNotEmpty();
        assertThat(granted(client(CAST.supervisor()).get(path))).isNotEmpty();
    }

    @Test
    void a_reseller_reads_neither_log_here() {
        for (String log : List.of("case", "registry")) {
            String path = "/v1/log/" + log + "/" + year(LogName.CASE) + "/checkpoint";
            assertThat(client(CAST.reseller()).get(path).problem()).isEqualTo(Problem.FORBIDDEN);
        }
    }

    @Test
    void whoever_knows_a_leaf_gets_its_proof_and_no_other() throws Exception {
        SignedClient prosecutor = client(CAST.prosecutor());
        Digest leaf = order.entry().leafHash();
        byte[] proof = granted(prosecutor.get("/v1/log/case/proof/" + leaf.base64url()));
        assertThat(LogProof.parse(proof).proven(leaf, key(LogName.CASE))).isPresent();
        assertThat(LogProof.parse(proof).proven(Digest.sha256(proof), key(LogName.CASE)))
                .isEmpty();
        for (String path : List.of(
                "registry/proof/" + leaf.base64url(),
                "case/proof/" + Digest.sha256(proof).base64url(),
                "case/proof/nonsense",
                "nonsense/proof/" + leaf.base64url())) {
            assertThat(prosecutor.get("/v1/log/" + path).problem()).as(path).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void the_bundle_goes_to_its_authority_and_to_officers_and_is_authentic() throws Exception {
        String path = "/v1/orders/" + order.orderId() + "/bundle";
        Optional<byte[]> trust = Optional.of(Files.readAllBytes(HOSTER.world().trustFile()));
        for (Actor reader : List.of(CAST.prosecutor(), CAST.officer1())) {
            Verification verification =
                    BundleVerifier.verify(granted(client(reader).get(path)), trust);
            assertThat(verification.overall())
                    .as(verification.checks().toString())
                    .isEqualTo(Verification.AUTHENTIC);
        }
        assertThat(client(CAST.stranger()).get(path).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(client(CAST.reseller()).get(path).problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(client(CAST.prosecutor())
                        .get("/v1/orders/ORD-0000-0000/bundle")
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    /** The newest bundle of entries, as a reader of the checkpoint would ask for it. */
    private static String entries(LogName log) throws Exception {
        byte[] checkpoint = LOG.checkpoint(log).orElseThrow();
        long size = Checkpoint.parse(SignedNote.parse(checkpoint).text()).size();
        return TilePath.in(size, TilePath.ENTRIES, (size - 1) / TilePath.FULL)
                .orElseThrow()
                .path();
    }

    private static NoteKey key(LogName log) throws Exception {
        return NoteKey.parse(LOG.vkey(log));
    }

    private static String year(LogName log) {
        String origin = LOG.origin(log);
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    private static HttpResponse<byte[]> open(String file) {
        return get("/log/registry/" + year(LogName.REGISTRY) + "/" + file);
    }

    private static HttpResponse<byte[]> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(HOSTER.world().site().publicOrigin() + path))
                .build();
        try (HttpClient anybody = ClientTls.client(HOSTER.world(), Optional.empty())) {
            return anybody.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static byte[] granted(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.body();
    }

    private static SignedClient client(Actor actor) {
        return HOSTER.gateway().client(actor);
    }
}
