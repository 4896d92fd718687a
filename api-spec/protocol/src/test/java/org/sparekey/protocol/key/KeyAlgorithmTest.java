// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyAlgorithmTest {

    private static final byte[] DATA = {1, 2, 3};

    static Stream<SigningKey> keys() {
        return Stream.of(TestKeys.p256(), TestKeys.p384(), TestKeys.ed25519(), TestKeys.rsa(3072));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void what_a_key_signs_its_public_half_verifies_and_nothing_else(SigningKey key) {
        byte[] jose = key.signJose(DATA);
        byte[] http = key.signHttp(DATA);

        assertThat(key.algorithm().verifiesJose(key.publicKey(), DATA, jose)).isTrue();
        assertThat(key.algorithm().verifiesHttp(key.publicKey(), DATA, http)).isTrue();
        jose[0] ^= 1;
        http[0] ^= 1;
        assertThat(key.algorithm().verifiesJose(key.publicKey(), DATA, jose)).isFalse();
        assertThat(key.algorithm().verifiesHttp(key.publicKey(), DATA, http)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_signature_of_another_length_is_false_and_not_an_exception(SigningKey key) {
        assertThat(key.algorithm().verifiesJose(key.publicKey(), DATA, new byte[0]))
                .isFalse();
        assertThat(key.algorithm().verifiesJose(key.publicKey(), DATA, new byte[1000]))
                .isFalse();
    }

    @Test
    void an_ecdsa_signature_is_raw_r_and_s() {
        assertThat(TestKeys.p256().signJose(DATA)).hasSize(64);
        assertThat(TestKeys.p384().signHttp(DATA)).hasSize(96);
    }

    @Test
    void a_short_rsa_key_is_refused() {
        assertThatThrownBy(() -> TestKeys.rsa(2048))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RSA keys have at least 3072 bits");
    }

    @Test
    void a_key_never_prints_itself() {
        SigningKey key = TestKeys.p256();
        assertThat(key.toString()).isEqualTo("SigningKey[P256 " + key.keyId() + "]");
    }
}
