// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's own log lines, which the operator's collector reads. */
final class LogChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void send(Notice notice) {
        if (notice.change() == Notice.Change.OPENED) {
            LOG.error("{}: {}", notice.headline(), notice.kind().words());
        } else {
            LOG.warn("{}", notice.headline());
        }
    }
}
