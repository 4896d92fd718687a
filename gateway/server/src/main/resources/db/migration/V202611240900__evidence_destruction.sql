-- SPDX-License-Identifier: EUPL-1.2
-- When the copy of an attempt goes: first seen without a use, destruction entered, files gone. Rows and digests stay.
ALTER TABLE evidence_attempt ADD COLUMN unused_since timestamptz;
ALTER TABLE evidence_attempt ADD COLUMN destruction_leaf bytea
    CHECK (destruction_leaf IS NULL OR unused_since IS NOT NULL);
ALTER TABLE evidence_attempt ADD COLUMN destroyed_at timestamptz
    CHECK (destroyed_at IS NULL OR destruction_leaf IS NOT NULL);
CREATE INDEX evidence_attempt_standing ON evidence_attempt (folder)
    WHERE state IN ('sealed', 'lost') AND destroyed_at IS NULL;
