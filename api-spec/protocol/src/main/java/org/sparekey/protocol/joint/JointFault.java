// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import org.sparekey.protocol.problem.CodedReason;

/** Why a joint statement does not count. */
public enum JointFault implements CodedReason {
    PROOF_NOT_ACCEPTED(
            "A proof is not of a type that is accepted here.",
            "Een bewijs is niet van een soort die hier wordt aanvaard."),
    TOO_FEW(
            "Two officers sign, each with his own key.",
            "Twee functionarissen ondertekenen, elk met de eigen sleutel."),
    KEY_NOT_ENROLLED(
            "A key that signed is not enrolled for an officer.",
            "Een sleutel waarmee is ondertekend staat niet op naam van een functionaris ingeschreven."),
    NOT_AN_OFFICER("Only officers of the hoster sign.", "Alleen functionarissen van de hoster ondertekenen."),
    SIGNATURE_INVALID("A signature does not hold.", "Een handtekening klopt niet."),
    KEY_NOT_IN_FORCE(
            "An officer's key is not, or no longer, in force.",
            "De sleutel van een functionaris is niet of niet meer van kracht."),
    SAME_PERSON(
            "One person signed twice: nobody counts twice.", "Eén persoon tekende twee keer: niemand telt twee keer."),
    OTHER_OFFICERS(
            "The statement names other officers than those who signed it.",
            "De verklaring noemt andere functionarissen dan die ondertekenden."),
    NO_SUPERVISOR(
            "The supervisor outside the hoster has to sign too, once.",
            "Ook de toezichthouder buiten de hoster moet ondertekenen, één keer."),
    NOT_YET(
            "The statement claims to be signed in the future.",
            "De verklaring zegt in de toekomst te zijn ondertekend.");

    private final String english;
    private final String dutch;

    JointFault(String english, String dutch) {
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
