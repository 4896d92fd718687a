-- SPDX-License-Identifier: EUPL-1.2
-- A hold follows the guest's number too: whoever registers it anew may leave out everything else. What was narrowed before has
-- its number from where the order was located.
ALTER TABLE orders_hold ADD COLUMN vm_id text;
CREATE INDEX orders_hold_number ON orders_hold (cluster, vm_id) WHERE released_at IS NULL;
UPDATE orders_hold h SET vm_id = convert_from(o.whereabouts, 'UTF8')::jsonb #>> '{asset,vmId}'
FROM orders_order o
WHERE o.order_id = h.order_id AND h.cluster IS NOT NULL AND o.whereabouts IS NOT NULL;
