// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.signature.Exchange.CONTENT;
import static org.sparekey.protocol.signature.Exchange.NOW;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

class RequestVerifierTest {

    @Test
    void a_signed_request_is_verified_and_names_its_key_and_nonce() {
        RequestVerdict verdict = Exchange.verifier(NOW).verify(Exchange.post(), MeasuredBody.of(CONTENT));

        assertThat(verdict).isInstanceOfSatisfying(RequestVerdict.Verified.class, verified -> {
            assertThat(verified.keyId()).isEqualTo(Exchange.CLIENT.keyId());
            assertThat(verified.nonce().length()).isEqualTo(16);
            assertThat(verified.created()).isEqualTo(NOW);
            assertThat(verified.expires()).isEqualTo(NOW.plusSeconds(60));
        });
    }

    @Test
    void a_get_needs_no_digest_and_covers_its_range() {
        Message.Request get = Exchange.get();

        assertThat(get.headers().value("signature-input").orElseThrow())
                .contains("(\"@method\" \"@target-uri\" \"authorization\" \"range\")");
        assertVerified(get, MeasuredBody.EMPTY);
    }

    static List<SigningKey> keys() {
        return List.of(TestKeys.p256(), TestKeys.p384(), TestKeys.ed25519(), TestKeys.rsa(3072));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void every_algorithm_of_the_profile_signs_and_verifies(SigningKey key) {
        Message.Request signed =
                new RequestSigner(key, InstantSource.fixed(NOW), new SecureRandom()).sign(Exchange.unsignedPost());

        RequestVerdict verdict = new RequestVerifier(InstantSource.fixed(NOW), Exchange.only(key))
                .verify(signed, MeasuredBody.of(CONTENT));

        assertThat(verdict).isInstanceOf(RequestVerdict.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"-10, true", "-11, false", "0, true", "60, true", "61, false"})
    void a_request_lives_from_ten_seconds_ahead_to_sixty_seconds_ago(long ageSeconds, boolean accepted) {
        Message.Request request = Exchange.signer(NOW.minusSeconds(ageSeconds)).sign(Exchange.unsignedPost());

        RequestVerdict verdict = Exchange.verifier(NOW).verify(request, MeasuredBody.of(CONTENT));

        assertThat(verdict instanceof RequestVerdict.Verified).isEqualTo(accepted);
    }

    @Test
    void the_edges_of_the_window_are_named() {
        assertFault(at(NOW.minusSeconds(61)), SignatureFault.CREATED_TOO_OLD);
        assertFault(at(NOW.plusSeconds(11)), SignatureFault.CREATED_AHEAD);
    }

    @ParameterizedTest
    @CsvSource({"60, true", "61, false", "0, false", "-1, false"})
    void a_signature_lives_at_most_sixty_seconds(long lifeSeconds, boolean accepted) {
        Message.Request request = resigned(
                parameters -> parameters.with("expires", new BareItem.Whole(NOW.getEpochSecond() + lifeSeconds)));

        RequestVerdict verdict = Exchange.verifier(NOW).verify(request, MeasuredBody.of(CONTENT));

        assertThat(verdict instanceof RequestVerdict.Verified).isEqualTo(accepted);
    }

    @Test
    void an_expired_signature_is_refused_though_it_was_created_a_moment_ago() {
        Message.Request request =
                resigned(parameters -> parameters.with("expires", new BareItem.Whole(NOW.getEpochSecond() + 5)));
        Instant later = NOW.plus(Duration.ofSeconds(6));

        assertThat(Exchange.verifier(later).verify(request, MeasuredBody.of(CONTENT)))
                .isEqualTo(new RequestVerdict.Refused(SignatureFault.EXPIRED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@method", "@target-uri", "authorization", "content-type", "content-digest", "idempotency-key"})
    void a_component_left_out_by_the_signer_itself_is_refused(String component) {
        Message.Request request = resignedOver(items -> items.stream()
                .filter(item -> !item.equals(Item.text(component)))
                .toList());

        assertFault(request, SignatureFault.COMPONENT_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if-match", "dpop", "range", "if-range"})
    void a_header_that_counts_cannot_be_slipped_in_uncovered(String name) {
        assertFault(Exchange.post().with(name, "x"), SignatureFault.COMPONENT_MISSING);
    }

    @Test
    void a_component_outside_the_profile_is_refused() {
        Message.Request request = resignedOver(items -> {
            List<Item> more = new java.util.ArrayList<>(items);
            more.add(Item.text("user-agent"));
            return more;
        });

        assertFault(request, SignatureFault.COMPONENT_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "expires", "nonce", "keyid"})
    void a_missing_parameter_is_refused(String name) {
        assertFault(resigned(parameters -> without(parameters, name)), SignatureFault.PARAMETER_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "c2hvcnQ", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAB", "not base64 at all!!!!!"})
    void a_nonce_of_another_size_or_spelling_is_refused(String nonce) {
        assertFault(
                resigned(parameters -> parameters.with("nonce", new BareItem.Text(nonce))),
                SignatureFault.NONCE_MALFORMED);
    }

    @Test
    void a_post_without_a_digest_is_refused_even_when_it_is_empty() {
        Message.Request request = new Message.Request("POST", "https://gateway.invalid/v1/orders", Fields.NONE);

        assertThatThrownBy(() -> Exchange.signer(NOW).sign(request)).isInstanceOf(IllegalArgumentException.class);
        Message.Request bare = sign(request, items -> items, parameters -> parameters);
        assertThat(Exchange.verifier(NOW).verify(bare, MeasuredBody.EMPTY))
                .isEqualTo(new RequestVerdict.Refused(SignatureFault.DIGEST_MISSING));
        assertVerified(Exchange.signer(NOW).sign(request.withContent(new byte[0])), MeasuredBody.EMPTY);
    }

    @Test
    void a_get_with_undigested_content_is_refused() {
        assertThat(Exchange.verifier(NOW).verify(Exchange.get(), MeasuredBody.of(CONTENT)))
                .isEqualTo(new RequestVerdict.Refused(SignatureFault.DIGEST_MISSING));
    }

    @Test
    void sha_512_is_accepted_beside_and_instead_of_sha_256() {
        ContentDigest both = new ContentDigest(
                java.util.Optional.of(MeasuredBody.of(CONTENT).sha256()),
                java.util.Optional.of(MeasuredBody.of(CONTENT).sha512()));
        ContentDigest only = new ContentDigest(java.util.Optional.empty(), both.sha512());

        for (ContentDigest digest : List.of(both, only)) {
            Message.Request request =
                    Exchange.signer(NOW).sign(Exchange.unsignedPost().with(ContentDigest.FIELD, digest.write()));
            assertVerified(request, MeasuredBody.of(CONTENT));
        }
    }

    @Test
    void a_right_digest_does_not_hide_a_wrong_one() {
        ContentDigest mixed = new ContentDigest(
                java.util.Optional.of(MeasuredBody.of(CONTENT).sha256()),
                java.util.Optional.of(MeasuredBody.EMPTY.sha512()));
        Message.Request request =
                Exchange.signer(NOW).sign(Exchange.unsignedPost().with(ContentDigest.FIELD, mixed.write()));

        assertFault(request, SignatureFault.DIGEST_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5=:AAAA:", "sha-256=AAAA", "sha-256=1", "", "sha-256=:!!:"})
    void a_digest_of_another_kind_is_refused(String digest) {
        Message.Request request =
                Exchange.signer(NOW).sign(Exchange.unsignedPost().with("Content-Digest", digest));

        assertFault(request, SignatureFault.DIGEST_MALFORMED);
    }

    @Test
    void encoded_content_is_refused() {
        assertFault(Exchange.post().with("Content-Encoding", "gzip"), SignatureFault.CONTENT_ENCODED);
    }

    @Test
    void no_two_requests_share_a_nonce() {
        Set<Bytes> nonces = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            RequestVerdict verdict = Exchange.verifier(NOW).verify(Exchange.post(), MeasuredBody.of(CONTENT));
            nonces.add(((RequestVerdict.Verified) verdict).nonce());
        }

        assertThat(nonces).hasSize(100);
    }

    @Test
    void signatures_of_intermediaries_are_passed_over() {
        Message.Request request = Exchange.post();
        Message.Request through = request.with(
                        "signature-input",
                        request.headers().value("signature-input").orElseThrow()
                                + ", proxy=(\"@method\");created=1;tag=\"via\"")
                .with("signature", request.headers().value("signature").orElseThrow() + ", proxy=:AAAA:");

        assertVerified(through, MeasuredBody.of(CONTENT));
    }

    @Test
    void accept_signature_names_every_component_and_parses() throws Exception {
        assertThat(org.sparekey.protocol.structured.Dictionary.parse(SignatureProfile.acceptSignature())
                        .write())
                .isEqualTo(SignatureProfile.acceptSignature())
                .contains("\"@target-uri\"", "\"idempotency-key\"", ";nonce", "tag=\"fapi-2-request\"");
    }

    private static Message.Request at(Instant created) {
        return Exchange.signer(created).sign(Exchange.unsignedPost());
    }

    private static Message.Request resigned(UnaryOperator<Parameters> change) {
        return sign(Exchange.unsignedPost(), items -> items, change);
    }

    private static Message.Request resignedOver(UnaryOperator<List<Item>> change) {
        return sign(Exchange.unsignedPost(), change, parameters -> parameters);
    }

    /** Signs as a sender who breaks the rules knowingly: the signature itself is good. */
    static Message.Request sign(
            Message.Request request, UnaryOperator<List<Item>> components, UnaryOperator<Parameters> parameters) {
        try {
            Message.Request proper = Exchange.signer(NOW)
                    .sign(request.headers().has(ContentDigest.FIELD) ? request : request.withContent(new byte[0]));
            InnerList covered = MessageSignature.all(proper.headers()).get(0).covered();
            List<Item> kept = covered.items().stream()
                    .filter(item ->
                            request.headers().has(ContentDigest.FIELD) || !item.equals(Item.text(ContentDigest.FIELD)))
                    .toList();
            MessageSignature signature = Signing.sign(
                    Exchange.CLIENT,
                    new InnerList(components.apply(kept), parameters.apply(covered.parameters())),
                    request);
            return request.with("signature-input", signature.inputField())
                    .with("signature", signature.signatureField());
        } catch (org.sparekey.protocol.json.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Parameters without(Parameters parameters, String name) {
        java.util.Map<String, BareItem> fewer = new java.util.LinkedHashMap<>(parameters.values());
        fewer.remove(name);
        return new Parameters(fewer);
    }

    private static void assertVerified(Message.Request request, MeasuredBody body) {
        assertThat(Exchange.verifier(NOW).verify(request, body)).isInstanceOf(RequestVerdict.Verified.class);
    }

    private static void assertFault(Message.Request request, SignatureFault fault) {
        assertThat(Exchange.verifier(NOW).verify(request, MeasuredBody.of(CONTENT)))
                .isEqualTo(new RequestVerdict.Refused(fault));
    }
}
