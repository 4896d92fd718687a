// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import org.sparekey.protocol.problem.CodedReason;

/** Why the law, as the matrix holds it, or the order itself does not let an order be carried out. */
public enum Refusal implements CodedReason {
    WRONG_ADDRESSEE(
            "The order is addressed to another legal entity than this hoster.",
            "Het bevel is aan een andere rechtspersoon gericht dan aan deze hoster."),
    WRONG_GATEWAY(
            "The order names another gateway than this one.", "Het bevel noemt een andere poort (gateway) dan deze."),
    DEADLINE_PASSED("The order's deadline has passed.", "De termijn van het bevel is verstreken."),
    SIGNED_IN_FUTURE(
            "The order claims to be signed in the future.", "Het bevel zegt in de toekomst te zijn ondertekend."),
    SIGNED_TOO_LONG_AGO(
            "The order was signed longer ago than is accepted; a new one is needed.",
            "Het bevel is langer geleden ondertekend dan wordt aanvaard; er is een nieuw bevel nodig."),
    OBSERVED_IN_FUTURE("The target's time window lies in the future.", "Het tijdvak van het doel ligt in de toekomst."),
    BASIS_UNKNOWN(
            "The legal basis is not in this gateway's matrix; what is not allowed there is refused.",
            "De grondslag staat niet in de matrix van deze poort; wat daar niet is toegestaan, wordt geweigerd."),
    BASIS_NOT_IN_FORCE(
            "The legal basis is not in force at this time.", "De grondslag is op dit moment niet van kracht."),
    MATRIX_VERSION(
            "The order was written under another version of the matrix than is in force here.",
            "Het bevel is opgesteld onder een andere versie van de matrix dan hier geldt."),
    KIND_NOT_OF_BASIS(
            "This kind of order cannot be given on this legal basis.",
            "Dit soort bevel kan niet op deze grondslag worden gegeven."),
    KIND_NOT_OFFERED(
            "This kind of order is not handled by this gateway.", "Dit soort bevel behandelt deze poort niet."),
    ISSUER_ROLE(
            "The issuer's role may not use this legal basis.",
            "De rol van degene die het bevel geeft mag deze grondslag niet gebruiken."),
    CATEGORY_BEYOND_BASIS(
            "The legal basis does not reach this category of information.",
            "De grondslag strekt zich niet uit tot deze soort gegevens."),
    PERSONAL_ON_VOLUNTARY_REQUEST(
            "Nothing personal is given on a voluntary request.",
            "Op een vrijwillig verzoek worden geen persoonsgegevens verstrekt."),
    USER_DATA_NEEDS_126NA(
            "Who used an address is user data of a communication service: that is ordered under article 126na Sv.",
            "Wie een adres gebruikte is een gebruikersgegeven van een communicatiedienst: dat gaat via artikel 126na Sv."),
    TARGET_FORMAT(
            "This legal basis does not allow the target to be named this way.",
            "Deze grondslag laat niet toe het doel zo aan te duiden."),
    MEMORY_BEYOND_BASIS(
            "The legal basis reaches stored data only; a machine's memory is not stored data.",
            "De grondslag betreft alleen opgeslagen gegevens; het werkgeheugen hoort daar niet bij."),
    VALIDATOR_NOT_NAMED(
            "The legal basis needs a judge's prior authorisation and the order names none.",
            "De grondslag vereist een voorafgaande machtiging van de rechter-commissaris en het bevel noemt er geen."),
    VALIDATOR_ABSENT(
            "The order names a judge's authorisation that was not submitted with it.",
            "Het bevel noemt een machtiging van de rechter-commissaris die niet is meegezonden."),
    VALIDATOR_ROLE(
            "Whoever authorised the order does not hold the office that the legal basis demands.",
            "Wie het bevel heeft gemachtigd bekleedt niet het ambt dat de grondslag verlangt."),
    VALIDATOR_NOT_PROVEN(
            "The judge's authorisation is not proven to be the judge's.",
            "Van de machtiging is niet bewezen dat zij van de rechter-commissaris is."),
    VALIDATOR_OTHER_ORDER(
            "The judge's authorisation is for another order.",
            "De machtiging van de rechter-commissaris hoort bij een ander bevel."),
    VALIDATOR_DIFFERS(
            "The judge's authorisation differs from what the order says about it.",
            "De machtiging van de rechter-commissaris wijkt af van wat het bevel erover zegt."),
    VALIDATOR_OF_ISSUERS_PARTY(
            "Nobody of the issuer's own authority authorises his order: the court is a party of its own.",
            "Niemand van de eigen organisatie machtigt het bevel: het gerecht is een eigen partij."),
    DELIVERY_NOT_ENROLLED(
            "The case team to deliver to is not enrolled by the issuing authority.",
            "Het team waaraan moet worden geleverd is niet door de bevoegde autoriteit ingeschreven."),
    SUBMITTED_BY_ANOTHER(
            "The order was submitted by another authority than its issuer's.",
            "Het bevel is ingediend door een andere autoriteit dan die van de ondertekenaar."),
    NOT_YOURS_TO_WITHDRAW(
            "Only the issuer or the judge who authorised it withdraws an order.",
            "Alleen degene die het bevel gaf of de rechter die het machtigde trekt het in."),
    TOO_LATE_TO_WITHDRAW(
            "The order can no longer be withdrawn: it has ended, or its evidence is available already.",
            "Het bevel kan niet meer worden ingetrokken: het is beëindigd of het materiaal is al beschikbaar."),
    OFFICER_REFUSED(
            "An officer of the hoster refused the order.", "Een functionaris van de hoster heeft het bevel geweigerd."),
    PARENT_UNKNOWN(
            "The order refers to an earlier order that is not known here or not of this authority.",
            "Het bevel verwijst naar een eerder bevel dat hier niet bekend is of niet van deze autoriteit is.");

    private final String english;
    private final String dutch;

    Refusal(String english, String dutch) {
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
