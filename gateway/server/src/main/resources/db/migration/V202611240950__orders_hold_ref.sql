-- SPDX-License-Identifier: EUPL-1.2
-- A hold follows the registered machine as well as the guest: a deletion may name it by either.
ALTER TABLE orders_hold ADD COLUMN vps_ref text;
CREATE INDEX orders_hold_ref ON orders_hold (vps_ref) WHERE released_at IS NULL;
