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
    DEADLINE_TOO_FAR(
            "The order's deadline lies further ahead than 180 days, the longest for which the law lets anything be"
                    + " held.",
            "De termijn van het bevel ligt verder weg dan 180 dagen, het langste dat de wet iets laat vasthouden."),
    WITHDRAWN_ON_PAPER_BEFORE(
            "A withdrawal of this order came on paper before; a second one needs its issuer's or the judge's signature.",
            "Dit bevel is al eerder op papier ingetrokken; een tweede intrekking vergt de handtekening van wie het gaf of"
                    + " van de rechter."),
    SECRECY_TOO_LONG(
            "The order asks for secrecy beyond five years from now.",
            "Het bevel vraagt om geheimhouding langer dan vijf jaar vanaf nu."),
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
            "Wie een adres gebruikte is een gebruikersgegeven van een communicatiedienst: dat gaat via artikel 126na"
                    + " Sv."),
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
    ISSUER_NOT_IN_REGISTER(
            "The register has no authority of the issuer's name, so nobody can be called.",
            "Het register kent geen autoriteit met de naam van de opsteller, dus er kan niemand worden gebeld."),
    SCAN_MISSING("What arrived on paper is entered with its scan.", "Wat op papier kwam, wordt ingevoerd met de scan."),
    NOT_ON_PAPER(
            "What changes an earlier order is not entered by the hoster.",
            "Wat een eerder bevel verandert, voert de hoster niet zelf in."),
    CALL_BACK_DENIED(
            "Whoever answered on the register's number says that the order is not theirs.",
            "Wie op het nummer uit het register opnam, zegt dat het bevel niet van hen is."),
    OFFICER_REFUSED(
            "An officer of the hoster refused the order.", "Een functionaris van de hoster heeft het bevel geweigerd."),
    HANDLED_BY_HAND(
            "Orders on this legal basis come through their own national channel and are taken in by hand, not by this"
                    + " gateway.",
            "Bevelen op deze grondslag komen langs hun eigen nationale weg en worden met de hand ingenomen, niet door"
                    + " deze poort."),
    ON_SITE_ONLY(
            "This power is exercised on site, by an investigator who is present; it is not ordered through a gateway.",
            "Deze bevoegdheid wordt ter plaatse uitgeoefend, in aanwezigheid van een opsporingsambtenaar, niet via een"
                    + " poort."),
    CAMERA_IMAGES_ONLY(
            "Article 126nda Sv is for camera images; a hosted machine has none.",
            "Artikel 126nda Sv gaat over camerabeelden; een gehoste machine heeft die niet."),
    REPLACED_BY_125P(
            "Article 54a Sr is no basis for an order any more: making data inaccessible is ordered under article 125p"
                    + " Sv.",
            "Artikel 54a Sr is geen grondslag meer voor een bevel: ontoegankelijkmaking gaat via artikel 125p Sv."),
    FOREIGN_WITHOUT_INSTRUMENT(
            "A foreign authority orders by a European Production Order or an EIO, or asks through the prosecutor here.",
            "Een buitenlandse autoriteit beveelt met een Europees verstrekkingsbevel of EOB, of vraagt het via de"
                    + " officier hier."),
    ORAL_IS_A_FORM(
            "Oral is a form, not a legal basis: the order names the article it rests on, and ORAL as its urgency.",
            "Mondeling is een vorm en geen grondslag: het bevel noemt het artikel waarop het rust en ORAL als spoed."),
    ORAL_NOT_ALLOWED(
            "This legal basis does not allow an order by word of mouth.",
            "Deze grondslag laat geen mondeling bevel toe."),
    CATEGORY_NOT_OF_KIND(
            "This kind of order does not reach this category of information, whatever it rests on.",
            "Dit soort bevel reikt niet tot deze soort gegevens, waar het ook op rust."),
    MEASURE_NOT_OF_KIND(
            "This kind of order, for these categories, brings about no such measure.",
            "Dit soort bevel, voor deze gegevens, kent een dergelijke maatregel niet."),
    NO_TRAFFIC_HELD(
            "The hoster holds no traffic data of its own: nothing exists that this order could reach.",
            "De hoster bewaart zelf geen verkeersgegevens: er is niets waarop dit bevel betrekking kan hebben."),
    NOT_YOURS_TO_CHANGE(
            "The earlier order is another person's, or rests on another basis, target or scope.",
            "Het eerdere bevel is van iemand anders, of rust op een andere grondslag, ander doel of andere omvang."),
    EARLIER_NOT_TO_BE_CHANGED_NOW(
            "The earlier order cannot be changed at this moment; submit this again later, as a new document.",
            "Het eerdere bevel kan op dit moment niet worden gewijzigd; dien dit later opnieuw in, als nieuw document."),
    NOT_TO_BE_EXTENDED(
            "The earlier order preserves nothing now, or was extended before: the law allows it once.",
            "Het eerdere bevel bewaart nu niets of is al eens verlengd: de wet staat dat eenmaal toe."),
    EXTENDED_BEFORE_CALL(
            "The issuer of the earlier order was not called back yet: until then it holds for two days and not longer.",
            "De afgever van het eerdere bevel is nog niet teruggebeld: tot dan houdt het twee dagen vast en niet"
                    + " langer."),
    NOTHING_TO_CONFIRM(
            "The earlier order is not an oral one that awaits its written form.",
            "Het eerdere bevel is geen mondeling bevel dat op zijn schriftelijke vorm wacht."),
    CONFIRMED_TOO_LATE(
            "The term for confirming the oral order in writing is over; a new order is needed.",
            "De termijn om het mondelinge bevel op schrift te stellen is voorbij; er is een nieuw bevel nodig."),
    NOTHING_ASKED(
            "No officer has asked for a clarification of the earlier order.",
            "Geen functionaris heeft om verduidelijking van het eerdere bevel gevraagd."),
    NOTHING_TO_RESTORE(
            "The earlier order made nothing inaccessible that could be restored.",
            "Het eerdere bevel heeft niets ontoegankelijk gemaakt dat kan worden hersteld."),
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
