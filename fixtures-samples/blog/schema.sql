-- The blog: people write posts about food, posts carry tags, readers comment.

CREATE TABLE blog_user (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  username  VARCHAR(30)  NOT NULL UNIQUE,
  email     VARCHAR(254) NOT NULL UNIQUE,
  name      VARCHAR(120) NOT NULL,
  bio       TEXT         NOT NULL DEFAULT '',
  is_staff  BOOLEAN      NOT NULL DEFAULT 0,
  birthday  DATE,
  joined    DATETIME     NOT NULL,
  avatar    BLOB,                            -- a PNG of 16 x 16
  settings  TEXT         NOT NULL DEFAULT '{}' CHECK (json_valid(settings))
);

-- Who follows whom: the field "follows" of a user, a many-to-many relation with the same table.
CREATE TABLE blog_user_follows (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  from_user_id  INTEGER NOT NULL REFERENCES blog_user (id) ON DELETE CASCADE,
  to_user_id    INTEGER NOT NULL REFERENCES blog_user (id) ON DELETE CASCADE,
  UNIQUE (from_user_id, to_user_id)
);

CREATE TABLE blog_tag (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  slug  VARCHAR(50) NOT NULL UNIQUE,
  name  VARCHAR(50) NOT NULL
);

CREATE TABLE blog_post (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id     INTEGER      NOT NULL REFERENCES blog_user (id),
  title         VARCHAR(200) NOT NULL,
  slug          VARCHAR(80)  NOT NULL UNIQUE,
  status        VARCHAR(10)  NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'archived')),
  body          TEXT         NOT NULL DEFAULT '',
  reading_time  BIGINT,                      -- microseconds
  is_featured   BOOLEAN      NOT NULL DEFAULT 0,
  published     DATETIME,                    -- UTC
  modified      DATETIME     NOT NULL,       -- UTC
  cover         BLOB,                        -- a PNG of 16 x 16
  extra         TEXT         NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),
  product_id    INTEGER      REFERENCES shop_product (id) ON DELETE SET NULL,
  CHECK (status = 'draft' OR published IS NOT NULL)
);

CREATE INDEX blog_post_author ON blog_post (author_id);
CREATE INDEX blog_post_newest ON blog_post (published DESC) WHERE status = 'published';

-- The field "tags" of a post.
CREATE TABLE blog_post_tags (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id  INTEGER NOT NULL REFERENCES blog_post (id) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES blog_tag (id) ON DELETE CASCADE,
  UNIQUE (post_id, tag_id)
);

CREATE TABLE blog_comment (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id     INTEGER     NOT NULL REFERENCES blog_post (id) ON DELETE CASCADE,
  parent_id   INTEGER     REFERENCES blog_comment (id) ON DELETE CASCADE,
  author_id   INTEGER     REFERENCES blog_user (id) ON DELETE SET NULL,
  guest_name  VARCHAR(60) NOT NULL DEFAULT '',
  text        TEXT        NOT NULL,
  created     DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
  is_public   BOOLEAN     NOT NULL DEFAULT 1,
  CHECK (author_id IS NOT NULL OR guest_name <> '')
);

CREATE INDEX blog_comment_post ON blog_comment (post_id, created);
