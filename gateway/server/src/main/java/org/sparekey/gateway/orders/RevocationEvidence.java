// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.document.DocumentCheck;

/**
 * What the issuers of certificates said about them at one time: kept with the order, so that the verdict can be reached again
 * when they have long fallen silent.
 *
 * @param lists DER revocation lists
 * @param answers DER OCSP responses
 */
record RevocationEvidence(List<byte[]> lists, List<byte[]> answers) {

    /** Before anybody was asked: enough to see whose a document is not. */
    static final RevocationEvidence NONE = new RevocationEvidence(List.of(), List.of());

    RevocationEvidence {
        lists = List.copyOf(lists);
        answers = List.copyOf(answers);
    }

    boolean isEmpty() {
        return lists.isEmpty() && answers.isEmpty();
    }

    List<byte[]> all() {
        return Stream.concat(lists.stream(), answers.stream()).toList();
    }

    /** With the authorities of certificates that are enrolled for the signer's authority. */
    DocumentCheck.Trust under(List<X509Certificate> authorities) {
        return new DocumentCheck.Trust(authorities, RevocationLists.parse(lists), answers);
    }
}
