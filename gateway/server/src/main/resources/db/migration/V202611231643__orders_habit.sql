-- SPDX-License-Identifier: EUPL-1.2
-- What is usual for a person and an authority, so that what is not can be told to people. No names and no addresses.

CREATE TABLE orders_habit (
    order_id    text PRIMARY KEY REFERENCES orders_order,
    authority   text NOT NULL,
    person      text NOT NULL,
    message_key bytea NOT NULL,
    content     boolean NOT NULL,
    target      bytea NOT NULL,
    hour        integer NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX orders_habit_person ON orders_habit (authority, person, at);
