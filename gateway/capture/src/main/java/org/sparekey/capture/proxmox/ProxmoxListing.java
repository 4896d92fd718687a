// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import tools.jackson.databind.JsonNode;

/**
 * Every virtual machine and container of a Proxmox VE cluster, 7.x to 9.x. The list of guests has no identifiers and
 * leaves out silently what the account may not see, so each guest's configuration is asked for, and a listing counts as
 * complete only where the account may see all of {@code /vms}, the cluster has its majority, every node is there, and
 * the list is the same at the end.
 */
public final class ProxmoxListing implements GuestSource {

    static final String SOURCE = "proxmox";

    /** One question for each guest: more would take longer than two looks are apart. */
    static final int MAX_GUESTS = 20_000;

    private static final String RESOURCES = "/cluster/resources?type=vm";
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?");
    private static final Pattern VM_ID = Pattern.compile("[1-9][0-9]{0,8}");

    private final ProxmoxSettings settings;

    public ProxmoxListing(ProxmoxSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "proxmox " + settings.cluster();
    }

    @Override
    public Listing list() {
        List<ListedGuest> guests = new ArrayList<>();
        Set<Gap> gaps = new LinkedHashSet<>();
        try (ProxmoxApi api = ProxmoxApi.open(settings)) {
            list(api, guests, gaps);
        } catch (GapException e) {
            gaps.add(e.gap());
        } catch (IOException e) {
            gaps.add(new Gap(settings.cluster(), Gap.Reason.UNREACHABLE));
        }
        return new Listing(settings.cluster(), guests, List.copyOf(gaps));
    }

    private void list(ProxmoxApi api, List<ListedGuest> guests, Set<Gap> gaps) throws GapException {
        permitted(api, gaps);
        nodes(api, gaps);
        List<Resource> before = resources(api);
        for (Resource one : before) {
            try {
                guest(api, one, gaps).ifPresent(guests::add);
            } catch (GapException e) {
                gaps.add(e.gap());
            }
        }
        if (!resources(api).equals(before)) {
            gaps.add(new Gap(settings.cluster(), Gap.Reason.CHANGED_WHILE_LISTED));
        }
    }

    /** {@code VM.Audit} on all of {@code /vms}, handed down; a token without it is shown fewer guests and no error. */
    private void permitted(ProxmoxApi api, Set<Gap> gaps) throws GapException {
        JsonNode permissions =
                api.get(settings.cluster(), "/access/permissions?path=/vms").path("/vms");
        if (!yes(permissions.path("VM.Audit"))) {
            gaps.add(new Gap(settings.cluster(), Gap.Reason.NOT_PERMITTED));
        }
    }

    private void nodes(ProxmoxApi api, Set<Gap> gaps) throws GapException {
        for (JsonNode one : api.get(settings.cluster(), "/cluster/status")) {
            String type = one.path("type").asString("");
            if (type.equals("cluster") && !yes(one.path("quorate"))) {
                gaps.add(new Gap(settings.cluster(), Gap.Reason.NO_QUORUM));
            }
            if (type.equals("node") && !yes(one.path("online"))) {
                gaps.add(new Gap(one.path("name").asString(""), Gap.Reason.NODE_OFFLINE));
            }
        }
    }

    /** Documented as a boolean, sent as 1. */
    private static boolean yes(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : value.asString("").equals("1");
    }

    /** Where a guest is; what changes by itself (load, uptime) is not part of it. */
    private record Resource(String type, String node, String vmId, String name, String status) {}

    private List<Resource> resources(ProxmoxApi api) throws GapException {
        List<Resource> resources = new ArrayList<>();
        for (JsonNode one : api.get(settings.cluster(), RESOURCES)) {
            Resource resource = new Resource(
                    one.path("type").asString(""),
                    one.path("node").asString(""),
                    one.path("vmid").asString(""),
                    one.path("name").asString(""),
                    one.path("status").asString(""));
            if (resource.type().matches("qemu|lxc") && !yes(one.path("template"))) {
                resources.add(wellFormed(resource));
            }
        }
        if (resources.size() > MAX_GUESTS) {
            throw new GapException(settings.cluster(), Gap.Reason.TOO_LARGE, null);
        }
        return resources.stream()
                .sorted(Comparator.comparing(Resource::vmId).thenComparing(Resource::node))
                .toList();
    }

    /** Both are put into the path of a question. */
    private Resource wellFormed(Resource resource) throws GapException {
        if (!NODE.matcher(resource.node()).matches()
                || !VM_ID.matcher(resource.vmId()).matches()) {
            throw new GapException(settings.cluster(), Gap.Reason.MALFORMED, null);
        }
        return resource;
    }

    private Optional<ListedGuest> guest(ProxmoxApi api, Resource one, Set<Gap> gaps) throws GapException {
        String path = "/nodes/" + one.node() + "/" + one.type() + "/" + one.vmId() + "/config";
        GuestConfig config = new GuestConfig(api.get(one.vmId(), path));
        if (config.template()) {
            return Optional.empty();
        }
        if (!one.status().matches("running|stopped|paused|suspended")) {
            gaps.add(new Gap(one.vmId(), Gap.Reason.UNREACHABLE)); // "unknown": its node has not reported lately
            return Optional.empty();
        }
        return Optional.of(ListedGuest.of(
                SOURCE,
                one.type().equals("lxc") ? ListedGuest.Kind.CONTAINER : ListedGuest.Kind.VM,
                settings.cluster(),
                Optional.of(one.node()),
                one.name(),
                one.vmId(),
                config.uuid(),
                !one.status().equals("stopped"),
                config.identifiers()));
    }
}
