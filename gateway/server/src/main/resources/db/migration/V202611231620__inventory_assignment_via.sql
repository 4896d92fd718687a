-- SPDX-License-Identifier: EUPL-1.2
-- What a reseller passed on is asked with every batch of his.
CREATE INDEX inventory_assignment_via ON inventory_assignment (via) WHERE via <> '';
