// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The written form of an order that was given by word of mouth (126nd(4), 126ni(3) Sv), within three days. */
@NullUnmarked
@Command(
        name = "confirm",
        description =
                "Confirms in writing what was ordered by word of mouth: makes, signs and submits the confirmation.",
        mixinStandardHelpOptions = true)
final class OrderConfirmCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    @Mixin
    private OrderOptions.Authorised authorised;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            if (authorised.authority != null || authorised.reference != null) {
                SignedDocument signed =
                        followup.authorisedLater(connection, channel, OrderKind.ORAL_CONFIRMATION, authorised);
                return printing.result(
                        ExitCode.OK,
                        new ToAuthorise(signed.digest()),
                        "signed, not sent: " + signed.digest() + "; order submit it with --validator");
            }
            return printing.status(followup.send(connection, channel, OrderKind.ORAL_CONFIRMATION, List.of()));
        }
    }

    /** @param order digest of the confirmation, which the judge's document names */
    record ToAuthorise(Digest order) {}
}
