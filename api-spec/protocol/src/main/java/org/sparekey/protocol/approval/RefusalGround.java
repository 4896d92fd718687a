// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import org.sparekey.protocol.problem.CodedReason;

/** On which ground an officer refuses; his words stand beside it. */
public enum RefusalGround implements CodedReason {
    OTHER_TARGET("The target is not the one that the order describes.", "Het doel is niet wat het bevel beschrijft."),
    BEYOND_BASIS(
            "What is ordered goes beyond the article that it rests on.",
            "Wat wordt bevolen gaat verder dan het artikel waarop het berust."),
    UNCLEAR("The order can be read in more than one way.", "Het bevel is op meer dan één manier te lezen."),
    DOUBTED("The officer doubts that the order is genuine.", "De functionaris twijfelt aan de echtheid van het bevel."),
    NOT_THE_HOSTERS(
            "What is ordered is not the hoster's to give.", "Wat wordt bevolen is niet aan de hoster om te geven."),
    IMPOSSIBLE("It cannot be done with what there is.", "Het kan niet met wat er is."),
    OTHER("Another ground, in the officer's words.", "Een andere grond, in de woorden van de functionaris.");

    private final String english;
    private final String dutch;

    RefusalGround(String english, String dutch) {
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
