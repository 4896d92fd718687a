-- SPDX-License-Identifier: EUPL-1.2
-- Orders and what belongs to them. The row of an order is its queue entry and holds its place in the log's case chain.

CREATE TABLE orders_order (
    order_id       text PRIMARY KEY,
    authority      text NOT NULL,
    document_id    uuid NOT NULL,
    authentic      boolean NOT NULL,
    kind           text NOT NULL,
    order_digest   bytea NOT NULL,
    order_jws      text NOT NULL,
    validator_jws  text,
    matrix_row     text,
    matrix_version text NOT NULL,
    received_at    timestamptz NOT NULL,
    deadline       timestamptz NOT NULL,
    state          text NOT NULL,
    state_detail   text,
    needs          text,
    version        bigint NOT NULL,
    case_seq       bigint NOT NULL,
    last_leaf      bytea NOT NULL,
    frozen         boolean NOT NULL DEFAULT false,
    verified_leaf  bytea,
    whereabouts    bytea,
    answer_jws     text,
    round          integer NOT NULL DEFAULT 1,
    basis          bytea,
    recipients     bytea[] NOT NULL DEFAULT '{}',
    releasable     boolean NOT NULL DEFAULT false,
    attempt        integer NOT NULL DEFAULT 0,
    manifest_digest bytea,
    hold_until     timestamptz,
    lease_epoch    bigint NOT NULL DEFAULT 0,
    lease_until    timestamptz
);

-- An id belongs to the authority whose genuine document used it first; a forgery does not use it up.
CREATE UNIQUE INDEX orders_order_document ON orders_order (authority, document_id) WHERE authentic;
CREATE INDEX orders_order_due ON orders_order (state, received_at);

-- What was attached and what the verdict rested on: documents, revocation lists, second opinions. Only added.
CREATE TABLE orders_paper (
    order_id text NOT NULL REFERENCES orders_order,
    kind     text NOT NULL CHECK (kind IN ('DOCUMENT', 'REVOCATION', 'SECOND_OPINION')),
    digest   bytea NOT NULL,
    type     text NOT NULL,
    content  bytea NOT NULL,
    PRIMARY KEY (order_id, kind, digest)
);

-- A round ends when a bound field differs: its approvals stay and count no more.
CREATE TABLE orders_approval (
    order_id    text NOT NULL REFERENCES orders_order,
    round       integer NOT NULL,
    number      integer NOT NULL,
    approval    bytea NOT NULL,
    digest      bytea NOT NULL UNIQUE,
    officer     text NOT NULL,
    key_id      bytea NOT NULL,
    decision    text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, round, number),
    UNIQUE (order_id, round, officer, decision)
);

CREATE TABLE orders_hold (
    order_id    text NOT NULL REFERENCES orders_order,
    category    text NOT NULL,
    target      text NOT NULL,
    cluster     text,
    uuid        text,
    until       timestamptz NOT NULL,
    released_at timestamptz,
    PRIMARY KEY (order_id, category)
);
CREATE INDEX orders_hold_asset ON orders_hold (cluster, uuid) WHERE released_at IS NULL;
