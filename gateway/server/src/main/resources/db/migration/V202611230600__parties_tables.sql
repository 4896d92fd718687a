-- SPDX-License-Identifier: EUPL-1.2
-- Who may speak, over time. Rows are only added: what a key was at an instant is answered years later.

CREATE TABLE parties_bootstrap (
    only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    list_digest bytea NOT NULL,
    hoster      bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    leaf_hash   bytea NOT NULL
);

CREATE TABLE parties_party (
    party      text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('RESELLER', 'AUTHORITY')),
    entry      bytea NOT NULL,
    valid_from timestamptz NOT NULL,
    PRIMARY KEY (party, valid_from)
);

CREATE TABLE parties_key (
    key_id      bytea PRIMARY KEY,
    key_use     text NOT NULL CHECK (key_use IN ('TLS', 'MESSAGE', 'DOCUMENT')),
    party       text NOT NULL,
    person      text NOT NULL,
    role        text NOT NULL,
    scopes      text NOT NULL,
    certificate bytea NOT NULL,
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz NOT NULL
);

CREATE TABLE parties_revocation (
    key_id     bytea PRIMARY KEY REFERENCES parties_key,
    revoked_at timestamptz NOT NULL
);

CREATE TABLE parties_idempotency (
    party           text NOT NULL,
    idempotency_key text NOT NULL,
    payload_digest  bytea NOT NULL,
    resource        text NOT NULL,
    claimed_at      timestamptz NOT NULL,
    PRIMARY KEY (party, idempotency_key)
);

REVOKE UPDATE, DELETE ON parties_bootstrap, parties_party, parties_key, parties_revocation, parties_idempotency
    FROM sparekey_app;
