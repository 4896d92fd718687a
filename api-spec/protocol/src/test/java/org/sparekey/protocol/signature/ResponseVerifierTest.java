// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.signature.Exchange.ANSWER;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseVerifierTest {

    private final ResponseVerifier verifier = new ResponseVerifier(Exchange.PINNED);
    private final Message.Request request = Exchange.post();

    @Test
    void an_answer_is_bound_to_its_request() {
        assertThat(verifier.verify(Exchange.answer(request), MeasuredBody.of(ANSWER)))
                .isEqualTo(new ResponseVerdict.Bound(Exchange.GATEWAY.keyId(), false));
    }

    @Test
    void the_answer_to_another_request_is_refused() {
        Message.Request twin = Exchange.post();
        Message.Response toTwin = Exchange.answer(twin);
        Message.Response swapped =
                new Message.Response(toTwin.status(), toTwin.headers(), toTwin.trailers(), Optional.of(request));

        assertFault(swapped, SignatureFault.INVALID);
    }

    @Test
    void an_unbound_error_is_accepted_as_an_error_only() {
        Message.Response unbound =
                new Message.Response(401, Exchange.unsignedAnswer(request).headers(), request).withContent(ANSWER);

        assertThat(verifier.verify(Exchange.gateway().signUnbound(unbound), MeasuredBody.of(ANSWER)))
                .isEqualTo(new ResponseVerdict.Unbound(Exchange.GATEWAY.keyId()));
    }

    @Test
    void an_unbound_success_is_refused() {
        Message.Response unbound = Exchange.gateway().signUnbound(Exchange.unsignedAnswer(request));

        assertFault(unbound, SignatureFault.UNBOUND);
    }

    @Test
    void an_answer_signed_by_an_unpinned_key_is_refused() {
        Message.Response forged = new ResponseSigner(Exchange.CLIENT, java.time.InstantSource.fixed(Exchange.NOW))
                .signBound(Exchange.unsignedAnswer(request));

        assertFault(forged, SignatureFault.KEY_UNKNOWN);
    }

    @Test
    void an_unsigned_answer_is_refused() {
        assertFault(Exchange.unsignedAnswer(request), SignatureFault.MISSING);
    }

    @Test
    void altered_content_is_refused() {
        assertThat(verifier.verify(Exchange.answer(request), MeasuredBody.of("{}".getBytes())))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.DIGEST_MISMATCH));
    }

    @Test
    void a_digest_added_later_is_refused() {
        Message.Response empty = new Message.Response(204, headers("API-Version", "1"), request);
        Message.Response signed = Exchange.gateway().signBound(empty);

        assertThat(verifier.verify(signed, MeasuredBody.EMPTY)).isInstanceOf(ResponseVerdict.Bound.class);
        assertFault(signed.withContent(ANSWER), SignatureFault.COMPONENT_MISSING);
        assertFault(signed, SignatureFault.DIGEST_MISSING);
    }

    @Test
    void another_status_is_refused() {
        Message.Response answer = Exchange.answer(request);
        Message.Response altered = new Message.Response(201, answer.headers(), answer.trailers(), answer.request());

        assertFault(altered, SignatureFault.INVALID);
    }

    @Test
    void an_answer_without_an_api_version_cannot_be_signed() {
        Message.Response bare = new Message.Response(200, Fields.NONE, request);

        assertThatThrownBy(() -> Exchange.gateway().signBound(bare)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_volume_is_judged_by_its_head_before_its_content() {
        Message.Request get = Exchange.get();
        Message.Response volume = Exchange.gateway().signBound(Exchange.unsignedVolume(get));

        assertThat(verifier.verifyVolume(volume)).isEqualTo(new ResponseVerdict.Bound(Exchange.GATEWAY.keyId(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"repr-digest", "content-range", "content-length", "etag"})
    void a_volume_that_lost_a_header_is_refused(String name) {
        Message.Response volume = Exchange.gateway().signBound(Exchange.unsignedVolume(Exchange.get()));
        Message.Response shed = new Message.Response(
                volume.status(), volume.headers().without(name), volume.trailers(), volume.request());

        assertThat(verifier.verifyVolume(shed)).isInstanceOf(ResponseVerdict.Refused.class);
    }

    @Test
    void an_ordinary_answer_does_not_pass_for_a_volume() {
        assertThat(verifier.verifyVolume(Exchange.answer(request)))
                .isEqualTo(new ResponseVerdict.Refused(SignatureFault.COMPONENT_MISSING));
    }

    private static Fields headers(String... namesAndValues) {
        return Fields.of(namesAndValues);
    }

    private void assertFault(Message.Response response, SignatureFault fault) {
        assertThat(verifier.verify(response, MeasuredBody.of(ANSWER))).isEqualTo(new ResponseVerdict.Refused(fault));
    }
}
