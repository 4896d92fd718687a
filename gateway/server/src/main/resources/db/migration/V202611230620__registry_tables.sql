-- SPDX-License-Identifier: EUPL-1.2
-- What resellers registered. Rows are only added: every row says since when something is so (valid_from) and since when
-- the gateway knows (recorded_at), so that an answer can be given as it was known at any instant.

-- The lock of a reseller's batches, and their numbering.
CREATE TABLE registry_reseller (
    reseller    text PRIMARY KEY,
    last_seq    bigint NOT NULL,
    recorded_at timestamptz NOT NULL
);

-- One row for each accepted batch: the same batch gets the same answer for ever.
CREATE TABLE registry_batch (
    batch_id    uuid PRIMARY KEY,
    reseller    text NOT NULL,
    seq         bigint NOT NULL,
    digest      bytea NOT NULL UNIQUE,
    header      text NOT NULL,
    line_hashes bytea NOT NULL,
    verdicts    bytea NOT NULL,
    leaf_hash   bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (reseller, seq)
);

-- Whose a vpsRef is; the first to name it.
CREATE TABLE registry_vps (
    vps_ref  text PRIMARY KEY,
    reseller text NOT NULL
);

-- The accepted lines, as the exact bytes that were signed.
CREATE TABLE registry_registration (
    vps_ref     text NOT NULL REFERENCES registry_vps,
    valid_from  timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    reseller    text NOT NULL,
    batch_id    uuid NOT NULL,
    line        integer NOT NULL,
    record      bytea NOT NULL,
    PRIMARY KEY (vps_ref, valid_from, recorded_at)
);
CREATE INDEX registry_registration_reseller ON registry_registration (reseller, recorded_at);

-- Which vpsRef ever bore an identifier, to find its history from a UUID, a VM id, a disk or a MAC.
CREATE TABLE registry_identifier (
    cluster  text NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('UUID', 'VM_ID', 'DISK', 'MAC')),
    value    text NOT NULL,
    vps_ref  text NOT NULL REFERENCES registry_vps,
    reseller text NOT NULL,
    PRIMARY KEY (cluster, kind, value, vps_ref)
);

-- Which vpsRef ever held an address. A move is one row: it closes for the one and opens for the other at one instant.
-- No GiST over inet: a lookup probes the legal prefix lengths.
CREATE TABLE registry_address (
    routing_domain text NOT NULL,
    ip             cidr NOT NULL,
    protocol       text NOT NULL,
    port_from      integer NOT NULL,
    port_to        integer NOT NULL,
    vps_ref        text NOT NULL REFERENCES registry_vps,
    released       boolean NOT NULL,
    valid_from     timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    UNIQUE (routing_domain, ip, protocol, port_from, port_to, valid_from, recorded_at)
);
CREATE INDEX registry_address_ip ON registry_address (ip, valid_from DESC);

REVOKE UPDATE, DELETE ON registry_batch, registry_vps, registry_registration, registry_identifier, registry_address
    FROM sparekey_app;
REVOKE DELETE ON registry_reseller FROM sparekey_app;
