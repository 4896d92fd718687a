// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.registration.AssetKind;
import tools.jackson.databind.JsonNode;

/**
 * The guests of a Proxmox VE cluster: the list from {@code /cluster/resources}, what identifies each from its own
 * configuration. The list holds only what the token may see and leaves out silently what it may not, and the guests of a
 * node that is away have state "unknown": each of these is a gap.
 */
public final class ProxmoxSource implements Source {

    private static final String NAME = "[A-Za-z0-9.-]{1,63}";

    private final ProxmoxApi api;
    private final Joining joining;
    private final InstantSource clock;

    ProxmoxSource(ProxmoxApi api, Joining joining, InstantSource clock) {
        this.api = api;
        this.joining = joining;
        this.clock = clock;
    }

    @Override
    public Listing list() throws IOException, SourceException {
        List<String> gaps = new ArrayList<>();
        whoMaySee(gaps);
        nodes(gaps);
        List<Guest> guests = new ArrayList<>();
        JsonNode resources = api.get("/cluster/resources?type=vm");
        if (!resources.isArray()) {
            throw new SourceException("Proxmox VE lists no guests");
        }
        for (JsonNode resource : resources) {
            if (!yes(resource.path("template"))) {
                read(resource, guests, gaps);
            }
        }
        return joining.join(guests, gaps, clock.instant());
    }

    /** A yes here says that the privilege holds for everything below as well. */
    private void whoMaySee(List<String> gaps) throws IOException {
        JsonNode privileges = api.get("/access/permissions?path=/vms").path("/vms");
        if (!yes(privileges.path("VM.Audit"))) {
            gaps.add("the token may not see every guest (VM.Audit on /vms with propagation)");
        }
    }

    /** Documented as a boolean, sent as 1. */
    private static boolean yes(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : value.asString("").equals("1");
    }

    private void nodes(List<String> gaps) throws IOException {
        for (JsonNode node : api.get("/nodes")) {
            if (!node.path("status").asString("").equals("online")) {
                gaps.add("node " + node.path("node").asString("?") + " is not online");
            }
        }
    }

    private void read(JsonNode resource, List<Guest> guests, List<String> gaps) {
        String type = resource.path("type").asString("");
        String node = resource.path("node").asString("");
        String vm = resource.path("vmid").asString("");
        String status = resource.path("status").asString("");
        boolean container = type.equals("lxc");
        if (!(container || type.equals("qemu")) || !node.matches(NAME) || !vm.matches("[0-9]{1,9}")) {
            gaps.add("a guest of a form that is not known");
        } else if (status.equals("running") || status.equals("stopped") || status.equals("paused")) {
            try {
                JsonNode config = api.get("/nodes/" + node + "/" + type + "/" + vm + "/config");
                AssetKind kind = container ? AssetKind.CONTAINER : AssetKind.VM;
                guests.add(ProxmoxConfig.guest(kind, vm, node, !status.equals("stopped"), config));
            } catch (IOException e) {
                gaps.add("guest " + vm + " could not be read: " + e.getMessage());
            }
        } else {
            gaps.add("guest " + vm + " is in state " + (status.isEmpty() ? "?" : "unknown"));
        }
    }
}
