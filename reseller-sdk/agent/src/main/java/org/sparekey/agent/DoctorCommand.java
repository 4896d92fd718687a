// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.RegistrationHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Looks at everything a sync needs, one line each, and says what to do about what is wrong. Registers nothing. */
@NullUnmarked
@Command(
        name = "doctor",
        description = "Says whether everything a sync needs is there.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Option(names = "--offline", description = "do not ask the gateway")
    private boolean offline;

    DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws Exception {
        Report.Writing report = new Report.Writing("doctor");
        boolean files = new FilesCheck(place, around.clock()).check(report);
        if (files && !offline) {
            gateway(report);
        }
        return printing.print(report.done());
    }

    /** A dropped, repeated or set-back batch shows in the numbers and digests of the last one on both sides. */
    private static void standing(ResellerClient client, Report.Writing report) throws IOException {
        RegistrationHead.Standing standing = client.standing();
        if (standing == RegistrationHead.Standing.IN_STEP) {
            report.line("ok: your last batch is the gateway's last batch");
        } else if (client.hasPending()) {
            report.problem(ExitCode.PENDING, "a batch was sent and not answered: the next sync sends it again");
        } else if (standing == RegistrationHead.Standing.GATEWAY_AHEAD) {
            report.problem(
                    ExitCode.CONFLICT,
                    "the gateway holds batches that this ledger does not know: who else uses your keys?");
        } else {
            report.problem(
                    ExitCode.NOT_AUTHENTIC,
                    "the gateway lacks or denies batches that it gave receipts for: keep the ledger, it is evidence");
        }
    }

    /** One signed question: an answer proves channel, keys, enrolment and clock at once. */
    private void gateway(Report.Writing report) throws Exception {
        try (ResellerClient client = place.client(around)) {
            JsonNode view = Wire.tree(client.view().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            report.line(
                    "ok: the gateway answers, its answer is authentic, your keys are enrolled, your clock is in time");
            report.line("ok: it holds " + view.path("registrations").size() + " registrations of yours in "
                    + view.path("batches").size() + " batches");
            standing(client, report);
        } catch (IOException | MalformedException | RuntimeException e) {
            Agent.Failure failure = Agent.Failure.of(e);
            report.problem(failure.exit(), "gateway: " + failure.words());
        }
    }
}
