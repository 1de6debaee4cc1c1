-- How the file is read where it does not say so itself: name=value, each on a line.
ALTER TABLE import_run ADD COLUMN options text;

-- Names that Java has and the table of zones has not.
UPDATE store SET zone = CASE zone
  WHEN 'SystemV/AST4' THEN 'Etc/GMT+4'
  WHEN 'SystemV/AST4ADT' THEN 'America/Halifax'
  WHEN 'SystemV/EST5' THEN 'Etc/GMT+5'
  WHEN 'SystemV/EST5EDT' THEN 'America/New_York'
  WHEN 'SystemV/CST6' THEN 'Etc/GMT+6'
  WHEN 'SystemV/CST6CDT' THEN 'America/Chicago'
  WHEN 'SystemV/MST7' THEN 'Etc/GMT+7'
  WHEN 'SystemV/MST7MDT' THEN 'America/Denver'
  WHEN 'SystemV/PST8' THEN 'Etc/GMT+8'
  WHEN 'SystemV/PST8PDT' THEN 'America/Los_Angeles'
  WHEN 'SystemV/YST9' THEN 'Etc/GMT+9'
  WHEN 'SystemV/YST9YDT' THEN 'America/Anchorage'
  WHEN 'SystemV/HST10' THEN 'Etc/GMT+10'
  ELSE zone END
WHERE zone LIKE 'SystemV/%';
