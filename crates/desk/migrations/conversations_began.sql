-- Rates are reckoned against the conversations that began in a month.
CREATE INDEX conversations_began ON conversations (created_at) WHERE merged_into IS NULL;
