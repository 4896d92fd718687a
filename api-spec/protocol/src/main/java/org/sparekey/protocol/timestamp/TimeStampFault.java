// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import org.sparekey.protocol.problem.CodedReason;

/** Why a time-stamp is not believed. */
public enum TimeStampFault implements CodedReason {
    UNREADABLE(
            "What is enclosed is no time-stamp reply.",
            "Wat is bijgesloten is geen antwoord van een tijdstempeldienst."),
    NOT_GRANTED("The authority granted no time-stamp.", "De tijdstempeldienst heeft geen tijdstempel verleend."),
    WRONG_IMPRINT(
            "The time-stamp is over other bytes than these.", "De tijdstempel gaat over andere gegevens dan deze."),
    WRONG_NONCE(
            "The time-stamp answers another question: its nonce is not the one that was sent.",
            "De tijdstempel hoort bij een andere vraag: het eenmalige getal is niet het verzonden getal."),
    WRONG_POLICY(
            "The time-stamp was given under another policy than the one asked for.",
            "De tijdstempel is verleend onder een ander beleid dan gevraagd."),
    WRONG_CERTIFICATE(
            "The certificate that signed is not enclosed, is not the one the time-stamp names, or is not for stamping time only.",
            "Het certificaat waarmee is ondertekend ontbreekt, is niet het genoemde, of is niet uitsluitend voor tijdstempels."),
    SIGNATURE_INVALID(
            "The authority's signature does not hold, or what it signed contradicts itself.",
            "De handtekening van de tijdstempeldienst klopt niet, of wat is ondertekend spreekt zichzelf tegen."),
    CERTIFICATE_EXPIRED(
            "The authority's certificate was not valid at the time it states.",
            "Het certificaat van de tijdstempeldienst was niet geldig op het genoemde tijdstip."),
    CERTIFICATE_REVOKED(
            "The authority's certificate was revoked, and nothing says that its key was safe at the time it states.",
            "Het certificaat van de tijdstempeldienst is ingetrokken, en niets zegt dat de sleutel op het genoemde tijdstip veilig was."),
    PATH_INVALID(
            "The authority's certificate does not lead to a root that is trusted for time-stamps.",
            "Het certificaat van de tijdstempeldienst leidt niet naar een stamcertificaat dat voor tijdstempels wordt vertrouwd.");

    private final String english;
    private final String dutch;

    TimeStampFault(String english, String dutch) {
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
