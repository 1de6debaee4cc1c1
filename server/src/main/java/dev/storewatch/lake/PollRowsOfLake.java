package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.RowSink;
import dev.storewatch.importing.RowSource;
import dev.storewatch.interval.Micros;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;

/** The polls of a lake, as an import takes them: one for each store and instant. */
final class PollRowsOfLake implements RowSource {
  private final Path folder;
  private final Manifest manifest;
  private final Workbench bench;

  PollRowsOfLake(Path folder, Manifest manifest, Workbench bench) {
    this.folder = folder;
    this.manifest = manifest;
    this.bench = bench;
  }

  @Override
  public FileKind kind() {
    return FileKind.POLLS;
  }

  @Override
  public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
    try {
      numberStores(ids);
      Rows rows = new Rows(sink, ids, latest, tooLate);
      manifest.dates().keySet().forEach(date -> bench.read(ofDate(date), rows::take));
      readFirstPolls(sink);
      return rows.read;
    } catch (Workbench.Failed e) {
      throw StoreRows.changedMeanwhile(folder, e);
    }
  }

  /** Numbers ids once, because a text for each poll would take longer than all else. */
  private void numberStores(StoreIdIndex ids) {
    bench.execute("CREATE OR REPLACE TABLE number_of (store_id VARCHAR, number INTEGER)");
    NumberFeed numbers = new NumberFeed(ids);
    bench.read(
        """
        SELECT store_id FROM %s UNION SELECT store_id FROM %s\
        """
            .formatted(
                LakeFiles.rowsOf(folder, manifest.files(LakeTable.STORES)),
                LakeFiles.rowsOf(folder, manifest.files(LakeTable.POLLS))),
        chunk -> {
          for (int i = 0; i < chunk.rowCount(); i++) {
            numbers.add(chunk.vector(0).getString(i));
          }
        });
    bench.execute("INSERT INTO number_of SELECT * FROM :feed", numbers);
  }

  private String ofDate(LocalDate date) {
    List<LakeFile> files = manifest.files(date);
    String rows = LakeFiles.rowsOf(folder, files);
    // A file that was added may say a poll of an earlier one again, with another status.
    String held =
        files.size() > 1
            ? """
            (SELECT * FROM %s
             QUALIFY row_number() OVER (PARTITION BY store_id, "at" ORDER BY sequence DESC) = 1)\
            """
                .formatted(rows)
            : rows;
    return "SELECT number, epoch_us(\"at\"), active FROM %s JOIN number_of USING (store_id)"
        .formatted(held);
  }

  /** Tells of first polls of stores that are older than all that the lake has of them. */
  private void readFirstPolls(RowSink sink) {
    bench.read(
        """
        SELECT number, epoch_us(first_poll_at) FROM %s JOIN number_of USING (store_id)
        LEFT JOIN (SELECT store_id, min("at") AS first_at FROM %s GROUP BY store_id)
          USING (store_id)
        WHERE first_poll_at < coalesce(first_at, 'infinity')\
        """
            .formatted(
                LakeFiles.rowsOf(folder, manifest.files(LakeTable.STORES)),
                LakeFiles.rowsOf(folder, manifest.files(LakeTable.POLLS))),
        chunk -> {
          for (int i = 0; i < chunk.rowCount(); i++) {
            sink.firstPoll(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
          }
        });
  }

  /** The rows on their way to a sink. */
  private static final class Rows {
    private final RowSink sink;
    private final StoreIdIndex ids;
    private final long latest;
    private final String tooLate;
    private long read;

    Rows(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      this.sink = sink;
      this.ids = ids;
      this.latest = latest;
      this.tooLate = tooLate;
    }

    void take(DuckDBDataChunkReader chunk) {
      var stores = chunk.vector(0);
      var instants = chunk.vector(1);
      var statuses = chunk.vector(2);
      for (int i = 0; i < chunk.rowCount(); i++) {
        read++;
        long at = instants.getLong(i);
        if (at > latest) {
          sink.rejected(read, tooLate, ids.id(stores.getInt(i)) + "," + Micros.toInstant(at));
        } else {
          sink.poll(stores.getInt(i), at, statuses.getBoolean(i));
        }
      }
    }
  }
}
