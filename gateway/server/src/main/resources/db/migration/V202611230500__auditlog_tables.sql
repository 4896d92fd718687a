-- SPDX-License-Identifier: EUPL-1.2
-- The log. The app hands entries over in the outbox and reads; only the sequencer writes the rest. Triggers refuse
-- whatever is not appending: they prevent accidents. A superuser can switch them off; that is what signed checkpoints,
-- and witnesses later, are for.

CREATE TABLE auditlog_log (
    origin    text PRIMARY KEY,
    name      text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz
);
CREATE UNIQUE INDEX auditlog_log_open ON auditlog_log (name) WHERE closed_at IS NULL;

-- seq is the order of insertion, not of commit: the sequencer takes what it can see, in this order.
CREATE TABLE auditlog_outbox (
    seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin    text NOT NULL,
    id        uuid NOT NULL UNIQUE,
    leaf_hash bytea NOT NULL UNIQUE CHECK (length(leaf_hash) = 32),
    bytes     bytea NOT NULL CHECK (length(bytes) <= 4096),
    time      timestamptz NOT NULL,
    type      text NOT NULL,
    case_id   text,
    case_seq  bigint,
    UNIQUE (case_id, case_seq)
);
CREATE INDEX auditlog_outbox_order ON auditlog_outbox (origin, seq);

CREATE TABLE auditlog_entry (
    origin     text NOT NULL,
    leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
    leaf_hash  bytea NOT NULL UNIQUE CHECK (length(leaf_hash) = 32),
    bytes      bytea NOT NULL,
    time       timestamptz NOT NULL,
    type       text NOT NULL,
    case_id    text,
    case_seq   bigint,
    PRIMARY KEY (origin, leaf_index)
);
CREATE INDEX auditlog_entry_case ON auditlog_entry (case_id, case_seq) WHERE case_id IS NOT NULL;

-- roots: the roots of the complete subtrees, largest first, 32 bytes each.
CREATE TABLE auditlog_head (
    origin text PRIMARY KEY REFERENCES auditlog_log,
    size   bigint NOT NULL CHECK (size >= 0),
    root   bytea NOT NULL CHECK (length(root) = 32),
    roots  bytea NOT NULL
);

-- One row per tile of hashes, growing until it has 256; a partial tile of an earlier size is a prefix of its row.
CREATE TABLE auditlog_tile (
    origin     text NOT NULL,
    level      smallint NOT NULL,
    tile_index bigint NOT NULL,
    hashes     bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (origin, level, tile_index)
);

-- A candidate until note, the signed note, is there.
CREATE TABLE auditlog_checkpoint (
    origin       text NOT NULL,
    size         bigint NOT NULL,
    root         bytea NOT NULL CHECK (length(root) = 32),
    sequenced_at timestamptz NOT NULL,
    note         bytea,
    signed_at    timestamptz,
    PRIMARY KEY (origin, size)
);

CREATE TABLE auditlog_publication (
    origin text PRIMARY KEY REFERENCES auditlog_log,
    size   bigint NOT NULL
);

-- What the entries commit to. Deleting a row here is erasure; nothing in the log changes by it.
CREATE TABLE auditlog_payload (
    leaf_hash bytea PRIMARY KEY CHECK (length(leaf_hash) = 32),
    salt      bytea NOT NULL CHECK (length(salt) = 32),
    payload   bytea NOT NULL
);

CREATE FUNCTION auditlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: no % on %', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditlog_entry
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON auditlog_outbox
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_log
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_head
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_tile
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON auditlog_publication
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON auditlog_payload
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();

CREATE FUNCTION auditlog_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.origin <> OLD.origin OR NEW.size <= OLD.size THEN
        RAISE EXCEPTION 'the log only grows: % from % to %', TG_TABLE_NAME, OLD.size, NEW.size;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grows BEFORE UPDATE ON auditlog_head FOR EACH ROW EXECUTE FUNCTION auditlog_grows();
CREATE TRIGGER grows BEFORE UPDATE ON auditlog_publication FOR EACH ROW EXECUTE FUNCTION auditlog_grows();

CREATE FUNCTION auditlog_tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.origin, NEW.level, NEW.tile_index) IS DISTINCT FROM (OLD.origin, OLD.level, OLD.tile_index)
            OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'a tile only grows';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grows BEFORE UPDATE ON auditlog_tile FOR EACH ROW EXECUTE FUNCTION auditlog_tile_grows();

CREATE FUNCTION auditlog_signed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.note IS NOT NULL OR NEW.note IS NULL
            OR (NEW.origin, NEW.size, NEW.root, NEW.sequenced_at)
                IS DISTINCT FROM (OLD.origin, OLD.size, OLD.root, OLD.sequenced_at) THEN
        RAISE EXCEPTION 'a checkpoint is signed once and never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER signed_once BEFORE UPDATE ON auditlog_checkpoint
    FOR EACH ROW EXECUTE FUNCTION auditlog_signed_once();

CREATE FUNCTION auditlog_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM auditlog_entry WHERE leaf_hash = OLD.leaf_hash AND bytes = OLD.bytes) THEN
        RAISE EXCEPTION 'an entry leaves the outbox only when it stands in the log';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER moved BEFORE DELETE ON auditlog_outbox FOR EACH ROW EXECUTE FUNCTION auditlog_moved();

REVOKE ALL ON auditlog_log, auditlog_outbox, auditlog_entry, auditlog_head, auditlog_tile, auditlog_checkpoint,
    auditlog_publication, auditlog_payload FROM sparekey_app;
REVOKE ALL ON SEQUENCE auditlog_outbox_seq_seq FROM sparekey_app;
GRANT SELECT ON auditlog_log, auditlog_outbox, auditlog_entry, auditlog_head, auditlog_tile, auditlog_checkpoint,
    auditlog_publication, auditlog_payload TO sparekey_app;
GRANT INSERT ON auditlog_outbox, auditlog_payload TO sparekey_app;

GRANT SELECT, INSERT ON auditlog_log, auditlog_entry TO sparekey_sequencer;
GRANT SELECT, INSERT, UPDATE ON auditlog_head, auditlog_tile, auditlog_checkpoint, auditlog_publication
    TO sparekey_sequencer;
GRANT SELECT, DELETE ON auditlog_outbox TO sparekey_sequencer;
