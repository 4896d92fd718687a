-- SPDX-License-Identifier: EUPL-1.2
-- Assets that went from one reseller to another. Rows are only added; release is the giver's own signed document, the
-- receiver's signature is over the batch that the line stands in.
CREATE TABLE registry_hand_over (
    vps_ref     text NOT NULL REFERENCES registry_vps,
    valid_from  timestamptz NOT NULL,
    giver       text NOT NULL,
    receiver    text NOT NULL,
    release     text NOT NULL,
    batch_id    uuid NOT NULL,
    line        integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (vps_ref, valid_from)
);

REVOKE UPDATE, DELETE ON registry_hand_over FROM sparekey_app;
