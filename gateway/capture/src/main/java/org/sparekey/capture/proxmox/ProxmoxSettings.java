// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import java.net.URI;
import java.nio.file.Path;

/**
 * How to reach one cluster.
 *
 * @param cluster the hoster's name for it, as registrations name it
 * @param origin {@code https://pve1.example.org:8006}; plain http only to this machine
 * @param tokenFile holds {@code USER@REALM!TOKENID=SECRET} and nothing else
 * @param ca the cluster's own authority, PEM ({@code /etc/pve/pve-root-ca.pem}): no other certificate is accepted
 */
public record ProxmoxSettings(String cluster, URI origin, Path tokenFile, Path ca) {

    public ProxmoxSettings {
        boolean loopback = "http".equals(origin.getScheme()) && "127.0.0.1".equals(origin.getHost());
        if (!loopback && !"https".equals(origin.getScheme())) {
            throw new IllegalArgumentException("a Proxmox origin is https");
        }
        if (origin.getRawPath() != null && !origin.getRawPath().isEmpty() || origin.getRawQuery() != null) {
            throw new IllegalArgumentException("a Proxmox origin has no path");
        }
    }
}
