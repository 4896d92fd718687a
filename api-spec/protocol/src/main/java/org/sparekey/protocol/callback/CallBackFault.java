// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import org.sparekey.protocol.problem.CodedReason;

/** Why a call-back does not count. */
public enum CallBackFault implements CodedReason {
    KEY_NOT_ENROLLED(
            "The key that signed is not enrolled for an officer.",
            "De sleutel waarmee is ondertekend staat niet op naam van een functionaris ingeschreven."),
    NOT_AN_OFFICER("Only an officer of the hoster calls back.", "Alleen een functionaris van de hoster belt terug."),
    OTHER_OFFICER(
            "The call-back names another officer than the one whose key signed it.",
            "De terugbelling noemt een andere functionaris dan die van de sleutel."),
    SIGNATURE_INVALID("The signature does not hold.", "De handtekening klopt niet."),
    KEY_NOT_IN_FORCE(
            "The officer's key is not, or no longer, in force.",
            "De sleutel van de functionaris is niet of niet meer van kracht."),
    OTHER_ORDER("The call-back is for another order.", "De terugbelling hoort bij een ander bevel."),
    OTHER_AUTHORITY(
            "Somebody else was called than the authority that the order names.",
            "Er is een ander gebeld dan de autoriteit die het bevel noemt."),
    OTHER_NUMBER(
            "The number that was called is not the register's.", "Het gebelde nummer is niet dat uit het register."),
    WRONG_CODE("The code is not the one that was given out.", "De code is niet de uitgegeven code."),
    NO_CODE(
            "No code is waiting: none was asked for, it has expired, was used, or was guessed at too often.",
            "Er wacht geen code: er is er geen gevraagd, zij is verlopen, gebruikt, of er is te vaak geraden."),
    OWN_ENTRY(
            "Whoever entered the order himself does not call back.",
            "Wie het bevel zelf heeft ingevoerd, belt niet terug."),
    REPEATED(
            "This officer has called back already: nobody counts twice.",
            "Deze functionaris heeft al teruggebeld: niemand telt twee keer."),
    DENIED_IN_VAIN(
            "In this state a denial would stop nothing: the officers act by hand.",
            "In deze stand houdt een ontkenning niets tegen: de functionarissen handelen met de hand."),
    NOT_DUE("This order is not called back.", "Over dit bevel wordt niet teruggebeld."),
    NOT_YET(
            "The call-back claims to be in the future.",
            "De terugbelling zegt in de toekomst te hebben plaatsgevonden.");

    private final String english;
    private final String dutch;

    CallBackFault(String english, String dutch) {
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
