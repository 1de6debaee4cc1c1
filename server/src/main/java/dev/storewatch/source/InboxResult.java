package dev.storewatch.source;

import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.poll.RowCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of a file of the watched folder, as it is written beside it.
 *
 * @param run its import; null if it was none
 * @param error why there was no import; null if there was one
 * @param rejects the first of the rows that were rejected
 */
record InboxResult(
    TakenFile file, @Nullable ImportRun run, @Nullable String error, List<Reject> rejects) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Returns whether the file was imported. */
  boolean isDone() {
    return run != null && run.state() != ImportRun.State.FAILED;
  }

  /** Returns why the file was not imported; null if it was. */
  @Nullable String reason() {
    return run == null ? error : run.error();
  }

  /** Returns it as JSON. */
  String json(Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file.name());
    fields.put("state", isDone() ? "done" : "failed");
    if (run == null) {
      fields.put("error", error);
      fields.put("ended_at", now.toString());
    } else {
      addRun(fields, run);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
  }

  private void addRun(Map<String, Object> fields, ImportRun of) {
    fields.put("import", of.id());
    fields.put("kind", of.kind() == null ? null : of.kind().word());
    fields.put("received_at", of.received().toString());
    fields.put("ended_at", String.valueOf(of.ended()));
    if (of.error() != null) {
      fields.put("error", of.error());
      return;
    }
    RowCounts counts = of.counts();
    fields.put("read", counts.read());
    fields.put("added", counts.added());
    fields.put("repeated", counts.repeated());
    fields.put("replaced", counts.replaced());
    fields.put("rejected", counts.rejected());
    fields.put("notes", of.notes());
    if (!rejects.isEmpty()) {
      fields.put("rejects", rejects);
    }
  }
}
