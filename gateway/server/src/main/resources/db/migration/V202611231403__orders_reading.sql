-- SPDX-License-Identifier: EUPL-1.2
-- Readings that are entered and wait for their checkpoint: who asks again meanwhile is not entered again. A row goes when
-- what was asked for is given.

CREATE TABLE orders_reading (
    order_id text NOT NULL REFERENCES orders_order,
    party    text NOT NULL,
    person   text NOT NULL,
    what     text NOT NULL,
    leaf     bytea NOT NULL,
    PRIMARY KEY (order_id, party, person, what)
);
