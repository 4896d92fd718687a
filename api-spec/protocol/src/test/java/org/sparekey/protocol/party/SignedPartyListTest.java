// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

class SignedPartyListTest {

    private final Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final SigningKey officer1 = TestKeys.p256();
    private final SigningKey officer2 = TestKeys.ed25519();
    private final SigningKey supervisor = TestKeys.p384();
    private final SigningKey stranger = TestKeys.p256();
    private final SigningKey reseller = TestKeys.p256();

    @Test
    void a_list_signed_by_the_two_officers_and_the_supervisor_is_read_back_to_the_byte() throws Exception {
        SignedPartyList signed = SignedPartyList.sign(list(), now, List.of(supervisor, officer1, officer2));
        SignedPartyList read = SignedPartyList.parse(signed.bytes());
        assertThat(read.signedByAllThree()).isTrue();
        assertThat(read.list()).isEqualTo(list());
        assertThat(read.bytes()).isEqualTo(signed.bytes());
        assertThat(read.digest()).isEqualTo(signed.digest());
    }

    @Test
    void two_signatures_are_not_three() {
        assertThat(signedBy(officer1, officer2)).isFalse();
        assertThat(signedBy(officer1, supervisor)).isFalse();
    }

    @Test
    void one_officer_does_not_sign_for_both() {
        assertThat(signedBy(officer1, officer1, supervisor)).isFalse();
    }

    @Test
    void a_stranger_does_not_sign_in_an_officers_place() {
        assertThat(signedBy(officer1, stranger, supervisor)).isFalse();
    }

    @Test
    void a_fourth_signature_is_refused() {
        String three = new String(
                SignedPartyList.sign(list(), now, List.of(officer1, officer2, supervisor))
                        .bytes(),
                StandardCharsets.UTF_8);
        String first = three.substring(three.indexOf('[') + 1, three.indexOf('}') + 1);
        String four = three.replace("[", "[" + first + ",");
        assertThatThrownBy(() -> SignedPartyList.parse(four.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_reseller_slipped_in_after_the_signing_is_noticed() throws Exception {
        SignedPartyList honest = SignedPartyList.sign(list(), now, List.of(officer1, officer2, supervisor));
        String payload =
                Bytes.of(org.sparekey.protocol.json.Wire.write(honest.list())).base64url();
        PartyList more = new PartyList(
                1,
                PartyList.TYPE,
                now,
                honest.list().hoster(),
                honest.list().officers(),
                honest.list().supervisor(),
                List.of(),
                List.of(),
                Bytes.of(new byte[32]));
        String forged = new String(honest.bytes(), StandardCharsets.UTF_8)
                .replace(
                        payload,
                        Bytes.of(org.sparekey.protocol.json.Wire.write(more)).base64url());
        assertThat(SignedPartyList.parse(forged.getBytes(StandardCharsets.UTF_8))
                        .signedByAllThree())
                .isFalse();
    }

    @Test
    void a_key_enrolled_for_two_holders_is_refused() {
        assertThatThrownBy(() -> list(officer1)).hasMessageContaining("a key is enrolled once");
    }

    @Test
    void a_key_is_enrolled_for_a_year_at_most() {
        assertThatThrownBy(() -> new KeyEnrolment(
                        KeyUse.TLS, key(officer1, KeyUse.TLS).certificate(), now, now.plusSeconds(367L * 86_400)))
                .hasMessageContaining("at most a year");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"payload\":\"e30\",\"signatures\":[]}",
                "{\"payload\":\"e30\",\"signatures\":[{\"protected\":\"e30\",\"signature\":\"AA\"}]}",
                "{\"payload\":\"e30\",\"signatures\":[{\"header\":{},\"protected\":\"e30\",\"signature\":\"AA\"}]}",
                "{\"payload\":7,\"signatures\":[]}"
            })
    void what_is_no_signed_list_is_malformed(String json) {
        assertThatThrownBy(() -> SignedPartyList.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    private boolean signedBy(SigningKey... signers) {
        return SignedPartyList.sign(list(), now, List.of(signers)).signedByAllThree();
    }

    private PartyList list() {
        return list(reseller);
    }

    private PartyList list(SigningKey resellerKey) {
        ResellerEntry entry = new ResellerEntry(
                "reseller-a",
                "Voorbeeld VPS Ltd",
                "SC",
                "000-TEST",
                "Victoria",
                Optional.of("Voorbeeld EU Rep B.V."),
                List.of("+31 00 000 0000"),
                List.of(key(resellerKey, KeyUse.MESSAGE)));
        return new PartyList(
                1,
                PartyList.TYPE,
                now,
                new Hoster("Voorbeeld Hosting B.V.", "https://demo.sparekey.invalid:8443", "demo.sparekey.invalid"),
                List.of(
                        new Officer("officer-1", List.of(key(officer1, KeyUse.DOCUMENT))),
                        new Officer("officer-2", List.of(key(officer2, KeyUse.DOCUMENT)))),
                new Officer("supervisor", List.of(key(supervisor, KeyUse.DOCUMENT))),
                List.of(),
                List.of(entry),
                Bytes.of(new byte[32]));
    }

    private static KeyEnrolment key(SigningKey key, KeyUse use) {
        Instant from = key.certificate().getNotBefore().toInstant();
        Instant until = key.certificate().getNotAfter().toInstant();
        Instant latest = from.plus(KeyEnrolment.MAX_VALIDITY);
        return new KeyEnrolment(
                use,
                KeyEnrolment.of(use, key.certificate()).certificate(),
                from,
                until.isBefore(latest) ? until : latest);
    }
}
