// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about one order. */
@NullUnmarked
@Command(
        name = "order",
        description = "Writes, checks, signs, submits, follows, changes and approves orders.",
        mixinStandardHelpOptions = true,
        subcommands = {
            OrderNewCommand.class,
            OrderCheckCommand.class,
            OrderSignCommand.class,
            OrderSubmitCommand.class,
            OrderStatusCommand.class,
            OrderShowCommand.class,
            OrderWithdrawCommand.class,
            OrderExtendCommand.class,
            OrderAnswerCommand.class,
            OrderConfirmCommand.class,
            OrderRestoreCommand.class,
            OrderAcknowledgeCommand.class,
            OrderApproveCommand.class,
            OrderCodeCommand.class,
            OrderCallBackCommand.class,
            OrderPaperCommand.class
        })
final class OrderCommand implements Runnable {

    static final String ORDERS = "/v1/orders";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
