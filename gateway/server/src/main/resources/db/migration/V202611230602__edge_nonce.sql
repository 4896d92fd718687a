-- SPDX-License-Identifier: EUPL-1.2
-- Nonces that a message key has used; deleted two minutes after their signatures ended.

CREATE TABLE edge_nonce (
    key_id     bytea NOT NULL,
    nonce      bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (key_id, nonce)
);

CREATE INDEX edge_nonce_expires_at ON edge_nonce (expires_at);
