-- SPDX-License-Identifier: EUPL-1.2
-- What a suspension, or its end, is yet to say in the cases that it found open: written down with the switch, and taken out
-- again by the transaction that says it in the case.
CREATE TABLE orders_suspension_note (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id text NOT NULL REFERENCES orders_order,
    says     text NOT NULL,
    role     text NOT NULL,
    key_id   bytea
);
CREATE INDEX orders_suspension_note_order ON orders_suspension_note (order_id);
