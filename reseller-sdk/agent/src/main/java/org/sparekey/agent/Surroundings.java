// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.Console;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sparekey.client.ClientSettings;

/**
 * What the command finds around it.
 *
 * @param client clock, randomness and waits, the same for the agent and for the client it uses
 * @param terminal whether somebody watches: only then is progress drawn
 * @param pause between two runs of {@code --every}
 */
record Surroundings(ClientSettings client, boolean terminal, Pause pause) {

    /** Waits; answers false when the process is asked to end, so that nothing new is begun. */
    interface Pause {
        boolean goesOnAfter(Duration wait) throws InterruptedException;
    }

    InstantSource clock() {
        return client.clock();
    }

    SecureRandom random() {
        return client.random();
    }

    /** Those of a process: a SIGTERM ends the pause. What it cuts off in mid-batch the next run sends again. */
    static Surroundings ofProcess() {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "end"));
        return new Surroundings(
                ClientSettings.usual(),
                isTerminal(System.console()),
                wait -> !ended.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** JDK 22 to 24 have a console in a pipe too, and say that it is no terminal. */
    private static boolean isTerminal(@org.jspecify.annotations.Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }
}
