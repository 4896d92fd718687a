// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.pades.validation.ByteRange;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.PDFServiceMode;
import eu.europa.esig.dss.pdf.PDFSignatureService;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxSignatureService;
import eu.europa.esig.dss.pdf.pdfbox.visible.nativedrawer.PdfBoxNativeSignatureDrawerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;

/**
 * A PDF reserves more room for its signature than it needs and fills it with zeros, which newer releases of Bouncy Castle
 * call extra data, and DSS 6.4 hands them on to it. DSS is therefore given the file with blanks instead of those zeros: they
 * stand in the gap that no signature covers, and a hexadecimal string may hold them, so that what is signed is the same to
 * the byte. That the gap holds nothing but the signature and its filling is judged on the file as it came.
 */
final class UnpaddedPdf {

    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*0\\s+(\\d{1,9})\\s+(\\d{1,9})\\s");

    private final byte[] blank;
    private final byte[] gap;

    private UnpaddedPdf(byte[] blank, byte[] gap) {
        this.blank = blank;
        this.gap = gap;
    }

    /** @param pdf of the form that protocol has found right */
    static PDFDocumentValidator validator(byte[] pdf) {
        UnpaddedPdf unpadded = of(pdf);
        PDFDocumentValidator validator = new PDFDocumentValidator(new InMemoryDocument(unpadded.blank));
        validator.setPdfObjFactory(unpadded.new Factory());
        return validator;
    }

    private static UnpaddedPdf of(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        Matcher range = RANGE.matcher(text);
        if (!range.find()) {
            throw new IllegalArgumentException("no signed PDF");
        }
        int begin = Integer.parseInt(range.group(1)) + 1;
        int end = Integer.parseInt(range.group(2)) - 1;
        byte[] gap = HexFormat.of().parseHex(text, begin, end);
        byte[] blank = pdf.clone();
        Arrays.fill(blank, begin + 2 * length(gap), end, (byte) ' ');
        return new UnpaddedPdf(blank, gap);
    }

    private static int length(byte[] padded) {
        try (ASN1InputStream in = new ASN1InputStream(padded)) {
            return in.readObject().getEncoded().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Factory extends PdfBoxNativeObjectFactory {
        @Override
        public PDFSignatureService newPAdESSignatureService() {
            return configure(new Service());
        }
    }

    private final class Service extends PdfBoxSignatureService {

        Service() {
            super(PDFServiceMode.SIGNATURE, new PdfBoxNativeSignatureDrawerFactory());
        }

        /** DSS compares the gap with what it read there, and would stumble over the blanks. */
        @Override
        protected boolean validateByteRange(ByteRange range, DSSDocument document, byte[] contents) {
            byte[] filled = Arrays.copyOf(contents, gap.length);
            boolean all = range.getFirstPartStart() == 0
                    && range.getSecondPartStart() + range.getSecondPartEnd() == blank.length
                    && range.getSecondPartStart() - range.getFirstPartEnd() == 2 * gap.length + 2;
            range.setValid(all && Arrays.equals(filled, gap));
            return range.isValid();
        }
    }
}
