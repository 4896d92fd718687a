-- SPDX-License-Identifier: EUPL-1.2
-- What the witnesses signed, one row each for good, and the note as it was published: the log's line and enough of theirs.

CREATE TABLE auditlog_cosignature (
    origin       text NOT NULL,
    size         bigint NOT NULL,
    -- name+keyid: a witness with a new key is another witness
    witness      text NOT NULL,
    -- the signature line under the note, with its newline
    line         text NOT NULL,
    cosigned_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (origin, size, witness),
    FOREIGN KEY (origin, size) REFERENCES auditlog_checkpoint (origin, size)
);
CREATE INDEX auditlog_cosignature_known ON auditlog_cosignature (origin, witness, size);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditlog_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse();

-- A stricter policy is met by the same tree under more lines: the size may stay, the note may not be lost.
CREATE FUNCTION auditlog_publication_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.origin <> OLD.origin OR NEW.size < OLD.size
            OR (OLD.note IS NOT NULL AND (NEW.note IS NULL OR (NEW.size = OLD.size AND NEW.note = OLD.note))) THEN
        RAISE EXCEPTION 'the log only grows: % from % to %', TG_TABLE_NAME, OLD.size, NEW.size;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER grows ON auditlog_publication;
ALTER TABLE auditlog_publication ADD COLUMN note bytea;
UPDATE auditlog_publication SET note = c.note FROM auditlog_checkpoint c
    WHERE c.origin = auditlog_publication.origin AND c.size = auditlog_publication.size;
CREATE TRIGGER grows BEFORE UPDATE ON auditlog_publication
    FOR EACH ROW EXECUTE FUNCTION auditlog_publication_grows();

REVOKE ALL ON auditlog_cosignature FROM sparekey_app;
GRANT SELECT ON auditlog_cosignature TO sparekey_app;
GRANT SELECT, INSERT ON auditlog_cosignature TO sparekey_sequencer;
