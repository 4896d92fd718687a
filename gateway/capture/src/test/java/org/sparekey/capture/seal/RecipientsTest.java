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
import org.sparekey.protocol.key.KeyId;

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
    void key_ids_are_sorted_whatever_the_order_given() throws CaptureException {
        TestRecipient other = TestRecipient.rsa();
        assertThat(Recipients.of(List.of(other.certificate(), good.certificate()), TestRecipient.NOW)
                        .keyIds())
                .isEqualTo(Recipients.of(List.of(good.certificate(), other.certificate()), TestRecipient.NOW)
                        .keyIds())
                .contains(KeyId.of(good.keys().getPublic()));
    }

    private static void refused(CaptureRefusal refusal, TestRecipient... recipients) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> Recipients.of(
                        Stream.of(recipients).map(TestRecipient::certificate).toList(), TestRecipient.NOW))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
