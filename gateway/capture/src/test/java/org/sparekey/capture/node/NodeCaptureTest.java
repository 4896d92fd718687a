// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.seal.SealedCapture;

class NodeCaptureTest extends CaptureHostContract {

    @Override
    SealedCapture capture() throws IOException {
        return switch (fixture.take(fixture.tickets.good())) {
            case NodeOutcome.Captured(var _, SealedCapture sealed) -> sealed;
            case NodeOutcome.NotCaptured(var _, var refusal) -> throw new CaptureException(refusal, "on the node");
            case NodeOutcome.Refused(var fault, var why) -> throw new AssertionError(fault + " " + why);
        };
    }
}
