// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.time.Duration;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;

/** The samples that lack something: exit code 10, and never 5. */
final class IncompleteSamples {

    private final BundleVectors out;
    private final SampleCase good;

    IncompleteSamples(BundleVectors out, SampleCase good) {
        this.out = out;
        this.good = good;
    }

    void write() throws IOException, MalformedException {
        members();
        outsiders();
        keys();
    }

    private void members() throws IOException, MalformedException {
        out.incomplete(
                "member-missing",
                "a named member is not there",
                Topic.MEMBERS,
                BundleVectors.behind(good, members -> members.remove(BundleMembers.MANIFEST)));
        out.incomplete(
                "proof-missing",
                "signed without a proof that is needed",
                Topic.LOG_ENTRIES,
                BundleVectors.resigned(good, members -> members.remove("log/0000/proof")));
        out.incomplete(
                "several-checkpoints",
                "one entry proven under an earlier state of the log",
                Topic.LOG_ENTRIES,
                BundleVectors.resigned(
                        good, members -> members.put("log/0000/proof", good.earlier(members, "log/0000"))));
        good.state = "closed";
        out.incomplete(
                "end-not-shown",
                "the entry of the request for the bundle cut off",
                Topic.CASE_END,
                BundleVectors.resigned(good, members -> TamperedSamples.cut(members, 1)));
        good.crlIssued = SampleCase.START.minus(Duration.ofDays(40));
        out.incomplete(
                "revocation-list-missing",
                "no list of revoked certificates of that day",
                Topic.ORDER_SIGNATURE,
                good.zip());
        good.crlIssued = SampleCase.START.minus(Duration.ofDays(1));
    }

    private void outsiders() throws IOException {
        good.outsiders.present = good.outsiders.witnesses.subList(0, 1);
        out.incomplete("cosignature-missing", "one witness where two are needed", Topic.WITNESSES, good.zip());
        good.outsiders.present = good.outsiders.witnesses.subList(0, 2);
        good.outsiders.stamps = false;
        out.incomplete("time-stamp-missing", "no time-stamp where one is needed", Topic.TIME, good.zip());
        good.outsiders.stamps = true;
    }

    private void keys() throws IOException {
        good.withKeyEntries = false;
        out.incomplete(
                "key-entries-missing",
                "no entry that enrolled the keys that signed",
                Topic.ORDER_SIGNATURE,
                good.zip());
        good.withKeyEntries = true;
        good.order = IncompleteSamples::ofAnotherAuthority;
        out.incomplete(
                "authority-not-trusted",
                "an order of an authority of which the trust file knows no key",
                Topic.ORDER_SIGNATURE,
                good.zip());
        good.order = order -> order;
    }

    private static OrderDocument ofAnotherAuthority(OrderDocument order) {
        Issuer issuer = order.issuer();
        return new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                order.kind(),
                order.addressee(),
                order.legalBasis(),
                new Issuer("politie-elders", issuer.person(), issuer.role(), issuer.country()),
                order.validator(),
                order.caseRef(),
                order.target(),
                order.scope(),
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                order.parentOrder(),
                order.documents(),
                order.salt());
    }
}
