// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/**
 * What an authority may send as its signed document: a compact JWS, or a PDF with a PAdES signature that holds the same
 * payload as its one embedded file. A PDF is stored and sent on as text, {@code pdf.} and its base64url, which is no JWS.
 * Reading a PDF needs {@code bcpkix}; nobody else's documents are read here, so that a reseller's SDK does without.
 */
public final class AuthorityDocument {

    /** A ticket holds the order's text in a JWS of at most 1 MiB. */
    public static final int MAX_PDF_BYTES = 384 << 10;

    private static final String PDF = "pdf.";

    private AuthorityDocument() {}

    /** The text of {@link SignedDocument#compact}. */
    public static SignedDocument parse(String text) throws MalformedException {
        return text.startsWith(PDF) ? ofPdf(bytes(text.substring(PDF.length()))) : SignedDocument.parse(text);
    }

    public static boolean isPdf(byte[] content) {
        return SignedPdf.begins(content);
    }

    /**
     * Reads a signed PDF.
     *
     * @throws MalformedException when anything stands outside its one signature, or it does not hold exactly one embedded
     *     file that can be read without interpreting pages
     */
    public static SignedDocument ofPdf(byte[] pdf) throws MalformedException {
        if (pdf.length > MAX_PDF_BYTES) {
            throw new MalformedException("", "a signed PDF has at most 384 KiB");
        }
        SignedPdf read = SignedPdf.parse(pdf);
        return SignedDocument.pdf(PDF + Bytes.of(pdf).base64url(), pdf, read, type(read.payload()));
    }

    /** A JWS says its type in the header; a PDF's is the one that its payload says, which the record checks again. */
    private static String type(byte[] payload) throws MalformedException {
        JsonNode type = Wire.tree(payload).get("type");
        if (type == null || !type.isString()) {
            throw new MalformedException("/type", "the embedded document does not say what it is");
        }
        return type.stringValue();
    }

    private static byte[] bytes(String base64url) throws MalformedException {
        try {
            return Bytes.parse(base64url).array();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not base64url without padding", e);
        }
    }
}
