-- SPDX-License-Identifier: EUPL-1.2
-- One row that a batch locks just before it commits: two resellers who register one machine at one moment must not both
-- find it free.
CREATE TABLE registry_turn (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO registry_turn (one) VALUES (true);

REVOKE INSERT, DELETE ON registry_turn FROM sparekey_app;
