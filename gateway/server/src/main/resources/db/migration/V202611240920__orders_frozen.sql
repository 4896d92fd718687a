-- SPDX-License-Identifier: EUPL-1.2
-- Which orders are frozen, since when and why, and where the row was when that was found. A row here goes when two officers
-- have signed for what becomes of the order.

CREATE TABLE orders_frozen (
    order_id  text PRIMARY KEY REFERENCES orders_order,
    why       text NOT NULL,
    frozen_at timestamptz NOT NULL,
    row_seq   bigint NOT NULL,
    row_leaf  bytea NOT NULL CHECK (length(row_leaf) = 32),
    entry     bytea CHECK (length(entry) = 32)
);

INSERT INTO orders_frozen (order_id, why, frozen_at, row_seq, row_leaf)
SELECT order_id, 'BEHIND_LOG', now(), case_seq, last_leaf FROM orders_order WHERE frozen;
