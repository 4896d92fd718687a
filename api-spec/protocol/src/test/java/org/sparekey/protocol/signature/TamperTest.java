// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.signature.Exchange.ANSWER;
import static org.sparekey.protocol.signature.Exchange.CONTENT;
import static org.sparekey.protocol.signature.Exchange.NOW;

import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.InnerList;

/** Attacks on a good signature: whoever holds the message but not the key gets nowhere. */
class TamperTest {

    private static final Message.Request POST = Exchange.post();

    @Test
    void no_altered_byte_of_the_content_passes() {
        for (int i = 0; i < CONTENT.length; i++) {
            byte[] altered = CONTENT.clone();
            altered[i] ^= 1;
            assertRefused(POST, altered);
        }
        assertRefused(POST, new byte[0]);
        assertRefused(POST, java.util.Arrays.copyOf(CONTENT, CONTENT.length + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "content-type",
                "content-digest",
                "idempotency-key",
                "signature",
                "signature-input"
            })
    void no_altered_character_of_a_covered_header_passes(String name) {
        String value = POST.headers().value(name).orElseThrow();
        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            String altered = value.substring(0, i) + other + value.substring(i + 1);
            if (!isLabel(name, i)) {
                assertRefused(POST.with(name, altered), CONTENT);
            }
        }
    }

