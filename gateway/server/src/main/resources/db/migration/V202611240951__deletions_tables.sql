-- SPDX-License-Identifier: EUPL-1.2
-- Terminated machines: one row for each life of a machine, whoever says so and how often. Nothing here is shown to a reseller
-- but the first seven columns, and none of those depends on an order.

CREATE TABLE deletions_deletion (
    deletion_id      text PRIMARY KEY,
    requester        text NOT NULL,
    owner            text NOT NULL,
    asset            bytea NOT NULL,
    requested_at     timestamptz NOT NULL,
    deleted_on       timestamptz NOT NULL,
    request_leaf     bytea,
    vps_ref          text NOT NULL,
    tenancy_ref      text NOT NULL,
    bulk_group       text,
    bulk_approved_at timestamptz,
    state            text NOT NULL CHECK (state IN ('waiting', 'permitted', 'quarantined', 'destroyed')),
    attempt          integer NOT NULL DEFAULT 0,
    case_seq         bigint,
    last_leaf        bytea,
    UNIQUE (vps_ref, tenancy_ref)
);
CREATE INDEX deletions_deletion_owner ON deletions_deletion (owner, deleted_on);
CREATE INDEX deletions_deletion_open ON deletions_deletion (deleted_on) WHERE state <> 'destroyed';
CREATE INDEX deletions_deletion_bulk ON deletions_deletion (bulk_group) WHERE bulk_approved_at IS NULL;

-- Every signed request that was answered: the same one is answered the same for ever.
CREATE TABLE deletions_request (
    digest      bytea PRIMARY KEY,
    deletion_id text NOT NULL REFERENCES deletions_deletion,
    requester   text NOT NULL,
    document    text NOT NULL,
    received_at timestamptz NOT NULL
);

-- Numbered permits; the outcome that was reported of each.
CREATE TABLE deletions_attempt (
    deletion_id text NOT NULL REFERENCES deletions_deletion,
    attempt     integer NOT NULL,
    act         text NOT NULL CHECK (act IN ('DELETE', 'MOVE_TO_QUARANTINE')),
    entry_leaf  bytea NOT NULL,
    until       timestamptz NOT NULL,
    outcome     text CHECK (outcome IN ('DESTROYED', 'QUARANTINED', 'FAILED')),
    PRIMARY KEY (deletion_id, attempt)
);

-- How many machines one party terminated in one UTC day; its row orders those who do so at the same moment.
CREATE TABLE deletions_day (
    requester  text NOT NULL,
    day        date NOT NULL,
    tally      integer NOT NULL,
    bulk_group text NOT NULL UNIQUE,
    PRIMARY KEY (requester, day)
);
