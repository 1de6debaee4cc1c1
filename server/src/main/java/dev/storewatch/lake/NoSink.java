package dev.storewatch.lake;

import dev.storewatch.file.RowSink;

/** Takes rows, and does nothing with them: whoever reads them finds what is wrong with them. */
final class NoSink implements RowSink {
  @Override
  public void poll(int store, long at, boolean active) {
    // nothing is done with it
  }

  @Override
  public void hours(int store, int day, int opens, int closes) {
    // nothing is done with it
  }

  @Override
  public void closed(int store, int day) {
    // nothing is done with it
  }

  @Override
  public void zone(int store, String zone) {
    // nothing is done with it
  }

  @Override
  public void rejected(long line, String reason, String text) {
    // the import tells of it
  }
}
