-- SPDX-License-Identifier: EUPL-1.2
-- What the responders answered about the certificates when the order was received.
ALTER TABLE orders_paper DROP CONSTRAINT orders_paper_kind_check;
ALTER TABLE orders_paper ADD CONSTRAINT orders_paper_kind_check
    CHECK (kind IN ('DOCUMENT', 'REVOCATION', 'ANSWER', 'SECOND_OPINION'));
