// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import org.sparekey.protocol.problem.CodedReason;

/** Why an approval does not count. */
public enum ApprovalFault implements CodedReason {
    PROOF_NOT_ACCEPTED(
            "The approval's proof is not of a type that is accepted here.",
            "Het bewijs van de goedkeuring is niet van een soort die hier wordt aanvaard."),
    KEY_NOT_ENROLLED(
            "The key that signed is not enrolled for an officer.",
            "De sleutel waarmee is ondertekend staat niet op naam van een functionaris ingeschreven."),
    NOT_AN_OFFICER(
            "Only an officer of the hoster approves, or who is enrolled to be the second beside one.",
            "Alleen een functionaris van de hoster keurt goed, of wie is ingeschreven om naast hem de tweede te zijn."),
    OTHER_OFFICER(
            "The approval names another officer than the one whose key signed it.",
            "De goedkeuring noemt een andere functionaris dan die van de sleutel."),
    SIGNATURE_INVALID("The signature does not hold.", "De handtekening klopt niet."),
    KEY_NOT_IN_FORCE(
            "The officer's key is not, or no longer, in force.",
            "De sleutel van de functionaris is niet of niet meer van kracht."),
    OWN_ORDER("Nobody approves his own order.", "Niemand keurt zijn eigen bevel goed."),
    INTERESTED(
            "An outside co-approver has no say where his own organisation has a part.",
            "Een externe medebeslisser beslist niet waar zijn eigen organisatie partij is."),
    OUTSIDE_FIRST(
            "An outside co-approver is the second: an officer of the hoster says it first.",
            "Een externe medebeslisser is de tweede: een functionaris van de hoster zegt het eerst."),
    DELEGATION_UNKNOWN(
            "The delegation that the approval names is not in the log.",
            "De machtiging die de goedkeuring noemt staat niet in het logboek."),
    DELEGATION_INVALID(
            "The delegation is not signed by an enrolled key, or is no delegation.",
            "De machtiging is niet met een ingeschreven sleutel ondertekend, of is geen machtiging."),
    DELEGATION_NOT_HIS(
            "A delegation is an officer's own word for somebody else; nobody passes on what he was given.",
            "Een machtiging is het eigen woord van een functionaris voor een ander; niemand geeft door wat hij kreeg."),
    DELEGATOR_NOT_IN_FORCE(
            "The key of the officer who delegated is not, or no longer, in force.",
            "De sleutel van de functionaris die machtigde is niet of niet meer van kracht."),
    DELEGATE_NOT_ENROLLED(
            "The delegation names nobody who is enrolled as an officer or a co-approver.",
            "De machtiging noemt niemand die als functionaris of medebeslisser is ingeschreven."),
    DELEGATION_ELSEWHERE("The delegation is for another hoster.", "De machtiging is voor een andere hoster."),
    DELEGATION_OTHER_DELEGATE("The delegation names somebody else.", "De machtiging noemt iemand anders."),
    DELEGATION_OTHER_DECISION("The delegation does not cover this decision.", "De machtiging omvat dit besluit niet."),
    DELEGATION_NOT_YET("The delegation has not begun.", "De machtiging is nog niet ingegaan."),
    DELEGATION_EXPIRED("The delegation is over.", "De machtiging is afgelopen."),
    DELEGATION_REVOKED("The delegation was revoked.", "De machtiging is ingetrokken."),
    SEAT_TAKEN(
            "The officer himself, or another delegate of his, has said this already: they fill one seat.",
            "De functionaris zelf of een andere gemachtigde van hem heeft dit al gezegd: samen zijn zij één."),
    OTHER_ORDER("The approval is for another order.", "De goedkeuring hoort bij een ander bevel."),
    OTHER_ENTRY(
            "The approval names another entry as the one that verified the order.",
            "De goedkeuring noemt een andere regel als die waarmee het bevel is geverifieerd."),
    OTHER_LAW(
            "The approval names another row or version of the matrix.",
            "De goedkeuring noemt een andere rij of versie van de matrix."),
    OTHER_TARGET("The approval is for another target.", "De goedkeuring is voor een ander doel."),
    OTHER_DISKS("The approval is for other disks.", "De goedkeuring is voor andere schijven."),
    OTHER_CONFIGURATION(
            "The target's configuration is not the one that was approved.",
            "De configuratie van het doel is niet de goedgekeurde."),
    OTHER_RECIPIENTS("The approval is for other recipients.", "De goedkeuring is voor andere ontvangers."),
    OTHER_MEMORY(
            "The approval differs in whether memory is captured.",
            "De goedkeuring verschilt in het al dan niet kopiëren van het werkgeheugen."),
    OTHER_COPY(
            "The approval differs in whether, and which, withheld copy is let go.",
            "De goedkeuring verschilt in welke achtergehouden kopie wordt vrijgegeven."),
    REASON_MISSING(
            "A refusal comes with its ground and text, and is signed for exactly these.",
            "Een weigering komt met grond en toelichting, en is voor precies deze ondertekend."),
    NOTHING_TO_RELEASE(
            "The copy is made to be withheld: it may be secured, and another order releases it.",
            "De kopie wordt gemaakt om achter te houden: alleen veiligstellen; een ander bevel geeft haar vrij."),
    REPEATED(
            "This officer has signed this decision already: nobody counts twice.",
            "Deze functionaris heeft dit besluit al ondertekend: niemand telt twee keer."),
    NOT_YET(
            "The approval claims to be signed in the future.",
            "De goedkeuring zegt in de toekomst te zijn ondertekend."),
    EXPIRED("The approval has expired.", "De goedkeuring is verlopen."),
    TOO_LONG(
            "The approval is meant to hold for longer than is accepted.",
            "De goedkeuring is bedoeld langer te gelden dan wordt aanvaard.");

    private final String english;
    private final String dutch;

    ApprovalFault(String english, String dutch) {
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
