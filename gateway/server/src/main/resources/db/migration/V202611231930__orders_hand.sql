-- SPDX-License-Identifier: EUPL-1.2
-- Whether the gateway's own hand may act on a take-down: its lesser means were tried and did not help, or it is to undo what
-- it did. What was in the middle of it before this version stays with the officers.

ALTER TABLE orders_order ADD COLUMN hand_due boolean NOT NULL DEFAULT false;
CREATE INDEX orders_order_hand ON orders_order (received_at) WHERE hand_due;
