// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * Judges a bundle offline. Everything is checked from the bundle's own bytes under the keys of the trust file; nothing is
 * fetched, nothing is believed because the gateway says so. Without a trust file the gateway's own claim stands in for it,
 * and the best result is "consistent with itself; keys not confirmed".
 */
public final class BundleVerifier {

    /** Its bundles are no evidence of anything. */
    public static final String DEMO_HOST = "demo.sparekey.invalid";

    private final Findings findings = new Findings();
    private final byte[] bundle;
    private final Optional<byte[]> trustBytes;

    private BundleVerifier(byte[] bundle, Optional<byte[]> trustBytes) {
        this.bundle = bundle;
        this.trustBytes = trustBytes;
    }

    /**
     * @param bundle bytes of bundle.zip
     * @param trust bytes of trust.json, from anywhere but the bundle's sender
     * @throws MalformedException when the trust file itself cannot be read: then nothing was judged
     */
    public static Verification verify(byte[] bundle, Optional<byte[]> trust) throws MalformedException {
        return new BundleVerifier(bundle, trust).judge();
    }

    private Verification judge() throws MalformedException {
        Optional<Digest> fingerprint = trustBytes.map(TrustFile::fingerprint);
        Optional<TrustFile> given =
                trustBytes.isPresent() ? Optional.of(TrustFile.parse(trustBytes.get())) : Optional.empty();
        Optional<Members> members = members();
        if (members.isEmpty()) {
            return new Verification(findings.checks(), fingerprint, given.isPresent() && isDemo(given.get()));
        }
        Optional<TrustFile> trust = given.isPresent() ? given : claimed(members.get());
        if (trust.isEmpty()) {
            return new Verification(findings.checks(), fingerprint, false);
        }
        Optional<BundleIndex> index = index(members.get(), trust.get());
        index.ifPresent(read -> judge(members.get(), trust.get(), read));
        boolean demo = isDemo(trust.get())
                || index.map(BundleIndex::gatewayOrigin)
                        .filter(BundleVerifier::isDemo)
                        .isPresent();
        return new Verification(findings.checks(), fingerprint, demo);
    }

    private Optional<Members> members() {
        List<Members> read = new ArrayList<>();
        findings.check("canonical zip", () -> {
            read.add(new Members(CanonicalZip.read(bundle)));
            return "rebuilt from its " + read.get(0).all().size() + " members it has the same bytes";
        });
        return read.stream().findFirst();
    }

    /** The stand-in: enough to see whether the bundle agrees with itself. */
    private Optional<TrustFile> claimed(Members members) {
        List<TrustFile> read = new ArrayList<>();
        findings.check("trust file", () -> {
            read.add(TrustFile.parse(members.need(BundleMembers.CLAIMED_TRUST)));
            throw new MissingException("none was given: the keys are the gateway's own word and are not confirmed");
        });
        return read.stream().findFirst();
    }

    private Optional<BundleIndex> index(Members members, TrustFile trust) {
        List<BundleIndex> read = new ArrayList<>();
        findings.check("signature of the bundle", () -> {
            SignedDocument document = members.document(BundleMembers.INDEX);
            read.add(document.read(BundleIndex.TYPE, BundleIndex.class));
            Digest key = Signer.trusted(document, trust.manifestKeys(), "manifest key");
            require(
                    read.get(0).gatewayOrigin().equals(trust.gatewayOrigin()),
                    "the bundle is of another gateway than the trust file");
            return "bundle.json is signed by the manifest key " + key;
        });
        return read.stream().findFirst();
    }

    private void judge(Members members, TrustFile trust, BundleIndex index) {
        findings.check("members", () -> compare(members, index));
        LogChecks log = new LogChecks(findings, members, trust);
        if (log.run()) {
            new OrderChecks(findings, members, trust, index, log).run();
        }
        notes(trust, index);
    }

    private static String compare(Members members, BundleIndex index) throws ForgedException, MissingException {
        Set<String> extra = new TreeSet<>(members.all().keySet());
        extra.removeAll(index.members().keySet());
        extra.remove(BundleMembers.INDEX);
        require(extra.isEmpty(), "members that bundle.json does not name: " + String.join(", ", extra));
        List<String> missing = new ArrayList<>();
        for (var named : index.members().entrySet()) {
            Optional<byte[]> bytes = members.find(named.getKey());
            if (bytes.isEmpty()) {
                missing.add(named.getKey());
            } else {
                require(Digest.sha256(bytes.get()).equals(named.getValue()), named.getKey() + " was altered");
            }
        }
        need(missing.isEmpty(), "members that bundle.json names and that are not there: " + String.join(", ", missing));
        return index.members().size() + " members, each with the digest that bundle.json names";
    }

    /** What this version of the gateway cannot prove yet, said where the reader looks for it. */
    private void notes(TrustFile trust, BundleIndex index) {
        if (trust.policy().equals(TrustFile.POLICY_NONE)) {
            findings.note("witnesses", "not witnessed: the checkpoints carry the log's own signature only");
        } else {
            findings.check("witnesses", () -> {
                throw new MissingException("the policy asks for witnesses, and this version checks no cosignatures");
            });
        }
        findings.note("time", "not time-stamped: times are those of the gateway's log");
        findings.note(
                "call-back",
                index.calledBack()
                        ? "the gateway says that the issuer was called back on the register's number"
                        : "not called back: nobody confirmed the order with its issuer by telephone");
    }

    private static boolean isDemo(TrustFile trust) {
        return isDemo(trust.gatewayOrigin())
                || trust.logs().stream().anyMatch(log -> log.origin().startsWith(DEMO_HOST + "/"));
    }

    private static boolean isDemo(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && (host.equals(DEMO_HOST) || host.endsWith("." + DEMO_HOST));
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }
}
