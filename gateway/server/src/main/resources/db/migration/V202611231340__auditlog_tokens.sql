-- SPDX-License-Identifier: EUPL-1.2
-- Time-stamps (RFC 3161). auditlog_stamp is the queue: one row for each digest that is to be stamped, waiting until its
-- token is there. auditlog_token is what came back, appended and never changed.

CREATE TABLE auditlog_stamp (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest      bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
    what        text NOT NULL CHECK (what IN ('checkpoint', 'document')),
    log         text NOT NULL,
    origin      text,
    size        bigint,
    note        bytea,
    asked_at    timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'stamped')),
    due_at      timestamptz NOT NULL,
    attempts    integer NOT NULL DEFAULT 0,
    fault       text,
    lease_until timestamptz,
    lease_epoch bigint NOT NULL DEFAULT 0,
    CHECK ((what = 'checkpoint') = (origin IS NOT NULL AND size IS NOT NULL AND note IS NOT NULL))
);
CREATE INDEX auditlog_stamp_due ON auditlog_stamp (due_at) WHERE state = 'waiting';
CREATE INDEX auditlog_stamp_tree ON auditlog_stamp (origin, size) WHERE what = 'checkpoint';
CREATE INDEX auditlog_stamp_hourly ON auditlog_stamp (log, asked_at) WHERE what = 'checkpoint';

CREATE TABLE auditlog_token (
    digest     bytea PRIMARY KEY REFERENCES auditlog_stamp (digest),
    reply      bytea NOT NULL CHECK (length(reply) <= 65536),
    stamped_at timestamptz NOT NULL,
    stored_at  timestamptz NOT NULL,
    leaf_hash  bytea NOT NULL CHECK (length(leaf_hash) = 32)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditlog_token
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_stamp
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();

CREATE FUNCTION auditlog_stamp_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.digest, NEW.what, NEW.log, NEW.origin, NEW.size, NEW.note, NEW.asked_at)
            IS DISTINCT FROM (OLD.id, OLD.digest, OLD.what, OLD.log, OLD.origin, OLD.size, OLD.note, OLD.asked_at)
            OR OLD.state = 'stamped' THEN
        RAISE EXCEPTION 'the log is append-only: what is to be stamped never changes';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER kept BEFORE UPDATE ON auditlog_stamp FOR EACH ROW EXECUTE FUNCTION auditlog_stamp_kept();

REVOKE ALL ON auditlog_stamp, auditlog_token FROM sparekey_app;
REVOKE ALL ON SEQUENCE auditlog_stamp_id_seq FROM sparekey_app;
GRANT SELECT, INSERT, UPDATE ON auditlog_stamp TO sparekey_app;
GRANT SELECT, INSERT ON auditlog_token TO sparekey_app;
