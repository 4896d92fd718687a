// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Wire;

/** Writes the vectors; run by hand, once for each version of the format, because the signatures in them are random. */
final class ApprovalVectors {

    /**
     * @param basis the facts as they are
     * @param enrolled the register
     * @param expected GOOD or an {@link ApprovalFault}
     */
    record Vector(
            String name,
            Approval approval,
            ApprovalBasis basis,
            List<EnrolledSigner> enrolled,
            Instant at,
            String expected) {}

    private ApprovalVectors() {}

    public static void main(String[] arguments) throws IOException {
        ApprovalCheckTest people = new ApprovalCheckTest();
        List<Vector> all = new ArrayList<>();
        Approval good = people.firstOfficers(Decision.RELEASE);
        Instant now = ApprovalCheckTest.NOW;
        all.add(people.vector("a release", good, ApprovalCheckTest.BASIS, now));
        all.add(people.vector(
                "a refusal with its reason", people.firstOfficers(Decision.REFUSE), ApprovalCheckTest.BASIS, now));
        ApprovalCheckTest.otherFacts()
                .forEach(other -> all.add(people.vector(
                        "other facts " + all.size() + ": " + other.get()[0],
                        good,
                        (ApprovalBasis) other.get()[1],
                        now)));
        all.add(people.vector("at its expiry", good, ApprovalCheckTest.BASIS, now.plusSeconds(86_400)));
        Approval secure = people.firstOfficers(Decision.SECURE);
        all.add(people.vector(
                "a release under the proof of a secure",
                new Approval(good.statement(), secure.proof()),
                ApprovalCheckTest.BASIS,
                now));
        ApprovalBasis copied = people.ofCopy();
        Approval ofCopy = people.firstOfficers(copied, Decision.RELEASE);
        all.add(people.vector("a release of a copy that a freezing made", ofCopy, copied, now));
        all.add(people.vector("a release of a copy, and no copy", ofCopy, ApprovalCheckTest.BASIS, now));
        all.add(people.vector("a release of a capture, and a copy", good, copied, now));
        all.add(people.vector("a release of another copy", ofCopy, people.ofAnotherCopy(), now));
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(
                directory.resolve("approvals.json"),
                all.stream()
                        .map(vector -> new String(Wire.write(vector), StandardCharsets.UTF_8))
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
}
