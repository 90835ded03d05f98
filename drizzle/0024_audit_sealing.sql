ALTER TABLE "audit_batches" ADD COLUMN "floor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Hashes can't be packed, and trying to takes longer than all the rest; a slice of what is not packed is read alone.
ALTER TABLE "audit_batches" ALTER COLUMN "entries" SET STORAGE EXTERNAL, ALTER COLUMN "leaves" SET STORAGE EXTERNAL;
