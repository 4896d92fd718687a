-- SPDX-License-Identifier: EUPL-1.2
-- Listings of several sources, complete or not. A guest that is missing from one with gaps is not "removed"; only a
-- complete one says what does not run. (inventory_poll belonged to the single source before this and is not written any
-- more.)

CREATE TABLE inventory_listing (
    source    text NOT NULL,
    cluster   text NOT NULL,
    listed_at timestamptz NOT NULL,
    guests    integer NOT NULL,
    gaps      text[] NOT NULL,
    PRIMARY KEY (source, listed_at)
);
CREATE INDEX inventory_listing_at ON inventory_listing (listed_at DESC);

ALTER TABLE inventory_observation ADD COLUMN node text NOT NULL DEFAULT '';
CREATE INDEX inventory_observation_cluster ON inventory_observation (cluster, seen_to DESC);

-- Through whom a reseller has a thing: empty where the hoster rents it to him himself.
ALTER TABLE inventory_assignment ADD COLUMN via text NOT NULL DEFAULT '';
ALTER TABLE inventory_assignment DROP CONSTRAINT inventory_assignment_pkey;
ALTER TABLE inventory_assignment ADD PRIMARY KEY (kind, value, via, valid_from, recorded_at);

REVOKE UPDATE, DELETE ON inventory_listing FROM sparekey_app;
