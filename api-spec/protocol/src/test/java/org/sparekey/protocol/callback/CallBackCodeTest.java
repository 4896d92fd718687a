// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

class CallBackCodeTest {

    @Test
    void whoever_reads_its_digest_in_the_log_has_eighty_bits_to_try() throws Exception {
        CallBackCode code = CallBackCode.random(new SecureRandom());

        assertThat(code.reveal().replace("-", "")).hasSize(80 / 5).matches("[0-9A-HJKMNP-TV-Z]+");
        assertThat(code.reveal().split("-"))
                .hasSize(4)
                .allSatisfy(group -> assertThat(group).hasSize(4));
        Digest order = Digest.sha256(new byte[] {1});
        assertThat(CallBackCode.parse(code.reveal()).boundTo(order, CallBackSubject.ISSUER))
                .isEqualTo(code.boundTo(order, CallBackSubject.ISSUER))
                .isNotEqualTo(code.boundTo(order, CallBackSubject.VALIDATOR));
        assertThat(code.toString()).doesNotContain(code.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7Q4F-2KX9", "7Q4F-2KX9-ABCD-EFG", "7Q4F2KX9ABCDEFGH", "7Q4F-2KX9-ABCD-EFGI", ""})
    void a_shorter_or_misspelt_one_is_none_and_is_not_repeated(String text) {
        assertThatThrownBy(() -> CallBackCode.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageNotContaining("EFGI");
    }
}
