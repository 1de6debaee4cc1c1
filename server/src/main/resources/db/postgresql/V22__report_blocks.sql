-- The rows of a report, packed: many stores in a row, their figures as texts (ReportBlock). Reports that were made before stay in report_row.
CREATE TABLE report_block (
  report_number integer NOT NULL,
  first_store   integer NOT NULL, -- the place of its first store in the report
  stores        text NOT NULL,
  figures       text NOT NULL,
  ends          text NOT NULL,
  PRIMARY KEY (report_number, first_store)
);
