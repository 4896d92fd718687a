-- SPDX-License-Identifier: EUPL-1.2
-- Whose withdrawal stands and waits for nothing but its order: role and key of whoever said it. Of one on paper nobody has
-- been called about they are absent.
ALTER TABLE orders_taking_back ADD COLUMN paper boolean NOT NULL DEFAULT true;
ALTER TABLE orders_taking_back ADD COLUMN role text;
ALTER TABLE orders_taking_back ADD COLUMN key_id bytea;
