// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pdf;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.SigningKey;

/** Makes PDFs with one attachment and signs them PAdES-BASELINE-B with EU DSS, as many desktop programs do. */
public final class PdfDesk {

    private static final int FONT_SIZE = 11;
    private static final int MARGIN = 72;

    private PdfDesk() {}

    /** @param payload what the order says, canonical JSON */
    public static byte[] signed(byte[] payload, SigningKey key, Instant at) {
        return sign(unsigned(payload, true), key, at);
    }

    /** @param compressed objects in streams (PDF 1.5), as most programs write them */
    public static byte[] unsigned(byte[] payload, boolean compressed) {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream text = new PDPageContentStream(document, page)) {
                text.beginText();
                text.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), FONT_SIZE);
                text.newLineAtOffset(MARGIN, page.getMediaBox().getHeight() - MARGIN);
                text.showText("Bevel (voorbeeld). What is ordered stands in the attached document.");
                text.endText();
            }
            attach(document, "order.json", payload);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out, compressed ? CompressParameters.DEFAULT_COMPRESSION : CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a PDF in memory", e);
        }
    }

    /** Puts the attachment in the place of any that was there. */
    public static void attach(PDDocument document, String name, byte[] payload) throws IOException {
        PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(payload), COSName.FLATE_DECODE);
        file.setSubtype("application/json");
        file.setSize(payload.length);
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setEmbeddedFile(file);
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(name, specification));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }

    public static byte[] sign(byte[] pdf, SigningKey key, Instant at) {
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
        parameters.setDigestAlgorithm(
                key.algorithm() == KeyAlgorithm.P384 ? DigestAlgorithm.SHA384 : DigestAlgorithm.SHA256);
        parameters.setSigningCertificate(new CertificateToken(key.certificate()));
        parameters.setCertificateChain(
                key.chain().stream().map(CertificateToken::new).toList());
        if (key.algorithm() == KeyAlgorithm.RSA) {
            parameters.setEncryptionAlgorithm(EncryptionAlgorithm.RSASSA_PSS);
        }
        parameters.bLevel().setSigningDate(Date.from(at));
        PAdESService service = new PAdESService(new CommonCertificateVerifier());
        DSSDocument document = new InMemoryDocument(pdf, "order.pdf");
        byte[] data = service.getDataToSign(document, parameters).getBytes();
        SignatureAlgorithm algorithm = parameters.getSignatureAlgorithm();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            service.signDocument(document, parameters, new SignatureValue(algorithm, signature(algorithm, key, data)))
                    .writeTo(out);
            return out.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a PDF in memory", e);
        }
    }

    private static byte[] signature(SignatureAlgorithm algorithm, SigningKey key, byte[] data)
            throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(algorithm.getJCEId(), new org.bouncycastle.jce.provider.BouncyCastleProvider());
        signature.initSign(key.privateKeyForTls());
        signature.update(data);
        return signature.sign();
    }
}
