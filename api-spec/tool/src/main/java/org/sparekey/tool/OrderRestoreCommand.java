// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a take-down made inaccessible is to be accessible again; ordered here, and done when the status says restored. */
@NullUnmarked
@Command(
        name = "restore",
        description = "Orders that a take-down is undone: makes, signs and submits the restore order.",
        mixinStandardHelpOptions = true)
final class OrderRestoreCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return printing.status(followup.send(connection, channel, OrderKind.RESTORE, List.of()));
        }
    }
}
