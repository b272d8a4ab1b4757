-- The shop beside the blog: the blog's users buy what its posts write about.

CREATE TABLE shop_country (
  code   CHAR(2)       NOT NULL PRIMARY KEY,  -- ISO 3166-1
  name   VARCHAR(80)   NOT NULL,
  in_eu  BOOLEAN       NOT NULL DEFAULT 0,
  vat    DECIMAL(4, 2) NOT NULL DEFAULT 0     -- per cent
);

CREATE TABLE shop_category (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id  INTEGER     REFERENCES shop_category (id),
  slug       VARCHAR(50) NOT NULL UNIQUE,
  name       VARCHAR(80) NOT NULL
);

CREATE TABLE shop_product (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  category_id   INTEGER        NOT NULL REFERENCES shop_category (id),
  sku           VARCHAR(12)    NOT NULL UNIQUE,
  name          VARCHAR(120)   NOT NULL,
  description   TEXT           NOT NULL DEFAULT '',
  price         DECIMAL(10, 2) NOT NULL CHECK (price >= 0),
  weight        REAL,                         -- kilograms
  in_stock      INTEGER        NOT NULL DEFAULT 0,
  is_available  BOOLEAN        NOT NULL DEFAULT 1,
  released      DATE,
  attributes    TEXT           NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  thumbnail     BLOB                          -- a PNG of 16 x 16
);

CREATE INDEX shop_product_category ON shop_product (category_id, name);

CREATE TABLE shop_order (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  number         VARCHAR(12)    NOT NULL UNIQUE,
  token          UUID           NOT NULL,     -- in the link that shows the order without a password
  customer_id    INTEGER        NOT NULL REFERENCES blog_user (id),
  country_id     CHAR(2)        NOT NULL REFERENCES shop_country (code),
  status         VARCHAR(10)    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'shipped', 'returned')),
  placed         DATETIMEOFFSET NOT NULL,     -- the customer's local time
  shipped        DATE,
  deliver_after  TIME,
  is_gift        BOOLEAN        NOT NULL DEFAULT 0,
  note           TEXT           NOT NULL DEFAULT ''
);

CREATE INDEX shop_order_customer ON shop_order (customer_id, placed);

CREATE TABLE shop_order_line (
  order_id    INTEGER        NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
  position    INTEGER        NOT NULL,
  product_id  INTEGER        NOT NULL REFERENCES shop_product (id),
  quantity    INTEGER        NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price  DECIMAL(10, 2) NOT NULL,        -- what it cost on that day
  amount      DECIMAL(10, 2) GENERATED ALWAYS AS (round(quantity * unit_price, 2)) VIRTUAL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE shop_review (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id  INTEGER      NOT NULL REFERENCES shop_product (id) ON DELETE CASCADE,
  author_id   INTEGER      NOT NULL REFERENCES blog_user (id) ON DELETE CASCADE,
  post_id     INTEGER      REFERENCES blog_post (id) ON DELETE SET NULL,  -- the post that led to the shop
  stars       SMALLINT     NOT NULL CHECK (stars BETWEEN 1 AND 5),
  title       VARCHAR(120) NOT NULL DEFAULT '',
  text        TEXT         NOT NULL DEFAULT '',
  written     DATE         NOT NULL,
  UNIQUE (product_id, author_id)
);
