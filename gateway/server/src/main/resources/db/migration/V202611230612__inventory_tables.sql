-- SPDX-License-Identifier: EUPL-1.2
-- What the hoster himself knows: whose prefix and server it is, and what his hypervisors run. Assignments and the
-- address plan are only added to: a later row for the same thing and begin replaces the earlier one from its recording
-- on, so that an answer given last year can be given again as it was.

CREATE TABLE inventory_assignment (
    kind        text NOT NULL CHECK (kind IN ('PREFIX', 'SERVER', 'PORT')),
    value       text NOT NULL,
    prefix      cidr,
    reseller    text NOT NULL,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz CHECK (valid_to > valid_from),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (kind, value, valid_from, recorded_at),
    CHECK ((kind = 'PREFIX') = (prefix IS NOT NULL))
);
CREATE INDEX inventory_assignment_prefix ON inventory_assignment (prefix, valid_from DESC) WHERE prefix IS NOT NULL;
CREATE INDEX inventory_assignment_reseller ON inventory_assignment (reseller);

CREATE TABLE inventory_address_plan (
    prefix      cidr NOT NULL,
    cluster     text NOT NULL,
    vm_id       text NOT NULL,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz CHECK (valid_to > valid_from),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (prefix, valid_from, recorded_at)
);

-- One row while nothing about the guest changes; each complete poll moves seen_to. A guest that is not seen is not
-- "removed": its row just ends.
CREATE TABLE inventory_observation (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster            text NOT NULL,
    uuid               text NOT NULL,
    vm_id              text NOT NULL,
    disk_ids           text[] NOT NULL,
    macs               text[] NOT NULL,
    addresses          text[] NOT NULL,
    configuration_hash bytea NOT NULL,
    running            boolean NOT NULL,
    seen_from          timestamptz NOT NULL,
    seen_to            timestamptz NOT NULL CHECK (seen_to >= seen_from)
);
CREATE INDEX inventory_observation_uuid ON inventory_observation (cluster, uuid, seen_from DESC);
CREATE INDEX inventory_observation_vm_id ON inventory_observation (cluster, vm_id, seen_from DESC);
CREATE INDEX inventory_observation_seen ON inventory_observation (seen_to DESC);
CREATE INDEX inventory_observation_addresses ON inventory_observation USING gin (addresses);

-- Complete listings only.
CREATE TABLE inventory_poll (
    polled_at timestamptz PRIMARY KEY,
    guests    integer NOT NULL
);

REVOKE UPDATE, DELETE ON inventory_assignment, inventory_address_plan, inventory_poll FROM sparekey_app;
REVOKE DELETE ON inventory_observation FROM sparekey_app;
