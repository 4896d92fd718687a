-- SPDX-License-Identifier: EUPL-1.2
-- A copy that a freezing made and that a later order gets: two orders, one folder, and one row each.
ALTER TABLE evidence_attempt ADD COLUMN copy_of text;
ALTER TABLE evidence_attempt DROP CONSTRAINT evidence_attempt_folder_key;
CREATE UNIQUE INDEX evidence_attempt_folder ON evidence_attempt (folder) WHERE copy_of IS NULL;
