// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;

/**
 * A second reader of a signed PDF, which follows its references as an issuer's program would: it must find one signature, one
 * attachment with the very bytes that will be executed, and nothing that acts by itself or shows another content.
 */
final class PdfReading {

    private static final int MAX_DEPTH = 8;
    private static final Set<COSName> ACTING = Set.of(COSName.OPEN_ACTION, COSName.AA);
    private static final COSName XFA = COSName.getPDFName("XFA");

    private PdfReading() {}

    static boolean holds(byte[] pdf, byte[] payload) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            List<byte[]> files = files(document);
            return document.getSignatureDictionaries().size() == 1
                    && still(document)
                    && files.size() == 1
                    && Arrays.equals(files.get(0), payload);
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    private static boolean still(PDDocument document) {
        COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
        COSDictionary names = catalog.getCOSDictionary(COSName.NAMES);
        COSDictionary form = catalog.getCOSDictionary(COSName.ACRO_FORM);
        return ACTING.stream().noneMatch(catalog::containsKey)
                && (names == null || !names.containsKey(COSName.JAVA_SCRIPT))
                && (form == null || !form.containsKey(XFA));
    }

    private static List<byte[]> files(PDDocument document) throws IOException {
        Optional<PDDocumentNameDictionary> names =
                Optional.ofNullable(document.getDocumentCatalog().getNames());
        List<byte[]> files = new ArrayList<>();
        if (names.isPresent() && names.get().getEmbeddedFiles() != null) {
            collect(names.get().getEmbeddedFiles(), files, 0);
        }
        return files;
    }

    private static void collect(PDNameTreeNode<PDComplexFileSpecification> node, List<byte[]> files, int depth)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("a tree of names deeper than anybody needs");
        }
        if (node.getNames() != null) {
            for (PDComplexFileSpecification file : node.getNames().values()) {
                files.add(file.getEmbeddedFile().toByteArray());
            }
        }
        if (node.getKids() != null) {
            for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
                collect(kid, files, depth + 1);
            }
        }
    }
}
