// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.nio.charset.StandardCharsets;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** A document that whoever calls signed himself, or a refusal. */
final class SignedPaper {

    private final Parties parties;

    SignedPaper(Parties parties) {
        this.parties = parties;
    }

    /** @throws ProblemException MALFORMED_REQUEST */
    static SignedDocument parse(byte[] body) {
        try {
            return SignedDocument.parse(new String(body, StandardCharsets.US_ASCII));
        } catch (MalformedException e) {
            throw malformed(e);
        }
    }

    /** @throws ProblemException DOCUMENT_REFUSED unless a document key of this very person, in force now, signed it */
    void requireBy(Caller caller, SignedDocument document) {
        boolean his = parties.documentKey(DocumentCheck.signer(document))
                .filter(key ->
                        key.party().equals(caller.party()) && key.person().equals(caller.person()))
                .filter(key -> document.verifiedBy(key.publicKey()))
                .isPresent();
        if (!his) {
            throw new ProblemException(
                    Problem.DOCUMENT_REFUSED, "it is not signed with a document key enrolled for the caller");
        }
    }

    static ProblemException malformed(MalformedException e) {
        return new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
    }
}
