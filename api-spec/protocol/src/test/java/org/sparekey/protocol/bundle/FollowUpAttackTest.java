// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;

/**
 * The document by which a case went on is somebody else's than the law lets go on. Each stands before a release, where none
 * may stand: what the course of the case finds is the same for good ones and bad, and only the claims tell them apart.
 */
class FollowUpAttackTest extends Attack {

    private static final String POLICE = SampleCase.AUTHORITY;

    private static final Issuer PROSECUTOR = new Issuer(POLICE, "P-1", "PROSECUTOR", "NL");
    private static final Issuer INVESTIGATOR = new Issuer(POLICE, "I-1", "INVESTIGATOR", "NL");
    private static final Issuer JUDGE = new Issuer(SampleCase.COURT, "R-1", "JUDGE", "NL");

    private static final Map<String, OrderKind> KINDS = Map.of(
            "order.confirmed", OrderKind.ORAL_CONFIRMATION,
            "order.extended", OrderKind.EXTENSION,
            "order.clarified", OrderKind.CLARIFICATION,
            "order.restoring", OrderKind.RESTORE,
            "order.withdrawn", OrderKind.WITHDRAWAL);

    @ParameterizedTest
    @ValueSource(
            strings = {"order.confirmed", "order.extended", "order.clarified", "order.restoring", "order.withdrawn"})
    void whoever_ordered_goes_on_with_it(String entry) {
        stands(entry, PROSECUTOR, sample.prosecutor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.confirmed", "order.extended", "order.clarified", "order.restoring"})
    void no_officer_and_no_judge_goes_on_in_his_place(String entry) {
        refused(entry, PROSECUTOR, sample.officer1);
        refused(entry, PROSECUTOR, sample.judge);
        refused(entry, JUDGE, sample.judge);
        refused(entry, JUDGE, sample.officer1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order.confirmed", "order.extended", "order.clarified", "order.restoring", "order.withdrawn"})
    void nobody_of_his_authority_signs_in_his_name(String entry) {
        refused(entry, PROSECUTOR, sample.investigator);
        refused(entry, INVESTIGATOR, sample.prosecutor);
    }

    @ParameterizedTest
    @CsvSource({
        "order.confirmed, false",
        "order.extended, true",
        "order.clarified, true",
        "order.restoring, true",
        "order.withdrawn, false"
    })
    void another_person_of_his_authority_writes_no_word_of_mouth_down_and_takes_nothing_back(
            String entry, boolean may) {
        if (may) {
            stands(entry, INVESTIGATOR, sample.investigator);
        } else {
            refused(entry, INVESTIGATOR, sample.investigator);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.confirmed", "order.extended", "order.restoring"})
    void nobody_goes_on_with_another_thing_than_was_ordered(String entry) {
        OrderDocument good = SampleRecords.order(SampleCase.GATEWAY);
        Scope wider = new Scope(
                good.scope().categories(),
                good.scope().from().minusSeconds(1),
                good.scope().to(),
                List.of(),
                false);
        place(entry, PROSECUTOR, sample.prosecutor, wider);
        caughtBy(Topic.COURSE, Topic.CLAIMS);
    }

    @ParameterizedTest
    @ValueSource(strings = "order.withdrawn")
    void the_judges_office_takes_back_what_it_authorised_and_an_officer_types_in_what_came_on_paper(String entry) {
        stands(entry, JUDGE, sample.judge);
        stands(entry, JUDGE, sample.officer1);
        stands(entry, PROSECUTOR, sample.officer1);
        refused(entry, new Issuer(SampleCase.COURT, "R-1", "CLERK", "NL"), sample.officer1);
        refused(entry, INVESTIGATOR, sample.officer1);
    }

    private void stands(String entry, Issuer issuer, SigningKey signer) {
        place(entry, issuer, signer, SampleRecords.order(SampleCase.GATEWAY).scope());
        assertThat(failed(sample.zip())).as(issuer.person()).containsExactly(Topic.COURSE);
    }

    private void refused(String entry, Issuer issuer, SigningKey signer) {
        place(entry, issuer, signer, SampleRecords.order(SampleCase.GATEWAY).scope());
        assertThat(failed(sample.zip())).as(issuer.person()).containsExactly(Topic.COURSE, Topic.CLAIMS);
    }

    private void place(String entry, Issuer issuer, SigningKey signer, Scope scope) {
        OrderDocument order = SampleRecords.order(SampleCase.GATEWAY);
        OrderDocument said = new OrderDocument(
                order.v(),
                order.type(),
                new UUID(7, 7),
                Optional.ofNullable(KINDS.get(entry)).orElseThrow(),
                order.addressee(),
                order.legalBasis(),
                issuer,
                Optional.empty(),
                order.caseRef(),
                order.target(),
                scope,
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                Optional.of(SampleCase.ORDER),
                order.documents(),
                order.salt());
        sample.beforeRelease = List.of(entry);
        sample.payloads = Map.of(entry, SampleCase.sign(OrderDocument.TYPE, said, signer, SampleCase.at(32)));
    }
}
