// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.CanonicalZip;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.KeyEntry;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;

/** A ticket in its case, read; whether it is to be believed the verifier says. */
final class TicketCase {

    private final SortedMap<String, byte[]> members;
    private final SignedDocument signed;
    private final ExecutionTicket ticket;
    private final SignedDocument order;
    private final List<LogEntry> entries = new ArrayList<>();

    private TicketCase(SortedMap<String, byte[]> members) throws MalformedException {
        this.members = members;
        this.signed = SignedDocument.parse(text(BundleMembers.TICKET));
        this.ticket = signed.read(ExecutionTicket.TYPE, ExecutionTicket.class);
        this.order = AuthorityDocument.parse(text(BundleMembers.ORDER));
        for (int i = 0; members.containsKey(entry(i)); i++) {
            entries.add(LogEntry.parse(need(entry(i))));
        }
        if (entries.isEmpty() || ticket.approvals().isEmpty()) {
            throw new MalformedException("", "a ticket without a case or without an approval");
        }
    }

    static TicketCase read(byte[] bundle) throws MalformedException {
        return new TicketCase(CanonicalZip.read(bundle));
    }

    ExecutionTicket ticket() {
        return ticket;
    }

    Instant writtenAt() {
        return signed.claimedAt();
    }

    OrderDocument order() throws MalformedException {
        return order.read(OrderDocument.TYPE, OrderDocument.class);
    }

    /** Where the log leaves the order, in the word of the cycle. */
    String state() {
        return CaseEntry.state(entries.stream().map(LogEntry::type).toList()).orElse("");
    }

    boolean suspended() {
        boolean suspended = false;
        for (LogEntry entry : entries) {
            suspended = entry.type().equals(CaseEntry.SUSPENDED)
                    || (suspended && !entry.type().equals(CaseEntry.RESUMED));
        }
        return suspended;
    }

    /** Whether the last announcement of the case is this very ticket's. */
    boolean announcedLast() throws MalformedException {
        int last = -1;
        for (int i = 0; i < entries.size(); i++) {
            last = entries.get(i).type().equals(CaseEntry.EXECUTING) ? i : last;
        }
        return last >= 0
                && Arrays.equals(
                        need(BundleMembers.folder(BundleMembers.CASE_ENTRIES, last) + BundleMembers.PAYLOAD),
                        need(BundleMembers.TICKET));
    }

    LogEntry last() {
        return entries.get(entries.size() - 1);
    }

    /** The head under which the case's last entry is proven. */
    SignedNote head() throws MalformedException {
        String folder = BundleMembers.folder(BundleMembers.CASE_ENTRIES, entries.size() - 1);
        return LogProof.parse(need(folder + BundleMembers.PROOF)).checkpoint();
    }

    /** The head of each origin. */
    Map<String, Checkpoint> heads() throws MalformedException {
        Map<String, Checkpoint> heads = new TreeMap<>();
        for (String kind : List.of(BundleMembers.CASE_ENTRIES, BundleMembers.KEY_ENTRIES)) {
            for (int i = 0; ; i++) {
                byte[] proof = members.get(BundleMembers.folder(kind, i) + BundleMembers.PROOF);
                if (proof == null) {
                    break;
                }
                Checkpoint head =
                        Checkpoint.parse(LogProof.parse(proof).checkpoint().text());
                heads.put(head.origin(), head);
            }
        }
        return heads;
    }

    /** Keys, as base64url, that an entry of this case's key entries revoked, whenever. */
    Set<String> revoked() throws MalformedException {
        Set<String> revoked = new HashSet<>();
        for (int i = 0; ; i++) {
            byte[] stored = members.get(BundleMembers.folder(BundleMembers.KEY_ENTRIES, i) + BundleMembers.ENTRY);
            if (stored == null) {
                return revoked;
            }
            Map<String, String> clear = LogEntry.parse(stored).clear();
            Optional<String> key = Optional.ofNullable(clear.get(KeyEntry.KEY));
            if (KeyEntry.REVOKED.equals(clear.get(KeyEntry.STATUS)) && key.isPresent()) {
                revoked.add(key.get());
            }
        }
    }

    /** Everybody on whose word the ticket rests: who ordered, who authorised, who approved. */
    Set<Digest> signers() throws MalformedException {
        Set<Digest> signers = new HashSet<>();
        signers.add(DocumentCheck.signer(order));
        if (members.containsKey(BundleMembers.VALIDATOR)) {
            signers.add(DocumentCheck.signer(AuthorityDocument.parse(text(BundleMembers.VALIDATOR))));
        }
        for (Approval approval : ticket.approvals()) {
            signers.add(DocumentCheck.signer(approval.jws()));
        }
        return signers;
    }

    private static String entry(int number) {
        return BundleMembers.folder(BundleMembers.CASE_ENTRIES, number) + BundleMembers.ENTRY;
    }

    private String text(String name) throws MalformedException {
        return new String(need(name), StandardCharsets.US_ASCII);
    }

    private byte[] need(String name) throws MalformedException {
        byte[] member = members.get(name);
        if (member == null) {
            throw new MalformedException("", "there is no " + name);
        }
        return member;
    }
}
