-- SPDX-License-Identifier: EUPL-1.2
-- Proof 4. Of a code only a digest is kept, bound to order and subject; a code that was used, guessed at too often or replaced
-- stays for the proof that it was given out. Records are only added.

CREATE TABLE orders_call_back_code (
    order_id    text NOT NULL REFERENCES orders_order,
    subject     text NOT NULL CHECK (subject IN ('ISSUER', 'VALIDATOR')),
    code_digest bytea NOT NULL,
    given_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    tries       integer NOT NULL DEFAULT 0,
    open        boolean NOT NULL DEFAULT true,
    PRIMARY KEY (order_id, subject, code_digest)
);

CREATE TABLE orders_call_back (
    order_id         text NOT NULL REFERENCES orders_order,
    number           integer NOT NULL,
    subject          text NOT NULL,
    outcome          text NOT NULL,
    officer          text NOT NULL,
    record           text NOT NULL,
    issuer_authority text NOT NULL,
    issuer_person    text NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (order_id, number)
);
CREATE INDEX orders_call_back_issuer ON orders_call_back (issuer_authority, issuer_person);
REVOKE UPDATE, DELETE ON orders_call_back FROM sparekey_app;
