// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.net.URI;
import java.nio.file.Path;

/**
 * How a Proxmox VE cluster is reached.
 *
 * @param url its API's origin, such as {@code https://pve.example:8006}
 * @param tokenFile one line, {@code USER@REALM!TOKENID=SECRET}; the token needs VM.Audit on /vms and nothing else
 * @param caFile PEM; no other certificates are trusted
 */
public record ProxmoxSettings(URI url, Path tokenFile, Path caFile) {

    public ProxmoxSettings {
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("the address of Proxmox VE is https://host:port");
        }
    }
}
