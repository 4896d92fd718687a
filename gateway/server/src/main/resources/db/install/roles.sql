-- SPDX-License-Identifier: EUPL-1.2
-- Run by the installer, once per database, as a superuser, before the gateway starts for the first time; running it
-- again changes nothing. Passwords are not set here: ALTER ROLE ... PASSWORD, from a secret, is the installer's step.
--
--   sparekey_owner      owns every table; used by Flyway alone
--   sparekey_app        what the rooms use: no table is its own, the log it can only hand an entry (auditlog_outbox)
--   sparekey_sequencer  numbers the entries and stores tiles and checkpoints; sees no other room's table
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['sparekey_owner', 'sparekey_app', 'sparekey_sequencer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO sparekey_owner, sparekey_app, sparekey_sequencer', current_database());
END
$$;

ALTER SCHEMA public OWNER TO sparekey_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sparekey_app, sparekey_sequencer;

-- What the owner creates later is the app's to read and write, unless the migration of a room takes it back: the
-- auditlog room does so for every table of its own. The sequencer gets nothing that its migration does not name.
ALTER DEFAULT PRIVILEGES FOR ROLE sparekey_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sparekey_app;
ALTER DEFAULT PRIVILEGES FOR ROLE sparekey_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO sparekey_app;
ALTER DEFAULT PRIVILEGES FOR ROLE sparekey_owner
    REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
