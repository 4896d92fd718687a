-- SPDX-License-Identifier: EUPL-1.2
-- What officers did by hand about an order: notices, take-downs, efforts, whether somebody may be told. Only added.

CREATE TABLE orders_record (
    order_id    text NOT NULL REFERENCES orders_order,
    number      integer NOT NULL,
    what        text NOT NULL,
    record      bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, number)
);
CREATE INDEX orders_record_what ON orders_record (what, recorded_at);
