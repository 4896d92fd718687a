// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.testkit.witness.TestWitness;

/** Police, resellers, hoster: three witnesses on loopback ports, two of them enough. */
final class WitnessTrio implements AutoCloseable {

    private final List<TestWitness> witnesses;

    WitnessTrio(NoteKey log, InstantSource clock) {
        this.witnesses = Stream.of("police", "resellers", "hoster")
                .map(name -> new TestWitness(name, List.of(log), clock, new SecureRandom()))
                .toList();
    }

    String policy() {
        return TestWitness.policy(2, witnesses);
    }

    TestWitness of(int number) {
        return witnesses.get(number);
    }

    void stop(int... numbers) {
        for (int number : numbers) {
            witnesses.get(number).stop();
        }
    }

    void start(int... numbers) {
        for (int number : numbers) {
            witnesses.get(number).start();
        }
    }

    @Override
    public void close() {
        witnesses.forEach(TestWitness::close);
    }
}
