package dev.storewatch.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.storewatch.csv.CsvFields;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that were rejected, as CSV with what would be right, and their counts as JSON. */
record Rejects(Dataset<Row> rows, List<Row> counts, Path folder) {
  void write(Configuration hadoop) throws IOException {
    FileSystem system = folder.getFileSystem(hadoop);
    system.mkdirs(folder);
    try (OutputStream out = system.create(new Path(folder, "rejects.csv"), true)) {
      out.write("file,line,reason,text\n".getBytes(StandardCharsets.UTF_8));
      Iterator<Row> sorted = rows.orderBy(FileRows.FILE, FileRows.LINE).toLocalIterator();
      while (sorted.hasNext()) {
        Row row = sorted.next();
        out.write(
            "%s,%d,%s,%s\n"
                .formatted(
                    CsvFields.of(row.getString(0)),
                    row.getLong(1),
                    CsvFields.of(row.getString(2)),
                    CsvFields.of(row.getString(3)))
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    ObjectMapper json = new ObjectMapper();
    ArrayNode all = json.createArrayNode();
    counts.forEach(
        row -> all.addObject().put("file", row.getString(0)).put("rejected", row.getLong(1)));
    try (OutputStream out = system.create(new Path(folder, "rejects.json"), true)) {
      out.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
      out.write('\n');
    }
  }
}
