// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;

/** Where a log lies in tlog-tiles layout: {@code checkpoint} and {@code tile/...} below one address. */
@FunctionalInterface
interface PublishedLog {

    /**
     * @param path below the log's address
     * @param atMost bytes
     * @throws IOException when it is not there, cannot be reached, or is larger
     */
    byte[] read(String path, int atMost) throws IOException;
}
