// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

class SignedDocumentTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final SigningKey key = TestKeys.p256();

    record Note(String text) {}

    @Test
    void parsing_and_writing_is_byte_identical() throws MalformedException {
        SignedDocument signed = SignedDocument.sign("note", Wire.write(new Note("hello")), key, AT);
        SignedDocument parsed = SignedDocument.parse(signed.compact());

        assertThat(parsed.compact()).isEqualTo(signed.compact());
        assertThat(parsed.digest()).isEqualTo(signed.digest());
        assertThat(parsed.read("note", Note.class)).isEqualTo(new Note("hello"));
        assertThat(parsed.claimedAt()).isEqualTo(AT);
        assertThat(parsed.verifiedBy(key.publicKey())).isTrue();
    }

    @Test
    void no_single_altered_character_verifies() {
        String compact = sign().compact();
        for (int i = 0; i < compact.length(); i++) {
            char other = compact.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(accepted(compact.substring(0, i) + other + compact.substring(i + 1)))
                    .as("character %d", i)
                    .isFalse();
        }
    }

    @Test
    void another_key_does_not_verify_it() {
        assertThat(sign().verifiedBy(TestKeys.p256().publicKey())).isFalse();
        assertThat(sign().verifiedBy(TestKeys.p384().publicKey())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jku", "x5u", "b64", "crit", "kid"})
    void a_header_that_brings_its_own_key_or_rules_is_refused(String member) {
        assertMalformed(withHeader("{", "{\"" + member + "\":\"x\","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256", "ES384", "PS256"})
    void an_algorithm_that_is_not_the_keys_is_refused(String alg) {
        assertMalformed(withHeader("\"ES256\"", "\"" + alg + "\""));
    }

    @Test
    void a_certificate_that_is_not_the_one_referred_to_is_refused() {
        SigningKey other = TestKeys.p256();
        String theirs =
                header(SignedDocument.sign("note", new byte[0], other, AT).compact());
        String x5c = theirs.substring(theirs.indexOf("\"x5c\""), theirs.indexOf("]") + 1);
        String ours = header(sign().compact());
        String swapped = ours.replace(ours.substring(ours.indexOf("\"x5c\""), ours.indexOf("]") + 1), x5c);
        assertMalformed(withHeader(ours, swapped));
    }

    @Test
    void a_document_of_one_type_never_reads_as_another() throws MalformedException {
        SignedDocument signed = SignedDocument.sign("note", Wire.write(new Note("hello")), key, AT);
        assertThatThrownBy(() -> signed.read("order", Note.class)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_payload_that_is_not_canonical_is_refused() {
        byte[] spaced = "{ \"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
        SignedDocument signed = SignedDocument.sign("note", spaced, key, AT);
        assertThatThrownBy(() -> signed.read("note", Note.class))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("not canonical");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "e30.e30.e30", "!!.!!.!!", "e30=.e30.e30"})
    void garbage_is_malformed_and_nothing_worse(String garbage) {
        assertMalformed(garbage);
    }

    @Test
    void a_text_has_a_limit_to_the_character() {
        assertThatThrownBy(() -> SignedDocument.parse("x".repeat(SignedDocument.MAX_CHARS)))
                .hasMessageContaining("three parts");
        assertThatThrownBy(() -> SignedDocument.parse("x".repeat(SignedDocument.MAX_CHARS + 1)))
                .hasMessageContaining("at most 1 MiB");
    }

    @Test
    void a_header_holds_up_to_five_certificates_and_a_time_that_a_calendar_knows() throws MalformedException {
        DocumentHeader header =
                Wire.read(header(sign().compact()).getBytes(StandardCharsets.UTF_8), DocumentHeader.class);
        String one = header.x5c().get(0);

        takes(header, "/x5c", Collections.nCopies(DocumentHeader.MAX_CHAIN, one));
        refuses(header, "/x5c", Collections.nCopies(DocumentHeader.MAX_CHAIN + 1, one));
        refuses(header, "/x5c", List.of());
        takes(header, "/iat", 0);
        refuses(header, "/iat", -1);
        takes(header, "/iat", 253_402_300_799L);
        refuses(header, "/iat", 253_402_300_800L);
    }

    @Test
    void every_fault_has_words_of_its_own_in_both_languages() {
        assertThat(Stream.of(DocumentFault.values()).map(DocumentFault::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(DocumentFault.values()).map(DocumentFault::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    private SignedDocument sign() {
        return SignedDocument.sign("note", Wire.write(new Note("hello")), key, AT);
    }

    private boolean accepted(String compact) {
        try {
            return SignedDocument.parse(compact).verifiedBy(key.publicKey());
        } catch (MalformedException refused) {
            return false;
        }
    }

    private String withHeader(String from, String to) {
        String compact = sign().compact();
        String header = header(compact);
        String altered = header.equals(from) ? to : header.replaceFirst(java.util.regex.Pattern.quote(from), to);
        assertThat(altered).isNotEqualTo(header);
        return Bytes.of(altered.getBytes(StandardCharsets.UTF_8)).base64url() + compact.substring(compact.indexOf('.'));
    }

    private static String header(String compact) {
        return new String(
                Base64.getUrlDecoder().decode(compact.substring(0, compact.indexOf('.'))), StandardCharsets.UTF_8);
    }

    private static void assertMalformed(String compact) {
        assertThatThrownBy(() -> SignedDocument.parse(compact)).isInstanceOf(MalformedException.class);
    }
}
