-- SPDX-License-Identifier: EUPL-1.2
-- A list that the supervisor issued earlier never comes after one that he issued later, and one that is stopped never counts.
ALTER TABLE parties_import
    ADD COLUMN issued_at timestamptz,
    ADD COLUMN stopped   boolean NOT NULL DEFAULT false;

-- Of what was imported before: the instant stands in the payload, the second part of the compact JWS (base64url, no padding).
UPDATE parties_import
SET issued_at = (convert_from(decode(
        rpad(translate(split_part(list, '.', 2), '-_', '+/'), (length(split_part(list, '.', 2)) + 3) / 4 * 4, '='),
        'base64'), 'UTF8')::jsonb ->> 'issuedAt')::timestamptz;

ALTER TABLE parties_import ALTER COLUMN issued_at SET NOT NULL;

-- One row that whoever brings a list in or into force locks first: two lists at one moment are compared one after the other.
CREATE TABLE parties_import_turn (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO parties_import_turn (one) VALUES (true);

REVOKE INSERT, DELETE ON parties_import_turn FROM sparekey_app;
