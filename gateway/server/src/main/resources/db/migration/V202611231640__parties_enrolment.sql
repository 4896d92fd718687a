-- SPDX-License-Identifier: EUPL-1.2
-- Keys on their way into the register: invited, claimed with a one-time code, signed for, waiting, in force. Of the code only
-- a digest is kept, bound to the party, the person and the role it is for.

CREATE TABLE parties_enrolment (
    enrolment    text PRIMARY KEY,
    kind         text NOT NULL CHECK (kind IN ('INVITATION', 'ROTATION')),
    party        text NOT NULL,
    person       text NOT NULL,
    role         text NOT NULL,
    facts        bytea,
    code_digest  bytea,
    tries        integer NOT NULL DEFAULT 0,
    state        text NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    claim        bytea,
    claim_digest bytea,
    awaited_leaf bytea,
    in_force_at  timestamptz,
    old_until    timestamptz
);
CREATE INDEX parties_enrolment_due ON parties_enrolment (state)
    WHERE state IN ('invited', 'claimed', 'signed', 'waiting') OR old_until IS NOT NULL;

-- A signed list of authorities on its way in.
CREATE TABLE parties_import (
    list_digest  bytea PRIMARY KEY,
    list         text NOT NULL,
    awaited_leaf bytea NOT NULL,
    in_force_at  timestamptz,
    done         boolean NOT NULL DEFAULT false
);
