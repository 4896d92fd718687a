// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.GatewayIdentity;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * {@code trust.json}: whom a verifier trusts, got from outside the bundle (JSON schema {@code api-spec/trust.schema.json}).
 * A key is named by its key id, SHA-256 over the domain string key-id and its SubjectPublicKeyInfo; a certificate that
 * travels with a signature is only where the key itself is read from.
 *
 * @param legalEntity the hoster
 * @param gatewayOrigin HTTPS origin of his gateway, the only one whose orders count
 * @param policy {@code none}, or a C2SP tlog-policy over the witnesses
 * @param manifestKeys key ids that may sign manifests and bundles
 * @param statementKeys key ids that may sign execution tickets and answers
 * @param timestampRoots DER certificates of time-stamp authorities
 * @param timestampPolicy {@link #POLICY_REQUIRED} when what left the gateway must be stamped; absent when it need not
 * @param coApprovers document keys of outside co-approvers; absent where there are none
 * @param callBackPolicy {@link #POLICY_REQUIRED} when what was carried out must have been called back first where the row of
 *     the law asks for it; absent for a gateway that is known not to call
 */
public record TrustFile(
        int v,
        String type,
        String legalEntity,
        String gatewayOrigin,
        List<Log> logs,
        List<Witness> witnesses,
        String policy,
        List<Authority> authorities,
        List<Officer> officers,
        List<Digest> manifestKeys,
        List<Digest> statementKeys,
        List<Bytes> timestampRoots,
        Optional<String> timestampPolicy,
        Optional<List<CoApprover>> coApprovers,
        Optional<String> callBackPolicy) {

    public static final String TYPE = "trust";
    public static final int VERSION = 1;
    public static final String POLICY_NONE = "none";
    public static final String POLICY_REQUIRED = "required";
    static final String HOSTER = "hoster";
    private static final String JUDGE = "JUDGE";
    public static final int MAX_BYTES = 4 << 20;

    /** @param vkey the log's key in the text form of C2SP signed-note; its name is the origin */
    public record Log(String origin, String vkey) {}

    /** @param vkey the witness's cosignature key in the text form of C2SP signed-note */
    public record Witness(String name, String vkey) {}

    /**
     * A court is an authority of its own: where one person is a judge all are.
     *
     * @param roots DER certificates that its persons' certificates lead to, and nobody else's
     */
    public record Authority(String id, List<Bytes> roots, List<Person> persons) {
        public Authority {
            roots = List.copyOf(roots);
            persons = List.copyOf(persons);
            if (persons.stream()
                            .map(person -> person.role().equals(JUDGE))
                            .distinct()
                            .count()
                    > 1) {
                throw new IllegalArgumentException("a court has judges only, and only a court has judges");
            }
        }
    }

    /**
     * One enrolled document key of a person, by his number.
     *
     * @param revokedAt from then on it counts for nothing
     */
    public record Person(
            String number, String role, Digest keyId, Instant from, Instant until, Optional<Instant> revokedAt) {}

    /** One enrolled document key of an officer, by his number. */
    public record Officer(String number, Digest keyId, Instant from, Instant until, Optional<Instant> revokedAt) {}

    /**
     * One enrolled document key of an outside co-approver: who may be the second beside an officer.
     *
     * @param party his organisation; never the hoster
     */
    public record CoApprover(
            String party, String number, Digest keyId, Instant from, Instant until, Optional<Instant> revokedAt) {
        public CoApprover {
            if (party.equals(HOSTER)) {
                throw new IllegalArgumentException("a co-approver is of another organisation than the hoster");
            }
        }
    }

    /** Without co-approvers. */
    public TrustFile(
            int v,
            String type,
            String legalEntity,
            String gatewayOrigin,
            List<Log> logs,
            List<Witness> witnesses,
            String policy,
            List<Authority> authorities,
            List<Officer> officers,
            List<Digest> manifestKeys,
            List<Digest> statementKeys,
            List<Bytes> timestampRoots,
            Optional<String> timestampPolicy) {
        this(
                v,
                type,
                legalEntity,
                gatewayOrigin,
                logs,
                witnesses,
                policy,
                authorities,
                officers,
                manifestKeys,
                statementKeys,
                timestampRoots,
                timestampPolicy,
                Optional.empty());
    }

    /** Without a policy on call-backs. */
    public TrustFile(
            int v,
            String type,
            String legalEntity,
            String gatewayOrigin,
            List<Log> logs,
            List<Witness> witnesses,
            String policy,
            List<Authority> authorities,
            List<Officer> officers,
            List<Digest> manifestKeys,
            List<Digest> statementKeys,
            List<Bytes> timestampRoots,
            Optional<String> timestampPolicy,
            Optional<List<CoApprover>> coApprovers) {
        this(
                v,
                type,
                legalEntity,
                gatewayOrigin,
                logs,
                witnesses,
                policy,
                authorities,
                officers,
                manifestKeys,
                statementKeys,
                timestampRoots,
                timestampPolicy,
                coApprovers,
                Optional.empty());
    }

    public TrustFile {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        authorities = List.copyOf(authorities);
        officers = List.copyOf(officers);
        manifestKeys = List.copyOf(manifestKeys);
        statementKeys = List.copyOf(statementKeys);
        timestampRoots = List.copyOf(timestampRoots);
        coApprovers = coApprovers.map(List::copyOf);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a trust file of version 1");
        }
        if (timestampPolicy.filter(word -> !word.equals(POLICY_REQUIRED)).isPresent()) {
            throw new IllegalArgumentException("time-stamps are required, or the policy is absent");
        }
        if (callBackPolicy.filter(word -> !word.equals(POLICY_REQUIRED)).isPresent()) {
            throw new IllegalArgumentException("call-backs are required, or the policy is absent");
        }
        // A trust file that cannot be read judges nothing: its faults are not the bundle's.
        logs.forEach(TrustFile::requireKey);
        rules(policy);
    }

    private static void requireKey(Log log) {
        try {
            NoteKey.parse(log.vkey());
        } catch (MalformedException e) {
            throw new IllegalArgumentException("the key of the log " + log.origin() + " is " + e.reason());
        }
    }

    private static WitnessPolicy rules(String policy) {
        try {
            return policy.equals(POLICY_NONE) ? WitnessPolicy.NONE : WitnessPolicy.parse(policy);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("the policy is not one of tlog-policy: " + e.reason());
        }
    }

    /** Reads a trust file; its spelling is free (it is not signed), its fields are not. */
    public static TrustFile parse(byte[] json) throws MalformedException {
        if (json.length > MAX_BYTES) {
            throw new MalformedException("", "a trust file beyond 4 MiB");
        }
        return Wire.read(json, TrustFile.class);
    }

    /** SHA-256 of the file as it is: what two people read to each other. */
    public static Digest fingerprint(byte[] json) {
        return Digest.sha256(json);
    }

    Optional<Log> log(String origin) {
        return logs.stream().filter(log -> log.origin().equals(origin)).findFirst();
    }

    Optional<Authority> authority(String id) {
        return authorities.stream()
                .filter(authority -> authority.id().equals(id))
                .findFirst();
    }

    /** Whether any witness is asked for. */
    boolean witnessesRequired() {
        return !rules(policy).quorum().equals(WitnessPolicy.NO_QUORUM);
    }

    boolean callBacksRequired() {
        return callBackPolicy.isPresent();
    }

    boolean timestampsRequired() {
        return timestampPolicy.isPresent();
    }

    GatewayIdentity gateway() {
        return new GatewayIdentity(legalEntity, gatewayOrigin);
    }

    /** The register of document keys that this file amounts to; officers are of the party {@link #HOSTER}. */
    public Optional<EnrolledSigner> enrolled(Digest keyId) {
        Stream<EnrolledSigner> persons = authorities.stream()
                .flatMap(authority -> authority.persons().stream()
                        .map(person -> new EnrolledSigner(
                                authority.id(),
                                person.number(),
                                person.role(),
                                person.keyId(),
                                person.from(),
                                person.until(),
                                person.revokedAt())));
        Stream<EnrolledSigner> hosters = officers.stream()
                .map(officer -> new EnrolledSigner(
                        HOSTER,
                        officer.number(),
                        ApprovalCheck.OFFICER,
                        officer.keyId(),
                        officer.from(),
                        officer.until(),
                        officer.revokedAt()));
        Stream<EnrolledSigner> outsiders = coApprovers.orElse(List.of()).stream()
                .map(outsider -> new EnrolledSigner(
                        outsider.party(),
                        outsider.number(),
                        ApprovalCheck.CO_APPROVER,
                        outsider.keyId(),
                        outsider.from(),
                        outsider.until(),
                        outsider.revokedAt()));
        return Stream.of(hosters, persons, outsiders)
                .flatMap(Function.identity())
                .filter(signer -> signer.keyId().equals(keyId))
                .findFirst();
    }
}
