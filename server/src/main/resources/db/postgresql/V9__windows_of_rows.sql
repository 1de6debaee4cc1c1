-- The windows of rows in reports with months or years, which begin at another instant in another zone; null in others.
ALTER TABLE report_row ADD COLUMN window_start bigint;
ALTER TABLE report_row ADD COLUMN window_end bigint;
