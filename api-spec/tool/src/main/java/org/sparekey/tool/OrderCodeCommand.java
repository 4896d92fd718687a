// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.callback.GivenCode;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The authority asks for the code that it says when the hoster calls. */
@NullUnmarked
@Command(
        name = "code",
        description = "Prints the one-time code to say when the hoster calls back; an earlier one ends.",
        mixinStandardHelpOptions = true)
final class OrderCodeCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(names = "--subject", defaultValue = "ISSUER", description = "issuer or validator (default: issuer)")
    private CallBackSubject subject;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        byte[] wanted = ("{\"subject\":\"" + subject + "\"}").getBytes(StandardCharsets.US_ASCII);
        try (Channel channel = connection.open()) {
            Call call = Call.post(
                    OrderCommand.ORDERS + "/" + orderId + "/call-back-codes", Content.of("application/json", wanted));
            GivenCode given = Connection.read(Connection.granted(channel, call), GivenCode.class);
            return printing.result(ExitCode.OK, given, given.code());
        }
    }
}
