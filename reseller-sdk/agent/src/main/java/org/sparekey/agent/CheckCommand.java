// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.agent.source.Listing;
import org.sparekey.agent.source.SourceException;
import org.sparekey.client.Vps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads the source and says what is wrong with it; no gateway, no keys, nothing written. */
@NullUnmarked
@Command(
        name = "check",
        description = "Reads the source and says what is wrong with it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private SourceOptions source;

    @Mixin
    private Printing printing;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, SourceException {
        Report.Writing report = new Report.Writing("check");
        Listing listing = source.open(around).list();
        report.line(listing.machines().size() + " machines");
        listing.gaps().forEach(gap -> report.problem(ExitCode.PARTLY, "gap: " + gap));
        doubles(listing, report);
        judge(listing, report);
        return printing.print(report.done());
    }

    /** One address on two machines is refused by a gateway, line by line; here it is found before. */
    private static void doubles(Listing listing, Report.Writing report) {
        Map<String, String> holders = new HashMap<>();
        for (Vps machine : listing.machines()) {
            for (String address : machine.addresses()) {
                String other = holders.putIfAbsent(address, machine.asset());
                if (other != null) {
                    report.problem(ExitCode.INCOMPLETE, address + " is on " + other + " and on " + machine.asset());
                }
            }
        }
    }

    private void judge(Listing listing, Report.Writing report) {
        long nobody = listing.machines().stream()
                .filter(machine -> machine.customer().isEmpty())
                .count();
        long nowhere = listing.machines().stream()
                .filter(machine -> machine.addresses().isEmpty())
                .count();
        if (nobody > 0) {
            report.line(nobody + " without a customer: registered at level L0, nobody is committed to");
        }
        if (nowhere > 0) {
            report.line(nowhere + " without an address: no question about an address will find them");
        }
        for (Vps machine : listing.machines()) {
            if (machine.validFrom().isAfter(around.clock().instant())) {
                report.problem(ExitCode.INCOMPLETE, machine.asset() + " is valid from an instant still to come");
            }
        }
    }
}
