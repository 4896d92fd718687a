-- SPDX-License-Identifier: EUPL-1.2
-- A refusal that left an entry is the answer to its Idempotency-Key, as an effect is: whoever sends it again gets it again.

CREATE TABLE parties_refused_claim (
    party           text NOT NULL,
    idempotency_key text NOT NULL,
    problem         text NOT NULL,
    detail          text NOT NULL,
    PRIMARY KEY (party, idempotency_key),
    FOREIGN KEY (party, idempotency_key) REFERENCES parties_idempotency
);

REVOKE UPDATE, DELETE ON parties_refused_claim FROM sparekey_app;
