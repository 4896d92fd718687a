-- SPDX-License-Identifier: EUPL-1.2
-- An officer whose approval has expired may say the same again in the same round. That nobody counts twice is decided under
-- the order's lock, among the approvals that still count.

ALTER TABLE orders_approval DROP CONSTRAINT orders_approval_order_id_round_officer_decision_key;