    /** The label is a name for humans: renaming it in both fields is the one change that means nothing. */
    private static boolean isLabel(String name, int at) {
        return name.startsWith("signature") && at < SignatureProfile.LABEL.length();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "content-type",
                "content-digest",
                "idempotency-key",
                "signature",
                "signature-input"
            })
    void no_header_can_be_dropped_or_doubled(String name) {
        Fields headers = POST.headers();
        assertRefused(new Message.Request(POST.method(), POST.targetUri(), headers.without(name)), CONTENT);
        java.util.Map<String, List<String>> doubled = new java.util.LinkedHashMap<>(headers.asMap());
        doubled.put(name, List.of(headers.lines(name).get(0), "other"));
        assertRefused(new Message.Request(POST.method(), POST.targetUri(), Fields.of(doubled)), CONTENT);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, https://gateway.invalid:8443/v1/orders",
        "post, https://gateway.invalid:8443/v1/orders",
        "POST, https://other.invalid:8443/v1/orders",
        "POST, https://gateway.invalid/v1/orders",
        "POST, http://gateway.invalid:8443/v1/orders",
        "POST, https://gateway.invalid:8443/v1/orders/",
        "POST, https://gateway.invalid:8443/v1/Orders",
        "POST, https://gateway.invalid:8443/v1/%6frders",
        "POST, https://gateway.invalid:8443/v1/orders?dryRun=false",
        "POST, https://gateway.invalid:8443/v1/orders?",
        "POST, https://GATEWAY.invalid:8443/v1/orders"
    })
    void a_signature_does_not_move_to_another_method_or_target(String method, String targetUri) {
        assertRefused(new Message.Request(method, targetUri, POST.headers()), CONTENT);
    }

    @Test
    void no_altered_byte_of_the_signature_passes() throws Exception {
        MessageSignature good = MessageSignature.all(POST.headers()).get(0);
        for (int i = 0; i < good.signature().length(); i++) {
            byte[] altered = good.signature().array();
            altered[i] ^= (byte) 0x80;
            assertRefused(withSignature(good, altered), CONTENT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 72, 128})
    void a_signature_of_another_length_is_refused(int length) throws Exception {
        MessageSignature good = MessageSignature.all(POST.headers()).get(0);

        assertRefused(
                withSignature(good, java.util.Arrays.copyOf(good.signature().array(), length)), CONTENT);
    }

    /** CVE-2022-21449: an all-zero ECDSA signature once verified for every message. */
    @Test
    void the_psychic_signature_is_refused() throws Exception {
        MessageSignature good = MessageSignature.all(POST.headers()).get(0);

        assertRefused(withSignature(good, new byte[64]), CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "HS256",
                "hmac-sha256",
                "RS256",
                "rsa-v1_5-sha256",
                "ed25519",
                "ecdsa-p384-sha384",
                "",
                "ES256"
            })
    void an_algorithm_that_is_not_the_keys_is_refused_though_the_signature_is_good(String algorithm) {
        Message.Request request = RequestVerifierTest.sign(
                Exchange.unsignedPost(),
                items -> items,
                parameters -> parameters.with("alg", new BareItem.Text(algorithm)));

        assertFault(request, SignatureFault.ALGORITHM_MISMATCH);
    }

    @Test
    void the_algorithm_of_the_key_may_be_named() {
        Message.Request request = RequestVerifierTest.sign(
                Exchange.unsignedPost(),
                items -> items,
                parameters -> parameters.with("alg", new BareItem.Text("ecdsa-p256-sha256")));

        assertThat(verify(request, CONTENT)).isInstanceOf(RequestVerdict.Verified.class);
    }

    /** The public key as an HMAC secret: the oldest confusion of all. */
    @Test
    void a_mac_keyed_with_the_public_key_is_refused() throws Exception {
        MessageSignature good = MessageSignature.all(POST.headers()).get(0);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(Exchange.CLIENT.publicKey().getEncoded(), "HmacSHA256"));

        assertRefused(withSignature(good, mac.doFinal(SignatureBase.of(good.covered(), POST))), CONTENT);
    }

    @Test
    void the_signature_of_another_enrolled_key_does_not_pass_under_this_key_id() throws Exception {
        SigningKey thief = TestKeys.p256();
        MessageSignature good = MessageSignature.all(POST.headers()).get(0);
        MessageSignature stolen = Signing.sign(thief, good.covered(), POST);
        RequestVerifier both = new RequestVerifier(InstantSource.fixed(NOW), id -> {
            Optional<PublicKey> key = Exchange.ENROLLED.apply(id);
            return key.isPresent() ? key : Exchange.only(thief).apply(id);
        });

        assertThat(both.verify(withSignature(good, stolen.signature().array()), MeasuredBody.of(CONTENT)))
                .isEqualTo(new RequestVerdict.Refused(SignatureFault.INVALID));
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThat(new RequestVerifier(InstantSource.fixed(NOW), id -> Optional.empty())
                        .verify(POST, MeasuredBody.of(CONTENT)))
                .isEqualTo(new RequestVerdict.Refused(SignatureFault.KEY_UNKNOWN));
    }

    @Test
    void two_signatures_with_our_tag_are_refused_even_when_both_are_good() {
        Message.Request again = Exchange.signer(NOW).sign(Exchange.unsignedPost());
        Message.Request two = POST.with(
                        "signature-input", input(POST) + ", " + input(again).replaceFirst("^sparekey", "second"))
                .with("signature", signature(POST) + ", " + signature(again).replaceFirst("^sparekey", "second"));

        assertFault(two, SignatureFault.AMBIGUOUS);
    }

    @Test
    void a_response_signature_is_no_request_signature() {
        Message.Response answer = Exchange.answer(POST);
        Message.Request reflected = POST.with(
                        "signature", answer.headers().value("signature").orElseThrow())
                .with(
                        "signature-input",
                        answer.headers().value("signature-input").orElseThrow());

        assertFault(reflected, SignatureFault.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sparekey=(\"@method\" \"@method\");tag=\"fapi-2-request\"", "sparekey=(", "sparekey=1",
                "sparekey=(1);tag=\"fapi-2-request\"", "other=(\"@method\")", "sparekey=();tag=fapi-2-request"
            })
    void a_mangled_signature_input_is_refused_and_never_thrown(String input) {
        assertRefused(POST.with("signature-input", input), CONTENT);
    }

    @Test
    void a_thousand_signatures_are_not_looked_at() {
        StringBuilder inputs = new StringBuilder("a0=()");
        StringBuilder values = new StringBuilder("a0=:AA==:");
        for (int i = 1; i < 1_000; i++) {
            inputs.append(", a").append(i).append("=();tag=\"fapi-2-request\"");
            values.append(", a").append(i).append("=:AA==:");
        }

        assertFault(
                POST.with("signature-input", inputs.toString()).with("signature", values.toString()),
                SignatureFault.MALFORMED);
    }

    @Test
    void a_header_named_like_a_derived_component_cannot_exist() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> POST.with("@method", "GET")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "content-digest", "api-version", "signature", "signature-input"})
    void no_altered_character_of_a_covered_header_of_an_answer_passes(String name) {
        Message.Response answer = Exchange.answer(POST);
        String value = answer.headers().value(name).orElseThrow();
        ResponseVerifier verifier = new ResponseVerifier(Exchange.PINNED);
        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            String altered = value.substring(0, i) + other + value.substring(i + 1);
            if (!isLabel(name, i)) {
                assertThat(verifier.verify(answer.with(name, altered), MeasuredBody.of(ANSWER)))
                        .as("%s at %d", name, i)
                        .isInstanceOf(ResponseVerdict.Refused.class);
            }
        }
    }

    /** The binding cut out of the signature: what is left must not count as an answer to this request. */
    @Test
    void a_success_that_its_own_signer_did_not_bind_is_refused() throws Exception {
        Message.Response plain = Exchange.unsignedAnswer(POST);
        InnerList covered = MessageSignature.all(
                        Exchange.gateway().signBound(plain).headers())
                .get(0)
                .covered();
        InnerList half =
                new InnerList(covered.items().subList(0, covered.items().size() - 1), covered.parameters());
        MessageSignature signature = Signing.sign(Exchange.GATEWAY, half, plain);
        Message.Response halfBound =
                plain.with("signature-input", signature.inputField()).with("signature", signature.signatureField());

        assertThat(new ResponseVerifier(Exchange.PINNED).verify(halfBound, MeasuredBody.of(ANSWER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    private static Message.Request withSignature(MessageSignature good, byte[] signature) {
        return POST.with(
                "signature", new MessageSignature(good.label(), good.covered(), Bytes.of(signature)).signatureField());
    }

    private static String input(Message.Request request) {
        return request.headers().value("signature-input").orElseThrow();
    }

    private static String signature(Message.Request request) {
        return request.headers().value("signature").orElseThrow();
    }

    private static RequestVerdict verify(Message.Request request, byte[] content) {
        return Exchange.verifier(NOW).verify(request, MeasuredBody.of(content));
    }

    private static void assertRefused(Message.Request request, byte[] content) {
        assertThat(verify(request, content)).isInstanceOf(RequestVerdict.Refused.class);
    }

    private static void assertFault(Message.Request request, SignatureFault fault) {
        assertThat(verify(request, CONTENT)).isEqualTo(new RequestVerdict.Refused(fault));
    }
}
