// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Parties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What {@code production} promises and this gateway cannot keep, each in a sentence. A guarantee that is not built yet is
 * absent: better a gateway that does not start than one that is believed too much.
 */
final class Guarantees {

    /** In the subject of every certificate of the test PKI. */
    static final String TEST_UNIT = "OU=Sparekey test PKI";

    /** Without it no evidence is taken, sealed or delivered. */
    private static final String EVIDENCE_DIRECTORY = "sparekey.evidence.directory";

    private static final String CALL_BACK = "sparekey.orders.call-back";

    private static final int TWO = 2;

    private Guarantees() {}

    /** What must be asked of the log. */
    record Provable(AuditLog log, TimeStamping time) {}

    static List<String> absent(
            GatewaySettings settings, Environment environment, Keys keys, Parties parties, Provable provable) {
        List<String> absent = new ArrayList<>(unwitnessed(settings, provable.log()));
        absent.addAll(time(settings, provable.time()));
        absent.addAll(unheard(environment));
        absent.addAll(notBuilt());
        if (environment.getProperty(CALL_BACK, "").equalsIgnoreCase("OFF")) {
            absent.add("Orders are not called back: " + CALL_BACK + " is OFF.");
        }
        if (settings.origin().contains(".invalid") || settings.host().endsWith(".invalid")) {
            absent.add("The origin is under .invalid, which is for demonstrations.");
        }
        if (settings.origin().startsWith("https://localhost")) {
            absent.add("The origin is localhost, where no authority can reach it.");
        }
        if (isTest(keys.message().certificate())
                || isTest(keys.statement().certificate())
                || isTest(keys.manifest().certificate())) {
            absent.add("The gateway's keys are certified by a test CA.");
        }
        if (parties.allKeys().stream().anyMatch(key -> isTest(key.certificate()))) {
            absent.add("Enrolled keys are certified by a test CA.");
        }
        if (environment
                .getProperty("sparekey.hypervisor.driver", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("image")) {
            absent.add("The capture driver reads image files, not running guests.");
        }
        if (parties.hoster().isEmpty()) {
            absent.add("There is nobody on the list of parties: run gateway bootstrap first.");
        }
        return absent;
    }

    /** Two witnesses on one machine are one witness, and one on ours is none. Two with one key no policy can name. */
    private static List<String> unwitnessed(GatewaySettings settings, AuditLog log) {
        List<String> absent = new ArrayList<>();
        for (LogName name : LogName.values()) {
            var guaranteed = log.guarantees(name);
            if (!guaranteed.witnessed()) {
                absent.add("No witnesses cosign the log " + name.text() + ": its policy is quorum none.");
            }
            Set<String> hosts = new HashSet<>();
            for (String host : guaranteed.witnessHosts()) {
                if (!hosts.add(host)) {
                    absent.add("Two witnesses of the log " + name.text() + " run on one host, " + host + ".");
                }
                if (own(settings, host)) {
                    absent.add(
                            "A witness of the log " + name.text() + " runs on the gateway's own host, " + host + ".");
                }
            }
        }
        return absent;
    }

    private static boolean own(GatewaySettings settings, String host) {
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return loopback
                || host.equals(settings.host())
                || host.equals(URI.create(settings.origin()).getHost());
    }

    /** Whoever alone hears an alarm can keep it to himself. */
    private static List<String> unheard(Environment environment) {
        Binder settings = Binder.get(environment);
        Set<String> ears = new HashSet<>();
        for (String name : List.of("sparekey.alarms.webhooks", "sparekey.alarms.mail.to")) {
            ears.addAll(settings.bind(name, Bindable.listOf(String.class)).orElse(List.of()));
        }
        return ears.size() < TWO
                ? List.of("Alarms reach fewer than two parties: name two among sparekey.alarms.webhooks and mail.to.")
                : List.of();
    }

    /** {@code observe} promises the opposite: that this gateway cannot capture at all. */
    static Optional<String> captureRight(Environment environment) {
        return environment.containsProperty(EVIDENCE_DIRECTORY)
                ? Optional.of("Mode observe has no right to capture: leave out " + EVIDENCE_DIRECTORY + ".")
                : Optional.empty();
    }

    private static List<String> notBuilt() {
        return List.of("Secrets may have been generated by the installer: no check tells them apart yet.");
    }

    /** An authority of the hoster's own would stamp whatever time he likes. */
    private static List<String> time(GatewaySettings settings, TimeStamping time) {
        if (time.location().isEmpty()) {
            return List.of("No time-stamp authority outside the hoster is configured.");
        }
        List<String> absent = new ArrayList<>();
        if (time.certificates().stream().anyMatch(Guarantees::isTest)) {
            absent.add("The time-stamp authority is a test authority.");
        }
        String host = String.valueOf(time.location().get().getHost());
        if (host.equals(settings.host()) || host.equals("localhost") || host.matches("127\\..*|\\[::1]")) {
            absent.add("The time-stamp authority runs on the gateway's own machine.");
        }
        return absent;
    }

    private static boolean isTest(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().contains(TEST_UNIT);
    }
}
