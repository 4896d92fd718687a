// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import org.sparekey.capture.seal.SealedCapture;

class InProcessCaptureTest extends CaptureHostContract {

    @Override
    SealedCapture capture() throws IOException {
        return fixture.inProcess();
    }
}
