-- SPDX-License-Identifier: EUPL-1.2
-- Attempts at taking one guest off the net, and what its links were before. Nothing here can be deleted.

-- announced: ticket and intent are logged, nothing was touched. running: a link may be cut; before says what they were.
-- isolated: the outcome is logged. restoring: that it is to be undone is logged. restored, lost: the links are as before.
-- undone: the order ended while something was cut, and the links were given back.
CREATE TABLE evidence_isolation (
    order_code   text        NOT NULL,
    attempt      integer     NOT NULL CHECK (attempt BETWEEN 1 AND 3),
    state        text        NOT NULL
        CHECK (state IN ('announced', 'running', 'isolated', 'restoring', 'restored', 'lost', 'undone')),
    lease_epoch  bigint      NOT NULL,
    expires_at   timestamptz NOT NULL,
    asset        bytea       NOT NULL,
    intent_leaf  bytea       NOT NULL,
    links_before bytea       CHECK (links_before IS NOT NULL OR state IN ('announced', 'lost')),
    restore_leaf bytea       CHECK (restore_leaf IS NOT NULL OR state NOT IN ('restoring', 'restored')),
    outcome_leaf bytea,
    PRIMARY KEY (order_code, attempt)
);

-- One attempt of an order may have cut something.
CREATE UNIQUE INDEX evidence_isolation_open ON evidence_isolation (order_code)
    WHERE state IN ('announced', 'running', 'isolated', 'restoring');

REVOKE DELETE, TRUNCATE ON evidence_isolation FROM sparekey_app;
