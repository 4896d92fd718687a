// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An officer calls the register's number and signs what was said. Without --heard and --denied it prints whom to call. */
@NullUnmarked
@Command(
        name = "call-back",
        description = "Prints whom to call on which number; with --heard or --denied signs what was said.",
        mixinStandardHelpOptions = true)
final class OrderCallBackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(names = "--officer", paramLabel = "NUMBER", description = "your number")
    private String officer;

    @Option(names = "--subject", defaultValue = "ISSUER", description = "issuer or validator (default: issuer)")
    private CallBackSubject subject;

    @Option(names = "--heard", paramLabel = "CODE", description = "the code that was said")
    private String heard;

    @Option(names = "--denied", description = "whoever answered says that the order is not theirs")
    private boolean denied;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            CallBackSheet sheet = Connection.read(
                    Connection.granted(channel, Call.get(OrderCommand.ORDERS + "/" + orderId + "/call-back-sheet")),
                    CallBackSheet.class);
            printing.aside(OrderOnFile.fetched(channel, orderId)
                    .is(sheet.orderDigest())
                    .words());
            if (heard == null && !denied) {
                return print(sheet);
            }
            if (officer == null || (heard != null && denied)) {
                throw new MalformedException("", "say --officer and one of --heard and --denied");
            }
            CallBackSheet.Call one = sheet.calls().stream()
                    .filter(call -> call.subject() == subject)
                    .findFirst()
                    .orElseThrow(() -> new MalformedException("", "nobody is to be called for this"));
            Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
            CallBackRecord record = new CallBackRecord(
                    CallBackRecord.VERSION,
                    CallBackRecord.TYPE,
                    sheet.orderDigest(),
                    subject,
                    one.authority(),
                    one.number(),
                    denied ? CallBackOutcome.DENIED : CallBackOutcome.CONFIRMED,
                    Optional.ofNullable(heard),
                    officer,
                    now,
                    Connection.random(CallBackRecord.SALT_BYTES));
            byte[] signed = SignedDocument.sign(CallBackRecord.TYPE, Wire.write(record), connection.documentKey(), now)
                    .compact()
                    .getBytes(StandardCharsets.US_ASCII);
            Call call = Call.post(
                    OrderCommand.ORDERS + "/" + orderId + "/call-backs", Content.of("application/jose", signed));
            return printing.status(Connection.read(Connection.granted(channel, call), OrderStatus.class));
        }
    }

    private int print(CallBackSheet sheet) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(Wire.write(sheet), StandardCharsets.UTF_8));
        out.flush();
        return sheet.done() ? ExitCode.OK : ExitCode.PENDING;
    }
}
