// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.TestRecipient;

class RecipientsTest {

    private final TestRecipient good = TestRecipient.ec("secp256r1");

    @Test
    void fewer_than_two_recipients_are_refused() {
        refused(CaptureRefusal.RECIPIENTS_TOO_FEW);
        refused(CaptureRefusal.RECIPIENTS_TOO_FEW, good);
    }

    @Test
    void one_recipient_named_twice_is_one() {
        refused(CaptureRefusal.RECIPIENTS_TOO_FEW, good, good);
    }

    @Test
    void an_expired_certificate_is_refused() {
        refused(CaptureRefusal.RECIPIENT_NOT_VALID_NOW, good, TestRecipient.expired());
    }

    @Test
    void a_signing_key_is_no_recipient() {
        refused(CaptureRefusal.RECIPIENT_KEY_USAGE, good, TestRecipient.signing());
    }

    @Test
    void a_weak_key_is_refused() {
        refused(CaptureRefusal.RECIPIENT_KEY_UNSUPPORTED, good, TestRecipient.weak());
    }

    @Test
    void the_key_hashes_come_in_the_order_given() throws CaptureException {
        TestRecipient other = TestRecipient.rsa();
        Recipients recipients = Recipients.of(List.of(other.certificate(), good.certificate()), TestRecipient.NOW);
        assertThat(recipients.spkiHashes())
                .containsExactly(
                        org.sparekey.protocol.json.Digest.sha256(
                                other.keys().getPublic().getEncoded()),
                        org.sparekey.protocol.json.Digest.sha256(
                                good.keys().getPublic().getEncoded()));
    }

    private static void refused(CaptureRefusal refusal, TestRecipient... recipients) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> Recipients.of(
                        Stream.of(recipients).map(TestRecipient::certificate).toList(), TestRecipient.NOW))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
