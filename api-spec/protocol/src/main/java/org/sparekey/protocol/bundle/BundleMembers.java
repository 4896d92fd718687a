// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Locale;

/**
 * The names inside a bundle. {@code log/NNNN/} holds one entry of the case each, in the order of the case; {@code
 * keys/NNNN/} the entries that enrolled the keys. Of an entry: {@code entry} (the stored bytes, which are the leaf), {@code
 * proof} (C2SP tlog-proof), and where the commitment is opened {@code opening} (32 bytes) and {@code payload}. {@code
 * time/NNNN/} holds one time-stamp each: {@code checkpoint} (the signed note as it was published, whose bytes were
 * stamped), {@code checkpoint.tsr} (RFC 3161) and {@code proof} (tlog-proof under exactly that note, of the last entry of
 * the case that its tree holds).
 */
public final class BundleMembers {

    public static final String INDEX = "bundle.json";
    public static final String README = "README.md";
    public static final String LEESMIJ = "LEESMIJ.md";

    /** The gateway's own word on its keys: enough to see that the bundle agrees with itself, never enough to trust it. */
    public static final String CLAIMED_TRUST = "claimed-trust.json";

    /** A compact JWS, or the text of a signed PDF, which then stands beside it as it was signed. */
    public static final String ORDER = "order/order.jws";

    public static final String VALIDATOR = "order/validator.jws";
    public static final String ORDER_PDF = "order/order.pdf";
    public static final String VALIDATOR_PDF = "order/validator.pdf";
    public static final String ANSWER = "order/answer.jws";
    public static final String MATRIX = "order/matrix.json";

    /** What the issuers of certificates said when the order came: {@code N.crl} lists, {@code N.ocsp} answers. */
    public static final String REVOCATION = "order/revocation/";

    public static final String CRL = ".crl";
    public static final String OCSP = ".ocsp";
    public static final String DOCUMENTS = "order/documents/";
    public static final String APPROVALS = "approvals/";
    public static final String TICKET = "execution/ticket.jws";
    public static final String MANIFEST = "evidence/manifest.jws";

    /** RFC 3161 reply over the bytes of {@link #MANIFEST}; optional. */
    public static final String MANIFEST_STAMP = "evidence/manifest.tsr";

    public static final String ACKNOWLEDGEMENT = "evidence/acknowledgement.jws";
    /** The whole bundle of the freezing whose copy this order got; only where its log says that it got one. */
    public static final String PRESERVATION = "evidence/preservation.zip";

    public static final String CASE_ENTRIES = "log/";
    public static final String KEY_ENTRIES = "keys/";

    /** Time-stamps over checkpoints, in rising size of tree; none where no authority has answered. */
    public static final String STAMPS = "time/";

    public static final String ANCHORS = "anchor/";

    /** An entry of the registry log that anchors the case log, its tlog-proof, and the {@code CaseAnchor} that opens it. */
    public static final String ANCHOR_ENTRY = "anchor/entry";

    public static final String ANCHOR_PROOF = "anchor/proof";
    public static final String ANCHOR_OPENED = "anchor/opened.json";

    /** Tlog-proof, under exactly the anchored checkpoint, of the last entry of the case that its tree holds. */
    public static final String ANCHOR_CASE_PROOF = "anchor/case-proof";

    public static final String ENTRY = "/entry";
    public static final String PROOF = "/proof";
    public static final String OPENING = "/opening";
    public static final String PAYLOAD = "/payload";

    public static final String CHECKPOINT = "/checkpoint";
    public static final String STAMP = "/checkpoint.tsr";

    private BundleMembers() {}

    /** The n-th folder, from 0, in {@link #CASE_ENTRIES}, {@link #KEY_ENTRIES} or {@link #STAMPS}. */
    public static String folder(String kind, int number) {
        return String.format(Locale.ROOT, "%s%04d", kind, number);
    }

    /** The n-th approval, from 1. */
    public static String approval(int number) {
        return APPROVALS + number + ".json";
    }
}
