package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement with few messages; it fails by itself where one does not come, or twice. */
@Tag("long")
final class DeliveriesJobTest {
  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void measuresMessagesInAFolder() throws Exception {
    measure(Installed::new);
  }

  @Test
  void measuresMessagesOnPostgres() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        ScratchSchema schema =
            ScratchSchema.in(
                DatabaseSettings.of(server.getJdbcUrl("postgres", "postgres"), null, null))) {
      schema.renew();
      measure(path -> new Installed(path, schema.settings()));
    }
  }

  private void measure(DeliveriesJob.Opened place) throws Exception {
    DeliveriesJob.Size size = new DeliveriesJob.Size(40, 6_000);
    new DeliveriesJob(size, place, folder, 1, new PrintWriter(printed, true)).measure();

    assertThat(printed.toString())
        .contains("40 messages to a channel with a limit of 6,000 a minute")
        .containsPattern("\\| until the receiver has the last one +\\| +[0-9.]+ ")
        .containsPattern("\\| until it is written that it has +\\| +[0-9.]+ ")
        .containsPattern("the limit wants 390 ms; until received / that +[0-9.]+ +at most 1.2");
  }
}
