-- Rows of a register of schema 1, as a Deedline of that schema wrote them. Never changed: later ones must read it.

INSERT INTO blobs (sha256, data)
VALUES ('81ac4c0f611bc2bf2e16f5b7711eeeca836d760f98740d94ffa142de0b9dcf50', X'789c8b8e36d451ca2c49cd55d251cac9cc4b55d28956ca4d4d2c2e2d4ad537363735b4303031538a8dd58936c2a9cc32d12039d1ccd200a82c1600a7e31787');
INSERT INTO blobs (sha256, data)
VALUES ('f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46', X'789c015700a8ffe799bce5b195e5b180e59ca832303235e5b9b4e5b9b4e5ba95e5898de8a8ade7ab8be99bbbe5ad90e5ad98e6aa94e7b3bbe7b5b10ae68ea8e587bae6b5b7e6bfb1e995b7e5bb8aefbc8ce7aca6e59088e980b2e5baa60a40c13c18');
INSERT INTO documents (id, state, name, sha256, media_type, text_sha256, lines_sha256, characters, metadata, title, dated, finding_sha256)
VALUES ('f24454c6063b', 'present', 'first.txt', 'f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46', 'text/plain', 'f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46', '81ac4c0f611bc2bf2e16f5b7711eeeca836d760f98740d94ffa142de0b9dcf50', 33, '{"dated":"2024-10-16","dated_precision":"day","guessed":["title"],"kind":"unknown","title":"first"}', '第一份', '2024-10-16', '55005ff4dbc0a7fabda235deb84e8598cfb95fe340bd9f1564e699c5081ce050');
INSERT INTO versions (id, document_id)
VALUES ('f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46', 'f24454c6063b');
INSERT INTO edits (id, document_id, field, value)
VALUES ('f24454c6063b/title', 'f24454c6063b', 'title', '第一份');
INSERT INTO items (n, id, document_id, state, position, key, kind, number, part, batch, parent, text, due, status, line_start, line_end, page, bodies, detail, folded)
VALUES (1, '1ba94f343000c0d5', 'f24454c6063b', 'present', 0, 'measure/37518046', 'measure', NULL, NULL, NULL, NULL, '發展局在2025年年底前設立電子存檔系統', '2025-12-31', NULL, 1, 1, NULL, 'xx/dev', '{"bodies":[{"as_printed":"發展局","body_id":"xx/dev","name":"發展局","role":"lead","rule":"made","spans":[[0,3]]}],"deadlines":[{"as_printed":"2025年年底前","earliest":null,"kind":"by","latest":"2025-12-31","precision":"day","promised":true,"rule":"made","spans":[[4,12]]}],"path":["章"],"spans":[[0,20]]}', '发展局在2025年年底前设立电子存档系统');
INSERT INTO items (n, id, document_id, state, position, key, kind, number, part, batch, parent, text, due, status, line_start, line_end, page, bodies, detail, folded)
VALUES (2, '8dc2483169f200af', 'f24454c6063b', 'present', 1, 'measure/9a0ca690', 'measure', NULL, NULL, NULL, NULL, '推出海濱長廊，符合進度', NULL, 'on_schedule', 2, 2, NULL, '', '{"path":["章"],"report":{"as_of":null,"as_printed":"符合進度","narrative":"符合進度","spans":[[28,32]],"status":"on_schedule","status_spans":[[28,32]]},"spans":[[21,32]]}', '推出海滨长廊,符合进度
符合进度');
INSERT INTO item_bodies (body_id, item_id)
VALUES ('xx/dev', '1ba94f343000c0d5');
INSERT INTO issues (id, document_id, code, message, line, item_key, spans)
VALUES ('9326cd60a4b495a8', 'f24454c6063b', 'look', 'a doubt', 1, 'measure/37518046', '[[0,20]]');
INSERT INTO change_sets (number, action, verb, subject, at, by, why, undoes, counts)
VALUES (1, 1, 'add', 'f24454c6063b', '2025-03-01T12:00:00+00:00', 'reader', '', NULL, '{"documents added":1,"issues added":1,"items added":2,"versions added":1}');
INSERT INTO change_sets (number, action, verb, subject, at, by, why, undoes, counts)
VALUES (2, 2, 'edit', 'f24454c6063b', '2025-03-01T13:00:00+00:00', 'editor', '', NULL, '{"documents changed":1,"edits added":1}');
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (1, 'documents', 'f24454c6063b', NULL);
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (1, 'issues', '9326cd60a4b495a8', NULL);
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (1, 'items', '1ba94f343000c0d5', NULL);
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (1, 'items', '8dc2483169f200af', NULL);
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (1, 'versions', 'f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46', NULL);
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (2, 'documents', 'f24454c6063b', '{"characters":33,"dated":"2024-10-16","finding_sha256":"55005ff4dbc0a7fabda235deb84e8598cfb95fe340bd9f1564e699c5081ce050","id":"f24454c6063b","lines_sha256":"81ac4c0f611bc2bf2e16f5b7711eeeca836d760f98740d94ffa142de0b9dcf50","media_type":"text/plain","metadata":"{\"dated\":\"2024-10-16\",\"dated_precision\":\"day\",\"guessed\":[\"title\"],\"kind\":\"unknown\",\"title\":\"first\"}","name":"first.txt","sha256":"f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46","state":"present","text_sha256":"f24454c6063b8d18425ff7564ec421188243d03bb374cc66a0db8958316f0a46","title":"first"}');
INSERT INTO changes (set_number, table_name, row_id, before)
VALUES (2, 'edits', 'f24454c6063b/title', NULL);
INSERT INTO item_search (rowid, grams)
VALUES (1, '02 20 25 5年 前设 发展 在2 子存 存档 局在 展局 年年 年底 底前 档系 电子 立电 系统 设立');
INSERT INTO item_search (rowid, grams)
VALUES (2, '出海 合进 推出 海滨 滨长 符合 进度 长廊');
