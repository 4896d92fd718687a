-- SPDX-License-Identifier: EUPL-1.2
-- A log is a chain of shards, one a year. Two are open for the moments of a change: the ending one, which takes nothing
-- new once closing_at is set, and the next, which is sequenced only behind its shard.start.

ALTER TABLE auditlog_log ADD COLUMN number integer NOT NULL DEFAULT 0 CHECK (number >= 0);
ALTER TABLE auditlog_log ADD COLUMN closing_at timestamptz;
ALTER TABLE auditlog_log ADD CONSTRAINT auditlog_log_closing CHECK (closed_at IS NULL OR closing_at IS NOT NULL) NOT VALID;
DROP INDEX auditlog_log_open;
CREATE UNIQUE INDEX auditlog_log_number ON auditlog_log (name, number);

-- One end and one start for each shard, whoever writes them.
CREATE UNIQUE INDEX auditlog_outbox_turn ON auditlog_outbox (origin, type) WHERE type IN ('shard.end', 'shard.start');
CREATE UNIQUE INDEX auditlog_entry_turn ON auditlog_entry (origin, type) WHERE type IN ('shard.end', 'shard.start');

-- AFTER, so that whoever passes here already has a transaction number: the change of shards waits until every number
-- given out before closing_at was committed is gone, and then nothing can arrive behind shard.end.
CREATE FUNCTION auditlog_still_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM auditlog_log WHERE origin = NEW.origin AND closing_at IS NOT NULL)
            AND (NEW.type <> 'shard.end'
                OR EXISTS (SELECT FROM auditlog_log WHERE origin = NEW.origin AND closed_at IS NOT NULL)
                OR EXISTS (SELECT FROM auditlog_entry WHERE origin = NEW.origin AND type = 'shard.end')) THEN
        RAISE EXCEPTION 'the log % takes no more entries', NEW.origin;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER still_open AFTER INSERT ON auditlog_outbox FOR EACH ROW EXECUTE FUNCTION auditlog_still_open();

CREATE FUNCTION auditlog_turns_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.origin, NEW.name, NEW.number, NEW.opened_at)
                IS DISTINCT FROM (OLD.origin, OLD.name, OLD.number, OLD.opened_at)
            OR (OLD.closing_at IS NOT NULL AND NEW.closing_at IS DISTINCT FROM OLD.closing_at)
            OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at) THEN
        RAISE EXCEPTION 'a shard is closed once and never opened again';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER turns_once BEFORE UPDATE ON auditlog_log FOR EACH ROW EXECUTE FUNCTION auditlog_turns_once();

GRANT UPDATE (closing_at, closed_at) ON auditlog_log TO sparekey_sequencer;

-- What is done on a fixed schedule, by whichever replica comes first.
CREATE TABLE auditlog_schedule (
    what   text PRIMARY KEY,
    due_at timestamptz NOT NULL
);
REVOKE ALL ON auditlog_schedule FROM sparekey_app;
GRANT SELECT, INSERT, UPDATE ON auditlog_schedule TO sparekey_app;
