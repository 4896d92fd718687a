-- SPDX-License-Identifier: EUPL-1.2
-- What comparisons found. The latest picture of each reseller is replaced at every comparison; a day's certificate is
-- signed once and stays.

-- Whoever compares holds this row: two replicas do not count one interval twice.
CREATE TABLE registry_comparison (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    compared_at timestamptz NOT NULL
);
INSERT INTO registry_comparison (compared_at) VALUES ('-infinity');

-- Reseller '' stands for guests that are no known reseller's.
CREATE TABLE registry_picture (
    reseller    text PRIMARY KEY,
    compared_at timestamptz NOT NULL,
    counts      bytea NOT NULL,
    findings    bytea NOT NULL
);

CREATE TABLE registry_coverage (
    reseller        text NOT NULL,
    day             date NOT NULL,
    until           timestamptz NOT NULL,
    assets_covered  bigint NOT NULL,
    assets          bigint NOT NULL,
    addresses_covered bigint NOT NULL,
    addresses       bigint NOT NULL,
    seconds_covered bigint NOT NULL,
    seconds         bigint NOT NULL,
    counts          bytea NOT NULL,
    onward          integer NOT NULL,
    complete        boolean NOT NULL,
    certificate     text,
    leaf_hash       bytea,
    PRIMARY KEY (reseller, day),
    CHECK ((certificate IS NULL) = (leaf_hash IS NULL))
);
CREATE INDEX registry_coverage_unsigned ON registry_coverage (day) WHERE certificate IS NULL;

CREATE TABLE registry_notice (
    id         uuid PRIMARY KEY,
    reseller   text NOT NULL,
    rung       text NOT NULL CHECK (rung IN ('FIRST_NOTICE', 'SECOND_NOTICE', 'HOSTER_DECIDES')),
    opened_at  timestamptz NOT NULL,
    rung_at    timestamptz NOT NULL,
    closed_at  timestamptz,
    leaf_hash  bytea NOT NULL
);
CREATE UNIQUE INDEX registry_notice_open ON registry_notice (reseller) WHERE closed_at IS NULL;

REVOKE DELETE ON registry_comparison, registry_picture, registry_coverage, registry_notice FROM sparekey_app;
