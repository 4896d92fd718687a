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
import org.sparekey.protocol.timestamp.TimeStamps;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

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
    private final TimeStamps stamps;
    private final boolean outermost;

    private BundleVerifier(byte[] bundle, Optional<byte[]> trustBytes, TimeStamps stamps, boolean outermost) {
        this.bundle = bundle;
        this.trustBytes = trustBytes;
        this.stamps = stamps;
        this.outermost = outermost;
    }

    /**
     * @param bundle bytes of bundle.zip
     * @param trust bytes of trust.json, from anywhere but the bundle's sender
     * @param stamps judges time-stamps
     * @throws MalformedException when the trust file itself cannot be read: then nothing was judged
     */
    public static Verification verify(byte[] bundle, Optional<byte[]> trust, TimeStamps stamps)
            throws MalformedException {
        return new BundleVerifier(bundle, trust, stamps, true).judge();
    }

    /** The same with our own judge of time-stamps, which needs {@code bcpkix} beside this library. */
    public static Verification verify(byte[] bundle, Optional<byte[]> trust) throws MalformedException {
        return verify(bundle, trust, new CmsTimeStamps());
    }

    private Verification judge() throws MalformedException {
        Optional<TrustFile> given =
                trustBytes.isPresent() ? Optional.of(TrustFile.parse(trustBytes.get())) : Optional.empty();
        Optional<Members> members = members();
        if (members.isEmpty()) {
            return verification(given, Optional.empty());
        }
        Optional<TrustFile> trust = given.isPresent() ? given : claimed(members.get());
        if (trust.isEmpty()) {
            return verification(trust, Optional.empty());
        }
        Optional<BundleIndex> index = index(members.get(), trust.get());
        index.ifPresent(read -> judge(members.get(), trust.get(), read));
        return verification(trust, index);
    }

    private Verification verification(Optional<TrustFile> trust, Optional<BundleIndex> index) {
        boolean demo = trust.filter(BundleVerifier::isDemo).isPresent()
                || index.filter(read -> isDemo(read.gatewayOrigin())).isPresent();
        return new Verification(findings.checks(), trustBytes.map(TrustFile::fingerprint), demo, index);
    }

    private Optional<Members> members() {
        List<Members> read = new ArrayList<>();
        findings.check(Topic.CANONICAL_ZIP, () -> {
            read.add(new Members(CanonicalZip.read(bundle)));
            return Sentence.of(Finding.CANONICAL, read.get(0).all().size());
        });
        return read.stream().findFirst();
    }

    /** The stand-in: enough to see whether the bundle agrees with itself. */
    private Optional<TrustFile> claimed(Members members) {
        List<TrustFile> read = new ArrayList<>();
        findings.check(Topic.TRUST_FILE, () -> {
            read.add(TrustFile.parse(members.need(BundleMembers.CLAIMED_TRUST)));
            throw new MissingException(Finding.NO_TRUST_FILE);
        });
        return read.stream().findFirst();
    }

    private Optional<BundleIndex> index(Members members, TrustFile trust) {
        List<BundleIndex> read = new ArrayList<>();
        findings.check(Topic.BUNDLE_SIGNATURE, () -> {
            SignedDocument document = members.document(BundleMembers.INDEX);
            read.add(document.read(BundleIndex.TYPE, BundleIndex.class));
            Digest key = Signer.trusted(document, trust.manifestKeys(), Finding.NOT_THE_MANIFEST_KEY);
            require(read.get(0).gatewayOrigin().equals(trust.gatewayOrigin()), Finding.ANOTHER_GATEWAY);
            return Sentence.of(Finding.BUNDLE_SIGNED, key);
        });
        return read.stream().findFirst();
    }

    private void judge(Members members, TrustFile trust, BundleIndex index) {
        findings.check(Topic.MEMBERS, () -> compare(members, index));
        if (!outermost && members.find(BundleMembers.PRESERVATION).isPresent()) {
            findings.check(Topic.WITHHELD_COPY, () -> {
                throw new ForgedException(Finding.COPY_NOT_TAKEN_OVER);
            });
            return;
        }
        LogChecks log = new LogChecks(findings, members, trust, index);
        if (!log.run()) {
            return;
        }
        OrderChecks orders = new OrderChecks(findings, members, trust, index, log, bundle -> enclosed(bundle, trust));
        orders.run();
        new SuspensionChecks(findings, log).run();
        orders.received().ifPresent(order -> new ThawChecks(findings, trust, log, order).run());
        new OutOfBandChecks(findings, trust, log).run();
        calledBack(index, trust, orders, log);
        new AnchorChecks(findings, members, trust, log).run();
        new WitnessChecks(findings, trust, log.heads()).run();
        new TimeChecks(findings, members, trust, log, stamps).run();
    }

    /** A freezing's bundle, under the trust that this one is judged by; in it nothing else has its place. */
    private Verification enclosed(byte[] preservation, TrustFile trust) {
        BundleVerifier within = new BundleVerifier(preservation, trustBytes, stamps, false);
        Optional<Members> read = within.members();
        read.flatMap(members -> within.index(members, trust))
                .ifPresent(index -> within.judge(read.orElseThrow(), trust, index));
        return within.verification(Optional.of(trust), Optional.empty());
    }

    private static Sentence compare(Members members, BundleIndex index) throws ForgedException, MissingException {
        Set<String> extra = new TreeSet<>(members.all().keySet());
        extra.removeAll(index.members().keySet());
        extra.remove(BundleMembers.INDEX);
        require(extra.isEmpty(), Finding.MEMBERS_NOT_NAMED, String.join(", ", extra));
        List<String> strange = members.strange();
        require(strange.isEmpty(), Finding.MEMBERS_WITHOUT_PLACE, String.join(", ", strange));
        Set<String> missing = new TreeSet<>();
        for (var named : index.members().entrySet()) {
            Optional<byte[]> bytes = members.find(named.getKey());
            if (bytes.isEmpty()) {
                missing.add(named.getKey());
            } else {
                require(Digest.sha256(bytes.get()).equals(named.getValue()), Finding.MEMBER_ALTERED, named.getKey());
            }
        }
        missing.addAll(members.gaps());
        need(missing.isEmpty(), Finding.MEMBERS_MISSING, String.join(", ", missing));
        return Sentence.of(Finding.MEMBERS_AS_NAMED, index.members().size());
    }

    /** By the entries, whatever the index says; a bundle that claims more than they prove claims too much. */
    private void calledBack(BundleIndex index, TrustFile trust, OrderChecks orders, LogChecks log) {
        Optional<CallBackChecks> entries = orders.received().map(order -> new CallBackChecks(trust, log, order));
        boolean due = trust.callBacksRequired() && orders.callBackDue();
        if (entries.isPresent() && due && entries.get().carriedOut().isPresent()) {
            findings.check(Topic.CALL_BACK, () -> entries.get().judgeDue(index.calledBack()));
        } else if (entries.isPresent() && (index.calledBack() || !entries.get().none())) {
            findings.check(Topic.CALL_BACK, () -> entries.get().judge(index.calledBack()));
        } else if (index.calledBack()) {
            findings.check(Topic.CALL_BACK, () -> {
                throw new ForgedException(Finding.CALL_BACK_UNPROVEN);
            });
        } else {
            findings.note(Topic.CALL_BACK, Finding.NOT_CALLED_BACK);
        }
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
