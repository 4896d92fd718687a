-- SPDX-License-Identifier: EUPL-1.2
-- The two days of an uncalled hold have a clock of their own, which no question stops. What ran them as an ordinary hold
-- runs them as what they are; what waits on paper and has no clock for them gets one.
UPDATE orders_clock SET clock = 'CALL_BACK'
WHERE clock = 'HOLD' AND stopped_at IS NULL AND due_at = started_at + interval '48 hours';

INSERT INTO orders_clock (order_id, clock, started_at, target_at, due_at, next_at)
SELECT order_id, 'CALL_BACK', received_at, received_at + interval '48 hours', received_at + interval '48 hours',
       received_at + interval '48 hours'
FROM orders_order
WHERE needs = 'call-back' AND state IN ('held', 'oral', 'clarification')
ON CONFLICT (order_id, clock) DO NOTHING;
