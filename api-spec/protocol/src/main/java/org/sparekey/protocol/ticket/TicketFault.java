// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import org.sparekey.protocol.problem.CodedReason;

/** Why a node does nothing with a ticket. */
public enum TicketFault implements CodedReason {
    NOT_A_TICKET("This is not an execution ticket with its case.", "Dit is geen uitvoeringsticket met zijn zaak."),
    FORGED(
            "Something in the ticket or its case was altered, forged or signed by a key that is not trusted here.",
            "Iets in het ticket of zijn zaak is veranderd, vervalst of ondertekend met een sleutel die hier niet wordt vertrouwd."),
    INCOMPLETE(
            "The case does not hold what is needed to judge the ticket.",
            "De zaak bevat niet wat nodig is om het ticket te beoordelen."),
    UNWITNESSED(
            "Too few witnesses saw the log that the ticket rests on.",
            "Te weinig getuigen hebben het logboek gezien waarop het ticket berust."),
    NOT_ORDERED(
            "No genuine order of an authority that may give it.",
            "Geen echt bevel van een autoriteit die het mag geven."),
    NOT_APPROVED(
            "Not enough officers approved this order for this target.",
            "Niet genoeg functionarissen hebben dit bevel voor dit doel goedgekeurd."),
    SUSPENDED("The authority is suspended.", "De autoriteit is geschorst."),
    WITHDRAWN("The order was withdrawn.", "Het bevel is ingetrokken."),
    NOT_DUE(
            "By its log the order is not one that is being executed.",
            "Volgens zijn logboek wordt dit bevel niet uitgevoerd."),
    SUPERSEDED(
            "The log announced another ticket after this one.",
            "Het logboek heeft na dit ticket een ander aangekondigd."),
    OTHER_NODE("The ticket is for another node.", "Het ticket is voor een andere machine."),
    OTHER_PROTOCOL(
            "The gateway that wrote the ticket and this node do not speak the same version.",
            "De gateway die het ticket schreef en deze machine spreken niet dezelfde versie."),
    OTHER_CUSTODY(
            "The ticket says that this machine is somebody else's than it is.",
            "Het ticket zegt dat deze machine van een ander is dan zij is."),
    OTHER_TARGET("The ticket's target is not on this machine.", "Het doel van het ticket staat niet op deze machine."),
    OTHER_RECIPIENTS(
            "The certificates that came with the ticket are not those of the people who were approved.",
            "De certificaten die met het ticket kwamen zijn niet die van de goedgekeurde ontvangers."),
    NOT_YET(
            "The ticket or its log is of a time that has not come.",
            "Het ticket of zijn logboek is van een latere tijd."),
    EXPIRED("The ticket has expired.", "Het ticket is verlopen."),
    TOO_LONG("The ticket is meant to live too long.", "Het ticket is bedoeld om te lang te gelden."),
    STALE(
            "The witnesses saw this state of the log too long ago: what came since may speak against it.",
            "De getuigen zagen deze stand van het logboek te lang geleden: wat sindsdien kwam kan ertegen spreken."),
    OLDER_LOG(
            "This node has seen a later state of this log.",
            "Deze machine heeft een latere stand van dit logboek gezien."),
    FORKED(
            "This node has seen another log of the same size under this name.",
            "Deze machine heeft onder deze naam een ander logboek van dezelfde omvang gezien."),
    KEY_REVOKED(
            "A key that the order or an approval rests on was revoked.",
            "Een sleutel waarop het bevel of een goedkeuring berust is ingetrokken."),
    APPROVAL_NOT_IN_FORCE(
            "An approval does not hold any more at this moment.", "Een goedkeuring geldt op dit moment niet meer."),
    REPLAYED("This ticket was used already.", "Dit ticket is al gebruikt."),
    FENCED(
            "This node has begun this or a later attempt for the order already.",
            "Deze machine is al aan deze of een latere poging voor het bevel begonnen.");

    private final String english;
    private final String dutch;

    TicketFault(String english, String dutch) {
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
