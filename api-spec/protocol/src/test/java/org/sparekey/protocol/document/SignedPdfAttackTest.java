// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** What is hidden in a signed PDF, put beside its signature, or said otherwise in its structure. */
class SignedPdfAttackTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final SigningKey KEY = TestKeys.p256();
    private static final SigningKey OTHER = TestKeys.p256();
    private static final SmallCms CMS = SmallCms.by(KEY, "SHA256withECDSA");

    record Order(String salt, String type, int v) {}

    @Test
    void a_whole_pdf_is_read_and_verifies_under_its_signers_key_alone() throws MalformedException {
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE, CMS);
        SignedDocument document = AuthorityDocument.ofPdf(pdf);

        assertThat(document.payload()).isEqualTo(SmallPdf.bytes(SmallPdf.PAYLOAD));
        assertThat(document.type()).isEqualTo("order");
        assertThat(document.read("order", Order.class)).isEqualTo(new Order("c2FsdA", "order", 1));
        assertThat(document.claimedAt()).isEqualTo(AT);
        assertThat(document.chain()).containsExactly(KEY.certificate());
        assertThat(document.pdf()).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(pdf));
        assertThat(document.verifiedBy(KEY.publicKey())).isTrue();
        assertThat(document.verifiedBy(OTHER.publicKey())).isFalse();
        assertThat(document.verifiedBy(TestKeys.ed25519().publicKey())).isFalse();
        assertThat(document.digest()).isEqualTo(org.sparekey.protocol.json.Digest.sha256(pdf));
        assertThat(AuthorityDocument.parse(document.compact()).digest()).isEqualTo(document.digest());
        assertThat(document.toString()).contains("order", document.digest().toString());
    }

    @Test
    void a_pdf_is_told_from_a_jws_by_how_it_begins() throws MalformedException {
        assertThat(AuthorityDocument.isPdf(SmallPdf.signed(SmallPdf.WHOLE, CMS)))
                .isTrue();
        assertThat(AuthorityDocument.isPdf(SmallPdf.bytes("%PDF-1"))).isTrue();
        assertThat(AuthorityDocument.isPdf(SmallPdf.bytes("%PDF-"))).isFalse();
        assertThat(AuthorityDocument.isPdf(SmallPdf.bytes("%PDX-1.7"))).isFalse();
        assertThat(AuthorityDocument.isPdf(new byte[0])).isFalse();
        SignedDocument jws = SignedDocument.sign("order", Wire.write(new Order("c2FsdA", "order", 1)), KEY, AT);
        assertThat(AuthorityDocument.parse(jws.compact()).pdf()).isEmpty();
        assertThatThrownBy(() -> AuthorityDocument.parse("pdf.!!")).isInstanceOf(MalformedException.class);
    }

    @Test
    void one_byte_altered_before_or_after_the_signature_does_not_verify() throws MalformedException {
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE.replace("/SubFilter", "/Reason (x) /SubFilter"), CMS);
        String text = SmallPdf.text(pdf);

        assertThat(verifies(text.replace("(x)", "(y)"))).isFalse();
        assertThat(verifies(text.replace("c2FsdA", "c2FsdB"))).isFalse();
        assertThat(verifies(text.replace(">>\nendobj\n%%EOF", "> \nendobj\n%%EOF")))
                .isFalse();
        assertThat(verifies(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "%", " ", "%%EOF", "%%EOF\n", "3 0 obj\nendobj\n%%EOF\n"})
    void what_is_appended_after_the_signature_is_refused(String more) {
        String signed = SmallPdf.text(SmallPdf.signed(SmallPdf.WHOLE, CMS));

        refused(SmallPdf.bytes(signed + more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%PDF-1.7\n", "%%EOF\n", "endobj\n%%EOF", "/Type /EmbeddedFile", "@RANGE"})
    void a_file_without_one_of_its_parts_is_refused(String part) {
        refused(SmallPdf.signed(
                SmallPdf.WHOLE.replace(part, part.contains("%%EOF") && part.length() > 6 ? "%%EOF" : "x"), CMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%EOF", "%%EOF\n", "%%EOF\r", "%%EOF\r\n"})
    void the_end_is_an_end_of_line_or_nothing(String end) throws MalformedException {
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF\n", end), CMS);

        assertThat(AuthorityDocument.ofPdf(pdf).verifiedBy(KEY.publicKey())).isTrue();
    }

    @Test
    void an_encrypted_file_is_refused() {
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("/SubFilter", "/Encrypt 9 0 R /SubFilter"), CMS));
    }

    @Test
    void a_second_range_and_a_second_embedded_file_are_refused_although_both_are_signed() {
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF", "/ByteRange [0 1 2 3]\n%%EOF"), CMS));
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("2 0 obj", SmallPdf.EMBEDDED + "2 0 obj"), CMS));
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF", "/EmbeddedFile\n%%EOF"), CMS));
    }

    @Test
    void another_word_that_begins_like_the_type_is_no_second_file() throws MalformedException {
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF", "/EmbeddedFiles\n%%EOF"), CMS);

        assertThat(AuthorityDocument.ofPdf(pdf).verifiedBy(KEY.publicKey())).isTrue();
    }

    /** Each leaves a gap, overlaps, or ends before the file does; and the signature is of what the range says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0 %d %d 10]", "[1 %d %d %d]", "[0 0 %2$d %3$d]", "[0 %d 5 %3$d]", "[0 %1$d %1$d %3$d]",
                "[0 %d %d 0%3$d0]", "[0 %d %d]", "[0 %d %d %d %3$d]", "[0 9 %2$d %3$d]", "[0 %1$d 99 %3$d]"
            })
    void a_range_that_leaves_something_out_is_refused(String range) {
        refused(SmallPdf.signed(SmallPdf.WHOLE, range, CMS));
    }

    @Test
    void a_range_that_leaves_out_more_than_the_signature_is_refused() {
        String hiding = SmallPdf.WHOLE.replace("@HEX", "(hidden)@HEX");
        byte[] pdf = SmallPdf.signed(hiding, signed -> CMS.cms(signed));
        String text = SmallPdf.text(pdf);
        int before = text.indexOf("(hidden)");
        int was = text.indexOf("<", before);
        refused(SmallPdf.bytes(text.replace("[0 " + was + " ", "[0 " + before + " ")));

        String behind = SmallPdf.text(SmallPdf.signed(SmallPdf.WHOLE.replace("@HEX", "@HEX(hidden)"), CMS));
        int after = behind.indexOf("(hidden)");
        int rest = behind.length() - after;
        refused(SmallPdf.bytes(
                behind.replace(" " + after + " " + rest + "]", " " + (after + 8) + " " + (rest - 8) + "]")));
    }

    @Test
    void a_signature_that_is_no_hexadecimal_is_refused() {
        String text = SmallPdf.text(SmallPdf.signed(SmallPdf.WHOLE, CMS));

        refused(SmallPdf.bytes(text.replaceFirst("0000>", "00zz>")));
    }

    @ParameterizedTest
    @CsvSource({
        "/M (D:20260301100000Z), 2026-03-01T10:00:00Z",
        "/M (D:20260301100000), 2026-03-01T10:00:00Z",
        "/M (D:20260301110000+01'00'), 2026-03-01T10:00:00Z",
        "/M (D:20260301093000-0030), 2026-03-01T10:00:00Z",
        "/M(D:20260301100000Z00'00'), 2026-03-01T10:00:00Z"
    })
    void the_claimed_time_is_read_in_every_form_that_programs_write(String made, String is) throws MalformedException {
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE.replace(SmallPdf.MADE, made), CMS);

        assertThat(AuthorityDocument.ofPdf(pdf).claimedAt()).isEqualTo(Instant.parse(is));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/M (D:20260301)",
                "/M (20260301100000Z)",
                "/M (D:20261301100000Z)",
                "/M (D:20260301100000+99'00')",
                "/M (D:20260301100000Z) /M (D:20260302100000Z)"
            })
    void a_time_that_is_missing_said_twice_or_none_is_refused(String made) {
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace(SmallPdf.MADE, made), CMS));
    }

    @Test
    void a_time_in_another_object_is_not_the_signatures() {
        refused(SmallPdf.signed(
                SmallPdf.WHOLE
                        .replace(SmallPdf.MADE, "")
                        .replace("%%EOF", "3 0 obj\n<< " + SmallPdf.MADE + " >>\nendobj\n%%EOF"),
                CMS));
        refused(SmallPdf.signed(
                SmallPdf.WHOLE
                        .replace(SmallPdf.MADE, "")
                        .replace("2 0 obj", "3 0 obj\n<< " + SmallPdf.MADE + " >>\nendobj\n2 0 obj"),
                CMS));
    }

    @Test
    void a_time_behind_the_signature_in_its_own_object_is_read() throws MalformedException {
        byte[] pdf = SmallPdf.signed(
                SmallPdf.WHOLE.replace(SmallPdf.MADE, "").replace("@HEX", "@HEX " + SmallPdf.MADE), CMS);

        assertThat(AuthorityDocument.ofPdf(pdf).claimedAt()).isEqualTo(AT);
    }

    @Test
    void a_deflated_file_is_read_and_its_content_has_a_limit() throws MalformedException {
        byte[] most = largest(0);

        assertThat(AuthorityDocument.ofPdf(deflated(SmallPdf.bytes(SmallPdf.PAYLOAD)))
                        .payload())
                .isEqualTo(SmallPdf.bytes(SmallPdf.PAYLOAD));
        assertThat(AuthorityDocument.ofPdf(deflated(most)).payload()).isEqualTo(most);
        refused(deflated(largest(1)));
        refused(deflated(largest(EmbeddedPayload.MAX_BYTES)));
    }

    @Test
    void a_file_that_stands_as_it_is_has_the_same_limit() throws MalformedException {
        assertThat(AuthorityDocument.ofPdf(plain(largest(0))).payload()).hasSize(EmbeddedPayload.MAX_BYTES);
        refused(plain(largest(1)));
    }

    @Test
    void a_deflated_file_that_is_cut_off_or_garbage_is_refused() {
        byte[] noise = largest(0);
        new java.util.Random(20261124).nextBytes(noise);
        String whole = SmallPdf.deflated(noise, new Deflater(Deflater.NO_COMPRESSION));

        refused(SmallPdf.signed(embedding("/Filter /FlateDecode", "no deflated content"), CMS));
        refused(SmallPdf.bytes("%PDF-1.7\n" + embedding("/Filter /FlateDecode", whole.substring(0, 200))));
        assertThatThrownBy(() -> EmbeddedPayload.read(SmallPdf.bytes(cut(whole)), cut(whole)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Filter /FlateDecode",
                "/Filter/FlateDecode",
                "/Filter [ /FlateDecode ]",
                "/Filter [/FlateDecode]"
            })
    void deflating_is_said_in_four_ways(String filter) throws MalformedException {
        byte[] pdf = SmallPdf.signed(embedding(filter, SmallPdf.deflated(SmallPdf.bytes(SmallPdf.PAYLOAD))), CMS);

        assertThat(AuthorityDocument.ofPdf(pdf).payload()).isEqualTo(SmallPdf.bytes(SmallPdf.PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Filter /ASCIIHexDecode /Length 39",
                "/Filter [ /FlateDecode /ASCIIHexDecode ] /Length 39",
                "/Filter /Crypt /Length 39",
                "",
                "/Length 7 0 R",
                "/Length 99999",
                "/Length 99999999",
                "/Length x",
                "/F (elsewhere) /Length 39",
                "/FFilter /FlateDecode /Length 39",
                "/DecodeParms << >> /Length 39"
            })
    void an_embedded_file_whose_content_is_not_what_stands_there_is_refused(String entries) {
        refused(SmallPdf.signed(embedding(entries, SmallPdf.PAYLOAD), CMS));
    }

    @Test
    void a_length_up_to_the_files_end_is_read_and_one_beyond_it_is_not() throws MalformedException {
        String text = SmallPdf.embedded("/Length @", SmallPdf.PAYLOAD);
        int rest = text.length() + 1 - text.indexOf(SmallPdf.PAYLOAD) - 1;
        String all = text.replace("@", "" + rest);
        String beyond = text.replace("@", "" + (rest + 1));

        assertThat(EmbeddedPayload.read(SmallPdf.bytes(all), all)).hasSize(rest);
        assertThatThrownBy(() -> EmbeddedPayload.read(SmallPdf.bytes(beyond), beyond))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_type_in_an_object_that_is_no_stream_does_not_borrow_the_next_ones() {
        String borrowed = SmallPdf.WHOLE.replace(
                "1 0 obj\n<< /Type /EmbeddedFile", "3 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n1 0 obj\n<<");

        refused(SmallPdf.signed(borrowed, CMS));
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("stream\n", "st\n"), CMS));
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("1 0 obj", "1 0 o"), CMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":1}", "{\"type\":1}", "no JSON", "[]"})
    void a_payload_that_does_not_say_what_it_is_is_refused(String payload) {
        refused(SmallPdf.signed(embedding("/Length " + payload.length(), payload), CMS));
    }

    @Test
    void a_pdf_has_a_limit_to_the_byte() throws MalformedException {
        int room = AuthorityDocument.MAX_PDF_BYTES - SmallPdf.signed(SmallPdf.WHOLE, CMS).length;
        byte[] most = SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF", "x".repeat(room) + "%%EOF"), CMS);

        assertThat(most).hasSize(AuthorityDocument.MAX_PDF_BYTES);
        assertThat(AuthorityDocument.ofPdf(most).verifiedBy(KEY.publicKey())).isTrue();
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("%%EOF", "x".repeat(room + 1) + "%%EOF"), CMS));
    }

    @Test
    void two_signers_in_one_signature_are_refused() {
        SmallPki pki = SmallPki.root("Politie Voorbeeld");
        SmallCms one = SmallCms.by(pki.issue("P-1"), "SHA256withECDSA");

        refused(SmallPdf.signed(SmallPdf.WHOLE, one.and(pki.issue("P-2"))), "not exactly one signer");
    }

    @Test
    void two_certificates_that_could_be_the_signers_are_refused() {
        refused(
                SmallPdf.signed(SmallPdf.WHOLE, CMS.holding(KEY.certificate(), OTHER.certificate())),
                "does not hold its signer's certificate");
    }

    @Test
    void a_signature_that_stands_in_anything_but_its_brackets_is_refused() {
        byte[] signed = SmallPdf.signed(SmallPdf.WHOLE, CMS);
        int before = SmallPdf.text(signed).indexOf("/Contents ") + "/Contents ".length();
        byte[] begins = signed.clone();
        begins[before] = '(';
        byte[] ends = signed.clone();
        ends[SmallPdf.text(signed).indexOf('>', before)] = ')';

        refused(begins, "not all that is left out");
        refused(ends, "not all that is left out");
    }

    @Test
    void a_signature_with_a_content_of_its_own_is_refused() {
        refused(SmallPdf.signed(SmallPdf.WHOLE.replace("/SubFilter", "/X"), CMS.withContent()));
    }

    @Test
    void a_signature_without_its_signers_certificate_is_refused() {
        refused(SmallPdf.signed(SmallPdf.WHOLE, CMS.holding()));
        SigningKey elsewhere = SmallPki.root("Elders").issue("Aanklager Voorbeeld");
        refused(SmallPdf.signed(SmallPdf.WHOLE, CMS.holding(elsewhere.certificate())));
    }

    @Test
    void a_signature_that_names_no_or_another_certificate_is_refused() {
        Map<ASN1ObjectIdentifier, String> sha1 = Map.of(OIWObjectIdentifiers.idSHA1, "SHA-1");

        refused(
                SmallPdf.signed(SmallPdf.WHOLE, CMS.naming(KEY.certificate(), Map.of())),
                "does not name its certificate");
        refused(
                SmallPdf.signed(SmallPdf.WHOLE, CMS.naming(OTHER.certificate(), SmallCms.SHA256)),
                "names another certificate");
        refused(SmallPdf.signed(SmallPdf.WHOLE, CMS.naming(KEY.certificate(), sha1)), "a digest that is not accepted");
    }

    @Test
    void a_certificate_named_by_a_longer_digest_is_named() throws MalformedException {
        Map<ASN1ObjectIdentifier, String> sha512 = Map.of(NISTObjectIdentifiers.id_sha512, "SHA-512");
        byte[] pdf = SmallPdf.signed(SmallPdf.WHOLE, CMS.naming(KEY.certificate(), sha512));

        assertThat(AuthorityDocument.ofPdf(pdf).verifiedBy(KEY.publicKey())).isTrue();
    }

    @Test
    void rsa_signs_by_pss_and_never_by_pkcs_1() throws MalformedException {
        SigningKey rsa = TestKeys.rsa(3072);
        byte[] pss = SmallPdf.signed(SmallPdf.WHOLE, SmallCms.by(rsa, "SHA256withRSAandMGF1"));
        byte[] old = SmallPdf.signed(SmallPdf.WHOLE, SmallCms.by(rsa, "SHA256withRSA"));
        byte[] sha1 = SmallPdf.signed(SmallPdf.WHOLE, SmallCms.by(KEY, "SHA1withECDSA"));

        assertThat(AuthorityDocument.ofPdf(pss).verifiedBy(rsa.publicKey())).isTrue();
        assertThat(AuthorityDocument.ofPdf(old).verifiedBy(rsa.publicKey())).isFalse();
        assertThat(AuthorityDocument.ofPdf(sha1).verifiedBy(KEY.publicKey())).isFalse();
    }

    @Test
    void what_follows_the_signature_in_its_own_place_is_refused() {
        refused(SmallPdf.signed(SmallPdf.WHOLE, signed -> longer(CMS.cms(signed), 1)));
        refused(SmallPdf.signed(SmallPdf.WHOLE, signed -> longer(CMS.cms(signed), 500)));
        refused(SmallPdf.signed(SmallPdf.WHOLE, signed -> new byte[0]));
        refused(SmallPdf.signed(SmallPdf.WHOLE, signed -> new byte[] {0x30, 0x03, 1, 2}));
    }

    private static byte[] longer(byte[] cms, int by) {
        byte[] longer = Arrays.copyOf(cms, cms.length + by);
        longer[longer.length - 1] = 1;
        return longer;
    }

    /** The largest payload there may be, and so many bytes more: one JSON text. */
    private static byte[] largest(int more) {
        String begin = "{\"salt\":\"\",\"type\":\"order\"}";
        String fill = "x".repeat(EmbeddedPayload.MAX_BYTES + more - begin.length());
        return begin.replace("\"salt\":\"", "\"salt\":\"" + fill).getBytes(StandardCharsets.US_ASCII);
    }

    private static String embedding(String entries, String content) {
        return SmallPdf.WHOLE.replace(SmallPdf.EMBEDDED, SmallPdf.embedded(entries, content));
    }

    private static String cut(String deflated) {
        String whole = SmallPdf.embedded("/Filter /FlateDecode", deflated);
        return whole.substring(0, whole.length() - 2000);
    }

    private static byte[] deflated(byte[] content) {
        return SmallPdf.signed(embedding("/Filter /FlateDecode", SmallPdf.deflated(content)), CMS);
    }

    private static byte[] plain(byte[] content) {
        return SmallPdf.signed(embedding("/Length " + content.length, SmallPdf.text(content)), CMS);
    }

    private static boolean verifies(String text) throws MalformedException {
        return AuthorityDocument.ofPdf(SmallPdf.bytes(text)).verifiedBy(KEY.publicKey());
    }

    private static void refused(byte[] pdf) {
        assertThatThrownBy(() -> AuthorityDocument.ofPdf(pdf)).isInstanceOf(MalformedException.class);
    }

    /** For this reason and no other: several checks would refuse it, and each has to be there. */
    private static void refused(byte[] pdf, String reason) {
        assertThatThrownBy(() -> AuthorityDocument.ofPdf(pdf))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }
}
