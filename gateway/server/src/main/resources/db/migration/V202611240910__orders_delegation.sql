-- SPDX-License-Identifier: EUPL-1.2
-- Officers' delegations, as they were signed. A row is revoked, never removed; it counts once its entry is in a signed
-- checkpoint.

CREATE TABLE orders_delegation (
    digest     bytea PRIMARY KEY,
    document   text NOT NULL,
    delegator  text NOT NULL,
    party      text NOT NULL,
    delegate   text NOT NULL,
    until_at   timestamptz NOT NULL,
    entry      bytea NOT NULL,
    entered_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX orders_delegation_delegate ON orders_delegation (party, delegate);
