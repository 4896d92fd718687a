-- SPDX-License-Identifier: EUPL-1.2
-- Alarms: one row while a condition holds and for ever after, one notice a channel for its beginning and its end.

CREATE TABLE alarms_lock (one integer PRIMARY KEY CHECK (one = 1));
INSERT INTO alarms_lock VALUES (1);

CREATE TABLE alarms_alarm (
    id        uuid PRIMARY KEY,
    kind      text NOT NULL,
    subject   text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX alarms_alarm_open ON alarms_alarm (kind, subject) WHERE closed_at IS NULL;
CREATE INDEX alarms_alarm_subject ON alarms_alarm (kind, subject);

CREATE TABLE alarms_notice (
    alarm_id uuid NOT NULL,
    change   text NOT NULL CHECK (change IN ('OPENED', 'CLOSED')),
    channel  text NOT NULL,
    kind     text NOT NULL,
    subject  text NOT NULL,
    at       timestamptz NOT NULL,
    due_at   timestamptz NOT NULL,
    attempts integer NOT NULL,
    sent_at  timestamptz,
    PRIMARY KEY (alarm_id, change, channel)
);
CREATE INDEX alarms_notice_due ON alarms_notice (due_at) WHERE sent_at IS NULL;

CREATE TABLE alarms_position (
    log        text PRIMARY KEY,
    origin     text NOT NULL,
    next_index bigint NOT NULL
);

CREATE TABLE alarms_tally (
    subject text PRIMARY KEY,
    tally   integer NOT NULL
);

GRANT SELECT, UPDATE ON alarms_lock TO sparekey_app;
GRANT SELECT, INSERT, UPDATE ON alarms_alarm, alarms_notice, alarms_position, alarms_tally TO sparekey_app;
