// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pdf.PdfDesk;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/** What a signed PDF is read as, and what is done to one after and before it is signed. */
class SignedPdfTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] PAYLOAD =
            "{\"salt\":\"c2FsdA\",\"type\":\"order\",\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER =
            "{\"salt\":\"c2FsdB\",\"type\":\"order\",\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final long SEED = 20261123L;
    private static final int FLIPS = 60;

    private final TestCa ca = TestCa.root(
            "Politie Voorbeeld",
            URI.create("http://127.0.0.1:1/nowhere.crl"),
            InstantSource.fixed(NOW),
            new SecureRandom());
    private final SigningKey key = ca.issue(Purpose.DOCUMENT, "12345");
    private final DssCheck dss = new DssCheck();

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"P_256", "P_384", "RSA_3072"})
    void a_pdf_that_holds_the_order_is_a_valid_pades_signature(KeyKind kind) throws Exception {
        SigningKey signer = ca.issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW).kind(kind));

        SignedDocument document = AuthorityDocument.ofPdf(PdfDesk.signed(PAYLOAD, signer, NOW));

        assertThat(document.payload()).isEqualTo(PAYLOAD);
        assertThat(document.type()).isEqualTo("order");
        assertThat(document.claimedAt()).isEqualTo(NOW);
        assertThat(document.leaf()).isEqualTo(signer.certificate());
        assertThat(document.verifiedBy(signer.publicKey())).isTrue();
        assertThat(document.verifiedBy(key.publicKey())).isFalse();
        DssCheck.Report report = check(document);
        assertThat(report.finding()).isEqualTo("TOTAL_PASSED");
        assertThat(report.level()).isEqualTo("PAdES-BASELINE-B");
        assertThat(AuthorityDocument.parse(document.compact()).digest()).isEqualTo(document.digest());
    }

    @Test
    void a_pdf_that_was_written_without_object_streams_is_read_as_well() throws Exception {
        SignedDocument document = AuthorityDocument.ofPdf(PdfDesk.sign(PdfDesk.unsigned(PAYLOAD, false), key, NOW));

        assertThat(document.payload()).isEqualTo(PAYLOAD);
        assertThat(check(document).passed()).isTrue();
    }

    @Test
    void an_incremental_update_after_the_signature_is_refused() throws Exception {
        byte[] signed = PdfDesk.signed(PAYLOAD, key, NOW);
        byte[] updated = incremented(signed, OTHER);

        assertThat(updated).startsWith(signed);
        assertThatThrownBy(() -> AuthorityDocument.ofPdf(updated)).isInstanceOf(MalformedException.class);
    }

    @Test
    void bytes_appended_to_a_signed_pdf_are_refused() {
        byte[] signed = PdfDesk.signed(PAYLOAD, key, NOW);
        for (String more : List.of("\n", "%", "%%EOF\n", "%%EOF", " ")) {
            byte[] longer = Arrays.copyOf(signed, signed.length + more.length());
            System.arraycopy(more.getBytes(StandardCharsets.US_ASCII), 0, longer, signed.length, more.length());

            assertThatThrownBy(() -> AuthorityDocument.ofPdf(longer)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_second_signature_is_refused() {
        byte[] twice = PdfDesk.sign(PdfDesk.signed(PAYLOAD, key, NOW), key, NOW);

        assertThatThrownBy(() -> AuthorityDocument.ofPdf(twice))
                .isInstanceOfSatisfying(
                        MalformedException.class,
                        fault -> assertThat(fault.reason()).contains("/ByteRange"));
    }

    /** A shadow attack: the other content lies in the file before it is signed and is brought forward afterwards. */
    @Test
    void a_shadow_order_hidden_before_signing_is_refused() throws Exception {
        byte[] prepared = incremented(PdfDesk.unsigned(OTHER, true), PAYLOAD);
        byte[] signed = PdfDesk.sign(prepared, key, NOW);

        assertThatThrownBy(() -> AuthorityDocument.ofPdf(signed))
                .isInstanceOfSatisfying(
                        MalformedException.class,
                        fault -> assertThat(fault.reason()).contains("/EmbeddedFile"));
    }

    @Test
    void a_pdf_that_acts_by_itself_does_not_pass() throws Exception {
        byte[] acting;
        try (PDDocument document = Loader.loadPDF(PdfDesk.unsigned(PAYLOAD, true))) {
            document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')"));
            acting = saved(document);
        }

        assertThat(check(AuthorityDocument.ofPdf(PdfDesk.sign(acting, key, NOW)))
                        .finding())
                .isEqualTo("PDF_READ_OTHERWISE");
    }

    /** The attachment lies in the file, but nothing refers to it: an issuer's program would not have shown it. */
    @Test
    void an_attachment_that_nobody_sees_does_not_pass() throws Exception {
        byte[] hidden;
        try (PDDocument document = Loader.loadPDF(PdfDesk.unsigned(PAYLOAD, true))) {
            document.getDocumentCatalog().getNames().setEmbeddedFiles(null);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.getDocumentCatalog().getNames().getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            document.saveIncremental(out);
            hidden = out.toByteArray();
        }

        assertThat(check(AuthorityDocument.ofPdf(PdfDesk.sign(hidden, key, NOW)))
                        .finding())
                .isEqualTo("PDF_READ_OTHERWISE");
    }

    @Test
    void no_flipped_byte_of_a_signed_pdf_passes() {
        byte[] signed = PdfDesk.signed(PAYLOAD, key, NOW);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = signed.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));

            // The case of a hexadecimal digit is the one thing about a signature that says nothing.
            assertThat(authentic(flipped) && !text(flipped).equalsIgnoreCase(text(signed)))
                    .as("flip %d of seed %d", i, SEED)
                    .isFalse();
        }
    }

    @Test
    void without_a_signature_or_without_an_order_it_is_no_document() {
        assertThatThrownBy(() -> AuthorityDocument.ofPdf(PdfDesk.unsigned(PAYLOAD, true)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AuthorityDocument.ofPdf(
                        PdfDesk.signed("no JSON".getBytes(StandardCharsets.US_ASCII), key, NOW)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AuthorityDocument.ofPdf("%PDF-1.7\n%%EOF".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedException.class);
    }

    private boolean authentic(byte[] pdf) {
        try {
            return AuthorityDocument.ofPdf(pdf).verifiedBy(key.publicKey());
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String text(byte[] pdf) {
        return new String(pdf, StandardCharsets.ISO_8859_1);
    }

    private DssCheck.Report check(SignedDocument document) {
        return dss.check(
                document, List.of(ca.certificate()), new RevocationEvidence(List.of(ca.crl()), List.of()), NOW);
    }

    private static byte[] incremented(byte[] pdf, byte[] payload) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PdfDesk.attach(document, "order.json", payload);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getNames().getCOSObject().setNeedToBeUpdated(true);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }
}
