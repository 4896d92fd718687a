// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorReference;

/**
 * The documents of a case, taken from what its entries commit to, byte for byte: of several attempts and rounds of
 * approval the ones that the manifest rests on.
 *
 * @param members answer, ticket, manifest, approvals, acknowledgement
 * @param signers documents whose keys must be shown to be enrolled
 * @param authorities whose keys those are
 */
record CasePapers(TreeMap<String, byte[]> members, List<SignedDocument> signers, List<String> authorities) {

    /** An entry of the case and what it commits to, where that is not erased. */
    record Line(String type, Optional<byte[]> payload) {}

    static CasePapers of(OrderFile order, List<Line> lines) {
        try {
            return read(order, lines);
        } catch (MalformedException e) {
            throw new IllegalStateException("a logged document of " + order.id() + " cannot be read", e);
        }
    }

    private static CasePapers read(OrderFile order, List<Line> lines) throws MalformedException {
        TreeMap<String, byte[]> members = new TreeMap<>();
        last(lines, CaseEntry.SECURED).ifPresent(manifest -> members.put(BundleMembers.MANIFEST, manifest));
        ticket(lines, members).ifPresent(ticket -> members.put(BundleMembers.TICKET, ticket));
        last(lines, CaseEntry.ANSWERED).ifPresent(answer -> members.put(BundleMembers.ANSWER, answer));
        last(lines, CaseEntry.ACKNOWLEDGED).ifPresent(receipt -> members.put(BundleMembers.ACKNOWLEDGEMENT, receipt));
        List<SignedDocument> signers = new ArrayList<>();
        SignedDocument signedOrder = AuthorityDocument.parse(order.orderJws());
        signers.add(signedOrder);
        if (order.validatorJws().isPresent()) {
            signers.add(AuthorityDocument.parse(order.validatorJws().get()));
        }
        int number = 1;
        for (byte[] approval : approvals(order, lines, members)) {
            members.put(BundleMembers.approval(number++), approval);
            signers.add(Approval.parse(approval).jws());
        }
        for (byte[] delegation : all(lines, CaseEntry.DELEGATION)) {
            signers.add(parse(delegation));
        }
        for (byte[] call : all(lines, CaseEntry.CALLED_BACK)) {
            signers.add(parse(call));
        }
        if (members.containsKey(BundleMembers.ACKNOWLEDGEMENT)) {
            signers.add(parse(Objects.requireNonNull(members.get(BundleMembers.ACKNOWLEDGEMENT))));
        }
        return new CasePapers(members, signers, authorities(signedOrder));
    }

    /** The file that was signed, where this is one of the signers' documents and a PDF. */
    Optional<byte[]> pdf(String text) {
        return signers.stream()
                .filter(signed -> signed.compact().equals(text))
                .findFirst()
                .flatMap(SignedDocument::pdf);
    }

    /** The ticket that the manifest names; before there is one, the latest. */
    private static Optional<byte[]> ticket(List<Line> lines, TreeMap<String, byte[]> members)
            throws MalformedException {
        byte[] manifest = members.get(BundleMembers.MANIFEST);
        if (manifest == null) {
            return last(lines, CaseEntry.EXECUTING);
        }
        Digest named = parse(manifest).read(Manifest.TYPE, Manifest.class).ticketDigest();
        return all(lines, CaseEntry.EXECUTING).stream()
                .filter(ticket -> Digest.sha256(ticket).equals(named))
                .findFirst();
    }

    /**
     * Those on the ticket, in its order, and then what the officers said later in the same round (secured first, released
     * afterwards); before there is a ticket, those of the round that counts.
     */
    private static List<byte[]> approvals(OrderFile order, List<Line> lines, TreeMap<String, byte[]> members)
            throws MalformedException {
        byte[] ticket = members.get(BundleMembers.TICKET);
        if (ticket == null) {
            return asLogged(order.approvals(), all(lines, CaseEntry.APPROVAL));
        }
        List<Approval> onTicket =
                parse(ticket).read(ExecutionTicket.TYPE, ExecutionTicket.class).approvals();
        List<byte[]> round = all(round(lines, ticket), CaseEntry.APPROVAL);
        List<byte[]> approvals = new ArrayList<>(asLogged(onTicket, round));
        for (byte[] later : round) {
            if (approvals.stream().noneMatch(known -> Arrays.equals(known, later))) {
                approvals.add(later);
            }
        }
        return approvals;
    }

    /** From the last time before the ticket that the order went to review, to the next time after it. */
    private static List<Line> round(List<Line> lines, byte[] ticket) {
        int begin = 0;
        boolean announced = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).type().equals(CaseEntry.REVIEW)) {
                if (announced) {
                    return lines.subList(begin, i);
                }
                begin = i;
            }
            announced |= lines.get(i)
                    .payload()
                    .filter(payload -> Arrays.equals(payload, ticket))
                    .isPresent();
        }
        return lines.subList(begin, lines.size());
    }

    private static List<byte[]> asLogged(List<Approval> counted, List<byte[]> logged) throws MalformedException {
        List<byte[]> approvals = new ArrayList<>();
        for (Approval approval : counted) {
            for (byte[] payload : logged) {
                if (Approval.parse(payload).equals(approval)) {
                    approvals.add(payload);
                    break;
                }
            }
        }
        return approvals;
    }

    private static List<String> authorities(SignedDocument order) throws MalformedException {
        OrderDocument document = order.read(OrderDocument.TYPE, OrderDocument.class);
        List<String> authorities = new ArrayList<>(List.of(document.issuer().authority()));
        document.validator().map(ValidatorReference::authority).ifPresent(authorities::add);
        return authorities;
    }

    private static SignedDocument parse(byte[] compact) throws MalformedException {
        return SignedDocument.parse(new String(compact, StandardCharsets.US_ASCII));
    }

    private static List<byte[]> all(List<Line> lines, String type) {
        return lines.stream()
                .filter(line -> line.type().equals(type))
                .flatMap(line -> line.payload().stream())
                .toList();
    }

    private static Optional<byte[]> last(List<Line> lines, String type) {
        List<byte[]> all = all(lines, type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
