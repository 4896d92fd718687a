// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.sparekey.client.GatewayException;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;

/** A person's command: written down first, carried out at once where that is possible, else by the next run. */
final class CommandRun {

    private final Place place;
    private final Surroundings around;

    CommandRun(Place place, Surroundings around) {
        this.place = place;
        this.around = around;
    }

    Report run(String name, SpoolEvent event) throws IOException, MalformedException {
        Report.Writing report = new Report.Writing(name);
        place.commands().put(event, around.random());
        Optional<FileChannel> lock = place.state().lock();
        if (lock.isEmpty()) {
            return report.problem(ExitCode.PENDING, "another run is under way; the next run carries this out")
                    .done();
        }
        try (FileChannel held = lock.get();
                ResellerClient client = place.client(around)) {
            client.resume();
            new Commands(place, around, report).carryOut(new Registering(client, report));
        } catch (GatewayException e) {
            if (!e.mayPass()) {
                throw e;
            }
            report.problem(ExitCode.PENDING, e.getMessage() + "; the next run carries this out");
        }
        return report.done();
    }
}
