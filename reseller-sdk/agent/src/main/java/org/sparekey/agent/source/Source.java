// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;

/** Where the reseller's machines are listed. Reads only. */
public interface Source {

    /**
     * Lists what there is now.
     *
     * @throws SourceException when nothing of it can be used
     * @throws IOException when it cannot be read
     */
    Listing list() throws IOException, SourceException;
}
