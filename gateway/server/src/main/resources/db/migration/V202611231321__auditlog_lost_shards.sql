-- SPDX-License-Identifier: EUPL-1.2
-- A shard that two officers closed because its entries cannot be rebuilt: it is behind what it signed, and stays so.

ALTER TABLE auditlog_log ADD COLUMN lost boolean NOT NULL DEFAULT false;
ALTER TABLE auditlog_log ADD CONSTRAINT auditlog_log_lost CHECK (NOT lost OR closed_at IS NOT NULL) NOT VALID;
GRANT UPDATE (lost) ON auditlog_log TO sparekey_sequencer;
