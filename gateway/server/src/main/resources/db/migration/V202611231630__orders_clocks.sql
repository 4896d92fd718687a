-- SPDX-License-Identifier: EUPL-1.2
-- Terms that run for an order. next_at is when something is to be said or done next; a stopped clock has none. A row goes when
-- the order has ended, or what it waited for has come.

CREATE TABLE orders_clock (
    order_id     text NOT NULL REFERENCES orders_order,
    clock        text NOT NULL,
    started_at   timestamptz NOT NULL,
    target_at    timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    told         integer NOT NULL DEFAULT 0,
    next_at      timestamptz,
    stopped_at   timestamptz,
    PRIMARY KEY (order_id, clock)
);
CREATE INDEX orders_clock_next ON orders_clock (next_at) WHERE next_at IS NOT NULL;

INSERT INTO orders_clock (order_id, clock, started_at, target_at, due_at, next_at)
SELECT order_id, 'DEADLINE', received_at, deadline, deadline, received_at + (deadline - received_at) / 2
FROM orders_order WHERE state IN ('held', 'review', 'approved') AND deadline > received_at;

INSERT INTO orders_clock (order_id, clock, started_at, target_at, due_at, next_at)
SELECT order_id, 'HOLD', received_at, hold_until, hold_until, received_at + (hold_until - received_at) / 2
FROM orders_order WHERE state IN ('held', 'located') AND hold_until > received_at;

-- What only preserves has a state of its own now; its entry is of the older version and stays.
UPDATE orders_order SET state = 'preserved' WHERE state = 'located' AND kind = 'PRESERVATION';

-- What an officer asked of an issuer.
CREATE TABLE orders_question (
    order_id text NOT NULL REFERENCES orders_order,
    number   integer NOT NULL,
    question bytea NOT NULL,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, number)
);
