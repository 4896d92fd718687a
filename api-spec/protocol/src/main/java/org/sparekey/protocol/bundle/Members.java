// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;

/** The members of a bundle by name; asking for one that is needed and not there is a {@link MissingException}. */
final class Members {

    /** As {@link BundleMembers#folder} writes it: with another spelling of a number nobody would look there. */
    private static final String NUMBER = "(?:\\d{4}|[1-9]\\d{4,5})";

    /** Every place that a member can have. What has no place is judged by nobody, so it may not be there. */
    private static final Pattern PLACE = Pattern.compile(String.join(
            "|",
            "bundle\\.json|README\\.md|LEESMIJ\\.md|claimed-trust\\.json",
            "order/(order|validator|answer)\\.jws|order/(order|validator)\\.pdf|order/matrix\\.json",
            "order/revocation/\\d{1,4}\\.(crl|ocsp)|order/documents/[0-9a-f]{64}",
            "approvals/[1-9]\\d{0,2}\\.json|execution/ticket\\.jws",
            "evidence/(manifest|acknowledgement)\\.jws|evidence/manifest\\.tsr|evidence/preservation\\.zip",
            "anchor/(entry|proof|opened\\.json|case-proof)",
            "time/" + NUMBER + "/(checkpoint|checkpoint\\.tsr|proof)",
            "log/" + NUMBER + "/(entry|proof|opening|payload)|keys/" + NUMBER + "/(entry|proof)"));

    private static final Pattern NUMBERED = Pattern.compile("(log/|keys/|time/|approvals/)(\\d+)([./].*)");

    private final SortedMap<String, byte[]> bytes;

    Members(SortedMap<String, byte[]> bytes) {
        this.bytes = new TreeMap<>(bytes);
    }

    SortedMap<String, byte[]> all() {
        return bytes;
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(bytes.get(name));
    }

    byte[] need(String name) throws MissingException {
        return find(name).orElseThrow(() -> new MissingException(Finding.MEMBER_NOT_THERE, name));
    }

    SignedDocument document(String name) throws MissingException, MalformedException {
        return parse(need(name));
    }

    static SignedDocument parse(byte[] compact) throws MalformedException {
        return SignedDocument.parse(new String(compact, StandardCharsets.US_ASCII));
    }

    /** The text of a signed PDF has the file itself beside it, for people to open; it is the same or the bundle is not whole. */
    SignedDocument ofAuthority(String name, String pdf) throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = AuthorityDocument.parse(new String(need(name), StandardCharsets.US_ASCII));
        if (signed.pdf().isPresent()) {
            Findings.require(Arrays.equals(need(pdf), signed.pdf().get()), Finding.DOCUMENT_DIFFERS, pdf);
        } else {
            Findings.require(find(pdf).isEmpty(), Finding.DOCUMENT_NOT_NAMED, pdf);
        }
        return signed;
    }

    /** The names that begin with a folder, sorted. */
    List<String> in(String folder) {
        return bytes.keySet().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** {@code log/0000}, {@code log/0001}, ... as far as they go without a gap. */
    List<String> folders(String kind) {
        return numbered(kind, BundleMembers.ENTRY);
    }

    /** @param part what each folder has */
    List<String> numbered(String kind, String part) {
        List<String> folders = new ArrayList<>();
        for (int i = 0; bytes.containsKey(BundleMembers.folder(kind, i) + part); i++) {
            folders.add(BundleMembers.folder(kind, i));
        }
        return folders;
    }

    /** Members that have no place in a bundle. */
    List<String> strange() {
        return bytes.keySet().stream()
                .filter(name -> !PLACE.matcher(name).matches())
                .toList();
    }

    /** What a higher number says must be there and is not: entries and approvals are numbered without a gap. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        gaps.addAll(gaps(BundleMembers.CASE_ENTRIES, BundleMembers.ENTRY));
        gaps.addAll(gaps(BundleMembers.KEY_ENTRIES, BundleMembers.ENTRY));
        gaps.addAll(gaps(BundleMembers.STAMPS, BundleMembers.CHECKPOINT));
        for (int i = 1; i <= highest(BundleMembers.APPROVALS); i++) {
            if (!bytes.containsKey(BundleMembers.approval(i))) {
                gaps.add(BundleMembers.approval(i));
            }
        }
        return gaps;
    }

    private List<String> gaps(String kind, String part) {
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i <= highest(kind); i++) {
            String name = BundleMembers.folder(kind, i) + part;
            if (!bytes.containsKey(name)) {
                gaps.add(name);
            }
        }
        return gaps;
    }

    private int highest(String kind) {
        int highest = -1;
        for (String name : in(kind)) {
            Matcher numbered = NUMBERED.matcher(name);
            if (PLACE.matcher(name).matches() && numbered.matches()) {
                highest = Math.max(highest, Integer.parseInt(numbered.group(2)));
            }
        }
        return highest;
    }
}
