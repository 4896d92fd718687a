-- SPDX-License-Identifier: EUPL-1.2
-- Which replica sends an origin to Kafka, until when. A hint only: what is in Kafka says where to go on.

CREATE TABLE mirror_lease (
    origin text PRIMARY KEY,
    owner  text NOT NULL,
    until  timestamptz NOT NULL
);
