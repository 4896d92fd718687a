-- SPDX-License-Identifier: EUPL-1.2
-- Every state change pays for its row here. What the row is checked for stays; what was paid for twice goes.

-- The order of one log is what its sequencer asks for, and all it asks for.
ALTER TABLE auditlog_outbox DROP CONSTRAINT auditlog_outbox_pkey;
ALTER TABLE auditlog_outbox ADD PRIMARY KEY (origin, seq);
DROP INDEX auditlog_outbox_order;

-- An id stands inside the bytes, and so under the leaf hash, which is unique.
ALTER TABLE auditlog_outbox DROP CONSTRAINT auditlog_outbox_id_key;

-- Most entries belong to no case.
ALTER TABLE auditlog_outbox DROP CONSTRAINT auditlog_outbox_case_id_case_seq_key;
CREATE UNIQUE INDEX auditlog_outbox_case ON auditlog_outbox (case_id, case_seq) WHERE case_id IS NOT NULL;

-- One question while the shard is open; all of them only while it closes.
CREATE OR REPLACE FUNCTION auditlog_still_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM auditlog_log WHERE origin = NEW.origin AND closing_at IS NOT NULL) THEN
        IF NEW.type <> 'shard.end'
                OR EXISTS (SELECT FROM auditlog_log WHERE origin = NEW.origin AND closed_at IS NOT NULL)
                OR EXISTS (SELECT FROM auditlog_entry WHERE origin = NEW.origin AND type = 'shard.end') THEN
            RAISE EXCEPTION 'the log % takes no more entries', NEW.origin;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

-- Asked once a batch. By index whatever the statistics of a young table say: a plan made for an empty one is kept.
CREATE OR REPLACE FUNCTION auditlog_moved() RETURNS trigger LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM auditlog_entry e WHERE e.leaf_hash = gone.leaf_hash AND e.bytes = gone.bytes)) THEN
        RAISE EXCEPTION 'an entry leaves the outbox only when it stands in the log';
    END IF;
    RETURN NULL;
END
$$;
DROP TRIGGER moved ON auditlog_outbox;
CREATE TRIGGER moved AFTER DELETE ON auditlog_outbox
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION auditlog_moved();
