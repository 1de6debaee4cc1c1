-- The rows of a report, packed: many stores in a row, their figures as texts (ReportBlock). Reports that were made before stay in report_row.
CREATE TABLE report_block (
  report_number INTEGER NOT NULL,
  first_store   INTEGER NOT NULL, -- the place of its first store in the report
  stores        VARCHAR NOT NULL,
  figures       VARCHAR NOT NULL,
  ends          VARCHAR NOT NULL
);
