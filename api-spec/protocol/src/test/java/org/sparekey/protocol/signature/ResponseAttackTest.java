// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** Answers that the gateway's own key signed, otherwise than the profile has it: the client takes none of them. */
class ResponseAttackTest {

    private static final Parameters PROPER = Parameters.NONE
            .with("created", new BareItem.Whole(Exchange.NOW.getEpochSecond()))
            .with("keyid", new BareItem.Text(Exchange.GATEWAY.keyId().base64url()))
            .with("tag", new BareItem.Text(SignatureProfile.RESPONSE_TAG));

    private final ResponseVerifier verifier = new ResponseVerifier(Exchange.PINNED);
    private final Message.Request request = Exchange.post();
    private final Message.Response answer = Exchange.unsignedAnswer(request);
    private final Message.Response volume = Exchange.unsignedVolume(Exchange.get());

    @Test
    void the_same_put_together_by_hand_is_taken() {
        assertThat(judged(signed(answer, PROPER))).isInstanceOf(ResponseVerdict.Bound.class);
        assertThat(verifier.verifyVolume(signed(volume, PROPER)))
                .isEqualTo(new ResponseVerdict.Bound(Exchange.GATEWAY.keyId(), true));
    }

    @Test
    void an_answer_that_shed_its_api_version_before_it_was_signed_is_refused() {
        assertThat(judged(signed(without(answer, "api-version"), PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etag", "content-length", "content-range"})
    void a_volume_that_shed_a_header_before_it_was_signed_is_refused(String header) {
        assertThat(verifier.verifyVolume(signed(without(volume, header), PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    @Test
    void a_whole_volume_needs_no_range() {
        Message.Response whole = without(volume, "content-range");
        Message.Response ok = new Message.Response(200, whole.headers(), whole.trailers(), whole.request());

        assertThat(verifier.verifyVolume(signed(ok, PROPER))).isInstanceOf(ResponseVerdict.Bound.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "api-version", "content-digest"})
    void a_header_in_two_lines_is_refused_although_both_are_signed(String header) {
        String value = answer.headers().value(header).orElseThrow();

        assertThat(judged(signed(twice(answer, header, value), PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.FIELD_REPEATED));
    }

    @Test
    void a_volumes_header_in_two_lines_is_refused_although_both_are_signed() {
        assertThat(verifier.verifyVolume(signed(twice(volume, "etag", "\"other\""), PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.FIELD_REPEATED));
    }

    @Test
    void a_parameter_that_the_profile_does_not_know_is_refused() {
        assertThat(judged(signed(answer, PROPER.with("expires", new BareItem.Whole(1)))))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.PARAMETER_NOT_ALLOWED));
    }

    @Test
    void a_signature_that_does_not_say_when_or_by_which_key_is_refused() {
        Parameters undated = Parameters.NONE
                .with("keyid", new BareItem.Text(Exchange.GATEWAY.keyId().base64url()))
                .with("tag", new BareItem.Text(SignatureProfile.RESPONSE_TAG));
        Parameters unnamed = Parameters.NONE
                .with("created", new BareItem.Whole(1))
                .with("tag", new BareItem.Text(SignatureProfile.RESPONSE_TAG));

        assertThat(judged(signed(answer, undated)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.PARAMETER_MISSING));
        assertThat(judged(signed(answer, unnamed)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.PARAMETER_MISSING));
    }

    @Test
    void an_algorithm_that_is_not_the_keys_is_refused_and_the_keys_own_may_be_named() {
        assertThat(judged(signed(answer, PROPER.with("alg", new BareItem.Text("ed25519")))))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.ALGORITHM_MISMATCH));
        assertThat(judged(signed(answer, PROPER.with("alg", new BareItem.Text("ecdsa-p256-sha256")))))
                .isInstanceOf(ResponseVerdict.Bound.class);
    }

    @Test
    void an_answer_that_does_not_cover_the_digest_of_what_was_sent_is_refused() {
        List<Item> fewer = new ArrayList<>(ResponseCoverage.required(answer, true));
        fewer.remove(new Item(new BareItem.Text(ContentDigest.FIELD), SignatureProfile.OF_REQUEST));

        assertThat(judged(signed(answer, fewer, PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    @Test
    void a_volume_whose_etag_nobody_covered_is_refused() {
        List<Item> fewer = new ArrayList<>(ResponseCoverage.required(volume, true));
        fewer.remove(Item.text("etag"));

        assertThat(verifier.verifyVolume(signed(volume, fewer, PROPER)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    @Test
    void an_unbound_answer_passes_from_the_first_error_on_and_not_before() {
        assertThat(judged(unbound(400))).isInstanceOf(ResponseVerdict.Unbound.class);
        assertThat(judged(unbound(399))).isEqualTo(new ResponseVerdict.Refused(SignatureFault.UNBOUND));
    }

    @Test
    void two_signatures_under_our_tag_are_ambiguous_and_anothers_is_passed_over() {
        Message.Response once = signed(answer, PROPER);
        String input = once.headers().value(MessageSignature.INPUT_FIELD).orElseThrow();
        String value = once.headers().value(MessageSignature.FIELD).orElseThrow();
        Message.Response twice = once.with(
                        MessageSignature.INPUT_FIELD, input + ", " + input.replace("sparekey=", "b="))
                .with(MessageSignature.FIELD, value + ", " + value.replace("sparekey=", "b="));
        Message.Response beside = once.with(
                        MessageSignature.INPUT_FIELD,
                        input + ", " + input.replace("sparekey=", "b=").replace(SignatureProfile.RESPONSE_TAG, "other"))
                .with(MessageSignature.FIELD, value + ", " + value.replace("sparekey=", "b="));

        assertThat(judged(twice)).isEqualTo(new ResponseVerdict.Refused(SignatureFault.AMBIGUOUS));
        assertThat(judged(beside)).isInstanceOf(ResponseVerdict.Bound.class);
    }

    @Test
    void fields_print_their_names_and_never_their_values() {
        assertThat(request.headers().toString()).contains("authorization").doesNotContain("Bearer");
        assertThat(Fields.of("A", "1", "b", "2").asMap()).isEqualTo(Map.of("a", List.of("1"), "b", List.of("2")));
    }

    private Message.Response unbound(int status) {
        Message.Response of = new Message.Response(status, answer.headers(), answer.trailers(), answer.request());
        return signed(of, ResponseCoverage.required(of, false), PROPER);
    }

    private ResponseVerdict judged(Message.Response response) {
        return verifier.verify(response, MeasuredBody.of(Exchange.ANSWER));
    }

    private static Message.Response signed(Message.Response response, Parameters parameters) {
        return signed(response, ResponseCoverage.required(response, true), parameters);
    }

    private static Message.Response signed(Message.Response response, List<Item> covered, Parameters parameters) {
        MessageSignature signature = Signing.sign(Exchange.GATEWAY, new InnerList(covered, parameters), response);
        return response.with(MessageSignature.INPUT_FIELD, signature.inputField())
                .with(MessageSignature.FIELD, signature.signatureField());
    }

    private static Message.Response without(Message.Response response, String header) {
        return new Message.Response(
                response.status(), response.headers().without(header), response.trailers(), response.request());
    }

    private static Message.Response twice(Message.Response response, String header, String value) {
        Map<String, List<String>> lines = new LinkedHashMap<>(response.headers().asMap());
        lines.merge(header, List.of(value), (one, other) -> List.of(one.get(0), other.get(0)));
        return new Message.Response(response.status(), Fields.of(lines), response.trailers(), response.request());
    }
}
