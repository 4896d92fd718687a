// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import org.sparekey.protocol.problem.CodedReason;

/** Why a lawful order found nothing that it may touch. */
public enum StopReason implements CodedReason {
    TENANCY_CHANGED(
            "The target has another tenant now than at the time asked about; his innocent successor is not copied.",
            "Het doel heeft nu een andere huurder dan op het gevraagde moment; de onschuldige opvolger wordt niet gekopieerd."),
    AMBIGUOUS(
            "More than one machine answers to the target as it is named.",
            "Meer dan een machine beantwoordt aan het doel zoals het is aangeduid."),
    UNKNOWN(
            "No machine is known that answers to the target at that time.",
            "Er is geen machine bekend die op dat moment aan het doel beantwoordt."),
    FILTER_DESTINATION(
            "Content of several people or of a privileged profession goes to an enrolled filter destination only; there is none.",
            "Inhoud van meer personen of van een geheimhouder gaat alleen naar een ingeschreven filterbestemming; die is er niet."),
    NOT_MATCHED(
            "What is registered for the target and what the hypervisor runs do not agree well enough to touch it.",
            "Wat voor het doel is geregistreerd en wat de hypervisor draait stemmen niet genoeg overeen om eraan te komen.");

    private final String english;
    private final String dutch;

    StopReason(String english, String dutch) {
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
