-- Evidence that belongs to something has the time since when; the rest is swept. What was uploaded before is kept.
ALTER TABLE attachments ADD COLUMN kept_at BIGINT;
UPDATE attachments SET kept_at = created_at WHERE purpose = 'evidence';
CREATE INDEX attachments_unkept ON attachments (created_at) WHERE purpose = 'evidence' AND kept_at IS NULL;
