-- SPDX-License-Identifier: EUPL-1.2
-- How often each party was refused for each reason in the minute that runs: beyond the limit refusals are counted and not
-- entered one by one. Reasons are words of ours, so the table does not grow with what strangers send.

CREATE TABLE parties_refusal (
    party    text NOT NULL,
    reason   text NOT NULL,
    log      text NOT NULL,
    began_at timestamptz NOT NULL,
    entered  integer NOT NULL,
    left_out integer NOT NULL,
    PRIMARY KEY (party, reason)
);
