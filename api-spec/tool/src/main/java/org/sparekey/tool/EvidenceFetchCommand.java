// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the delivery folder of an order; what is there already is not fetched twice, what broke off is resumed. */
@NullUnmarked
@Command(name = "fetch", description = "Fetches the sealed evidence of an order.", mixinStandardHelpOptions = true)
final class EvidenceFetchCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the folder to fetch into")
    private Path out;

    @Option(names = "--quiet", description = "no progress bar")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        boolean timeStamped;
        try (Channel channel = connection.open();
                Bar bar = Bar.of("fetch", quiet)) {
            timeStamped = new EvidenceFetcher(channel, orderId, bar::at).into(out);
        }
        printing.line("fetched into " + out);
        printing.line(
                timeStamped
                        ? "time-stamp of the manifest: manifest.tsr; openssl ts -verify judges it"
                        : "the manifest is not time-stamped; fetch again later");
        return ExitCode.OK;
    }
}
