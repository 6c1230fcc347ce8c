PRAGMA application_id = 1215262280;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE event (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            t_s NOT NULL CHECK (typeof(t_s) = 'real'),
            kind TEXT NOT NULL,
            payload BLOB NOT NULL CHECK (typeof(payload) = 'blob'),
            PRIMARY KEY (session_id, seq)
        ) WITHOUT ROWID
        ;
CREATE TABLE felt (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
            tension INTEGER CHECK (tension BETWEEN 0 AND 10),
            distress INTEGER CHECK (distress BETWEEN 0 AND 10),
            kindness INTEGER CHECK (kindness BETWEEN 0 AND 10),
            PRIMARY KEY (session_id, moment)
        ) WITHOUT ROWID
        ;
INSERT INTO "felt" VALUES(1,'after',4,2,NULL);
INSERT INTO "felt" VALUES(1,'before',6,NULL,3);
CREATE TABLE figures (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            algorithm INTEGER NOT NULL,            -- the version that worked them out
            before_hr_bpm REAL,                    -- quiet time before, own breath
            before_rmssd_ms REAL,
            guided_hr_bpm REAL,
            after_hr_bpm REAL,                     -- quiet time after, own breath
            after_rmssd_ms REAL,
            following_r2 REAL,
            following_locking REAL,
            amplitude_bpm REAL,
            artefact_fraction REAL,
            answer TEXT,                           -- of the calm verdict
            strap_kind TEXT NOT NULL
        );
INSERT INTO "figures" VALUES(1,2,68.5,31.25,66.0,64.75,35.5,0.625,0.75,4.5,0.0,'calmer','true_rr');
CREATE TABLE imported (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            sha256 TEXT NOT NULL,                  -- of the content: the same file is known again
            file_name TEXT NOT NULL,
            form TEXT NOT NULL,                    -- which reader read it
            content BLOB NOT NULL
        );
INSERT INTO "imported" VALUES(1,'abababababababababababababababababababababababababababababababab','rr.txt','rr_text',X'3831320A');
CREATE TABLE left_out (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            start_s REAL,
            end_s REAL,
            CHECK ((start_s IS NULL) = (end_s IS NULL) AND (start_s IS NULL OR start_s < end_s))
        );
INSERT INTO "left_out" VALUES(1,1,10.0,12.5);
CREATE TABLE note (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            note TEXT NOT NULL
        );
INSERT INTO "note" VALUES(1,'Quiet rain.');
CREATE TABLE packed (
            session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            events BLOB NOT NULL                   -- see event_pack.py
        );
INSERT INTO "packed" VALUES(1,X'486F6E45010103000000E2000000789C558D3D0AC2401085470DB1F508610BAB148A82924693CAD21B8471779490CD6ED81F452437B4F3426E24820ED3BCEFF1F826300559A9BAF46D0C2DF29A5C0C0D9A9A0CC008C600EB27ACFEFF95C20E6C3487EF3D180A61C85A96252CCFB3A26069C21436D483A3966892C372D1C3133A47E65EB6DC856EBB09486A8EAED22A64E5A50CA441E5CFC89D37647EA8162487D8CDF610052D1F86ECE22B41BDE08AD27FB456EA5B98776FD5C74073C6E991BC786104732DDC43C6CF74A4E3AF02549CC2CC33BD5628541B400FD4D5');
CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a deleted session's number is not used again
            uid TEXT NOT NULL UNIQUE,              -- the same wherever the session is copied to
            started_at TEXT NOT NULL,              -- ISO 8601 with the offset from UTC
            source TEXT NOT NULL,
            plan TEXT NOT NULL,
            choices TEXT NOT NULL,                 -- JSON
            strap TEXT,                            -- JSON
            ended TEXT CHECK (ended IN ('completed', 'stopped', 'source_ended', 'interrupted')),
            duration_s REAL,
            n_packets INTEGER,
            n_beats INTEGER,
            summary TEXT                           -- JSON; its "algorithm" says what made it
        , personal TEXT, deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)));
INSERT INTO "session" VALUES(1,'0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f','2026-03-04T05:06:07.890123+01:00','ble:AA:BB','five','{"plan_id": "five", "guide_id": "ease", "touch_id": "none", "anchor_id": "breath", "sight": true, "quiet_s": 60.0, "wait_for_heart": false, "length_s": null}','{"address": "AA:BB", "name": "Polar H10", "battery_pct": 87, "location": null, "manufacturer": null, "model": null}','completed',301.5,1,1,'{"algorithm": 1, "rmssd_ms": 41.7}','{"schema": 1, "guides": [{"id": "my-1", "label": "Mine", "inhale_s": 4.0, "hold_in_s": 0.0, "exhale_s": 6.0, "hold_out_s": 0.0}], "edits": [], "hidden": [{"set": "settle", "line": "none"}], "phrases": [], "plans": []}',0);
INSERT INTO "session" VALUES(2,'1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f','2026-03-05T05:06:07+01:00','sim:','five','{"plan_id": "five", "guide_id": "ease", "touch_id": "none", "anchor_id": "breath", "sight": true, "quiet_s": 60.0, "wait_for_heart": false, "length_s": null}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE tag (
            session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (session_id, place)
        ) WITHOUT ROWID
        ;
INSERT INTO "tag" VALUES(1,0,'evening');
INSERT INTO "tag" VALUES(1,1,'after work');
CREATE TABLE writing (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
            written_at TEXT NOT NULL,              -- ISO 8601 with the offset from UTC
            set_id TEXT NOT NULL,                  -- which lines were answered
            answers TEXT NOT NULL,                 -- JSON: line, prompt, text
            reread_on TEXT,                        -- ISO 8601, a day
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))  -- until it is final
        );
INSERT INTO "writing" VALUES(1,'2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f','2026-03-04T05:20:00+01:00','letter','[{"line": "dear", "prompt": "Start the letter.", "text": "Liebe Grüße"}]','2026-04-01',0);
CREATE INDEX session_unfinished ON session (id) WHERE ended IS NULL;
CREATE INDEX session_deleted ON session (id) WHERE deleted;
CREATE INDEX left_out_session ON left_out (session_id);
CREATE INDEX imported_sha256 ON imported (sha256);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('session',2);
INSERT INTO "sqlite_sequence" VALUES('writing',1);
COMMIT;
