-- SPDX-License-Identifier: EUPL-1.2
-- Attempts at a capture, and what they left. Nothing here can be deleted: destruction is a step of its own.

-- announced: ticket and intent are logged, nothing was touched. running: the guest may have been touched. sealed: the
-- outcome is logged. lost: nobody knows how it ended; its files are never delivered.
CREATE TABLE evidence_attempt (
    order_code   text        NOT NULL,
    attempt      integer     NOT NULL CHECK (attempt BETWEEN 1 AND 3),
    state        text        NOT NULL CHECK (state IN ('announced', 'running', 'sealed', 'lost')),
    lease_epoch  bigint      NOT NULL,
    folder       text        NOT NULL UNIQUE,
    ticket       text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    intent_leaf  bytea       NOT NULL,
    manifest     text        CHECK ((manifest IS NOT NULL) = (state = 'sealed')),
    outcome_leaf bytea,
    release_leaf bytea       CHECK (release_leaf IS NULL OR state = 'sealed'),
    PRIMARY KEY (order_code, attempt)
);

-- One sealed attempt per order: the one that may be delivered.
CREATE UNIQUE INDEX evidence_attempt_sealed ON evidence_attempt (order_code) WHERE state = 'sealed';

CREATE TABLE evidence_file (
    order_code text    NOT NULL,
    attempt    integer NOT NULL,
    name       text    NOT NULL,
    length     bigint  NOT NULL CHECK (length >= 0),
    digest     bytea   NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (order_code, attempt, name),
    FOREIGN KEY (order_code, attempt) REFERENCES evidence_attempt
);

CREATE TABLE evidence_acknowledgement (
    order_code  text        PRIMARY KEY,
    person      text        NOT NULL,
    document    text        NOT NULL,
    received_at timestamptz NOT NULL,
    entry_leaf  bytea       NOT NULL
);

REVOKE DELETE, TRUNCATE ON evidence_attempt, evidence_file, evidence_acknowledgement FROM sparekey_app;
REVOKE UPDATE ON evidence_file, evidence_acknowledgement FROM sparekey_app;
