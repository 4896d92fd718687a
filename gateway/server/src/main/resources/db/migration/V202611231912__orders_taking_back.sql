-- SPDX-License-Identifier: EUPL-1.2
-- A withdrawal that came on paper waits for its call-back, and the order that it takes back rests meanwhile: as long as the
-- withdrawal is held.
CREATE TABLE orders_taking_back (
    withdrawal text PRIMARY KEY REFERENCES orders_order,
    order_id   text NOT NULL REFERENCES orders_order
);
CREATE INDEX orders_taking_back_order ON orders_taking_back (order_id);

-- A judge takes back by the issuer's id also what his office authorised by telephone only.
DROP INDEX orders_order_validated;
CREATE INDEX orders_order_validated ON orders_order (document_id) WHERE authentic;
