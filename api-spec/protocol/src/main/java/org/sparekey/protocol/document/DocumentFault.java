// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import org.sparekey.protocol.problem.CodedReason;

/** Why a signed document is not taken for its signer's. */
public enum DocumentFault implements CodedReason {
    KEY_NOT_ENROLLED(
            "The key that signed is not enrolled here; a certificate inside a document is no reason to trust it.",
            "De sleutel waarmee is ondertekend staat hier niet ingeschreven; een meegestuurd certificaat telt niet."),
    WRONG_SIGNER(
            "The key that signed is enrolled for another person, role or authority than the document names.",
            "De sleutel waarmee is ondertekend hoort bij een andere persoon, rol of autoriteit dan het stuk noemt."),
    CHANNEL_KEY(
            "The key that signed also signs messages or connections; a document has a key of its own.",
            "De sleutel van het stuk is ook die van het bericht of de verbinding; een stuk heeft een eigen sleutel."),
    SIGNATURE_INVALID(
            "The signature does not hold: the document was altered or signed by another key.",
            "De handtekening klopt niet: het stuk is gewijzigd of met een andere sleutel ondertekend."),
    KEY_NOT_IN_FORCE(
            "The signer's key was not, or no longer, enrolled at that time.",
            "De sleutel van de ondertekenaar was op dat moment niet of niet meer ingeschreven."),
    CERTIFICATE_EXPIRED(
            "The signer's certificate was not valid at that time.",
            "Het certificaat van de ondertekenaar was op dat moment niet geldig."),
    CERTIFICATE_REVOKED("The signer's certificate is revoked.", "Het certificaat van de ondertekenaar is ingetrokken."),
    PATH_INVALID(
            "The signer's certificate does not lead to a root that his authority enrolled.",
            "Het certificaat van de ondertekenaar leidt niet naar een door zijn autoriteit ingeschreven stamcertificaat."),
    SECOND_OPINION(
            "The European Commission's validator (EU DSS) does not pass the signature.",
            "De validator van de Europese Commissie (EU DSS) keurt de handtekening niet goed.");

    private final String english;
    private final String dutch;

    DocumentFault(String english, String dutch) {
        this.english = english;
        this.dutch = dutch;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String dutch() {
        return dutch;
    }
}
