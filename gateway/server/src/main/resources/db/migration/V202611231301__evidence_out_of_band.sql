-- SPDX-License-Identifier: EUPL-1.2
-- What was executed on paper: one row for each after-entry, by the digest of what the officers signed. Never removed.
CREATE TABLE evidence_out_of_band (
    digest      bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
    order_code  text,
    finished_at timestamptz NOT NULL,
    entered_at  timestamptz NOT NULL,
    late        boolean     NOT NULL,
    entry_leaf  bytea       NOT NULL
);
CREATE INDEX evidence_out_of_band_order ON evidence_out_of_band (order_code) WHERE order_code IS NOT NULL;

REVOKE UPDATE, DELETE, TRUNCATE ON evidence_out_of_band FROM sparekey_app;
