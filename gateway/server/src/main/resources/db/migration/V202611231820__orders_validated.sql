-- SPDX-License-Identifier: EUPL-1.2
-- A judge takes back what he authorised by the id that its issuer gave it, under another authority's name.
CREATE INDEX orders_order_validated ON orders_order (document_id) WHERE authentic AND validator_jws IS NOT NULL;
