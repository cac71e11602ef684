-- The passwords are 'test' and 'other'.
INSERT INTO user (username, password) VALUES
  ('test', 'pbkdf2:sha256:1000$RqzfoEFD$be4ea92cab4e104199c2b1c64702a178aa81946b6eccaa97c55eb8c85b7bd552'),
  ('other', 'pbkdf2:sha256:1000$S1aACURJ$fb465953890d675031bbdb284e602845eef97356c146fc68aae30997f93b9d94');

INSERT INTO post (title, body, author_id, created) VALUES
  ('test title', 'test' || char(10) || 'body', 1, '2018-01-01 00:00:00');
