// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/** A hoster's key files, as a gateway finds them. */
public record TestKeys(Path directory, Path passphraseFile) {

    public static TestKeys write(Path directory) throws IOException {
        SecureRandom random = new SecureRandom();
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        TestCa ca = TestCa.root("Hoster Voorbeeld", URI.create("file:/none.crl"), InstantSource.fixed(now), random);
        KeyFiles files = new KeyFiles(random);
        Path passphraseFile = directory.resolve("passphrase");
        char[] passphrase = files.passphrase(passphraseFile);
        for (String name : new String[] {"message", "statement", "manifest"}) {
            files.pkcs12(directory.resolve(name + ".p12"), ca.issue(Purpose.DOCUMENT, name), passphrase);
        }
        for (String log : new String[] {"log-registry", "log-case"}) {
            Wanted wanted = Wanted.of(Purpose.DOCUMENT, log, now).kind(KeyKind.ED25519);
            files.pkcs12(directory.resolve(log + ".p12"), ca.issue(wanted), passphrase);
        }
        return new TestKeys(directory, passphraseFile);
    }

    public Keys load() {
        return Keys.load(directory, passphraseFile);
    }
}
