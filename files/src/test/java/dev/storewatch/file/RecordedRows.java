package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a sink is given, one line of text for each call. */
final class RecordedRows implements RowSink {
  final StoreIdIndex stores = new StoreIdIndex();
  final List<String> rows = new ArrayList<>();
  final List<String> refusals = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();

  /** Reads a whole file in blocks of the usual size. */
  static RecordedRows of(String file) throws IOException {
    return of(file.getBytes(StandardCharsets.UTF_8));
  }

  static RecordedRows of(byte[] file) throws IOException {
    return of(new ByteArrayInputStream(file), 1 << 20);
  }

  static RecordedRows of(InputStream bytes, int block) throws IOException {
    RecordedRows recorded = new RecordedRows();
    try (ImportFile file = new ImportFile(bytes, "test.csv", recorded.stores, block)) {
      file.read(recorded);
    }
    return recorded;
  }

  @Override
  public void poll(int store, long at, boolean active) {
    rows.add("poll " + stores.id(store) + " " + at + " " + active);
  }

  @Override
  public void hours(int store, int day, int opens, int closes) {
    rows.add("hours " + stores.id(store) + " " + day + " " + opens + " " + closes);
  }

  @Override
  public void closed(int store, int day) {
    rows.add("closed " + stores.id(store) + " " + day);
  }

  @Override
  public void zone(int store, String zone) {
    rows.add("zone " + stores.id(store) + " " + zone);
  }

  @Override
  public void tags(int store, @Nullable String name, List<String> tags) {
    rows.add("tags " + stores.id(store) + " " + name + " " + tags);
  }

  @Override
  public void refusedTags(int store) {
    refusals.add("tags " + stores.id(store));
  }

  @Override
  public void refusedHours(int store, int day) {
    refusals.add("hours " + stores.id(store) + " " + day);
  }

  @Override
  public void refusedZone(int store) {
    refusals.add("zone " + stores.id(store));
  }

  @Override
  public void rejected(long line, String reason, String text) {
    rows.add("rejected " + line + " " + text);
    reasons.add(reason);
  }
}
