-- SPDX-License-Identifier: EUPL-1.2
-- Authorities that get nothing for the moment. A row is lifted, never removed.

CREATE TABLE orders_suspension (
    authority    text NOT NULL,
    suspended_at timestamptz NOT NULL,
    lifted_at    timestamptz,
    PRIMARY KEY (authority, suspended_at)
);
CREATE UNIQUE INDEX orders_suspension_open ON orders_suspension (authority) WHERE lifted_at IS NULL;
