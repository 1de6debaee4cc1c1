package dev.storewatch.cli;

import dev.storewatch.file.ImportFile;
import dev.storewatch.importing.ImportProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The display of how far an import is: a bar with speed and time left on a terminal, plain lines
 * elsewhere.
 */
final class ImportDisplay implements ImportProgress, AutoCloseable {
  private static final Duration BAR_INTERVAL = Duration.ofMillis(100);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final String name;
  private final long size;
  private final PrintWriter err;
  private final @Nullable ProgressBar bar;
  private final long begun = System.nanoTime();
  private volatile @Nullable Thread watcher;

  ImportDisplay(String name, long size, boolean terminal, PrintWriter err) {
    this.name = name;
    this.size = size;
    this.err = err;
    this.bar = terminal ? bar(name, size) : null;
  }

  private static ProgressBar bar(String name, long size) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(size)
        .setUnit(" MB", 1_000_000)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
        .build();
  }

  @Override
  public void reading(ImportFile file) {
    watcher = Thread.ofVirtual().start(() -> watch(file));
  }

  private void watch(ImportFile file) {
    try {
      while (true) {
        Thread.sleep(bar == null ? LINE_INTERVAL : BAR_INTERVAL);
        show(file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(ImportFile file) {
    long rows = file.rowsRead();
    String speed = String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, rows / seconds());
    if (bar != null) {
      bar.stepTo(Math.min(size, file.bytesRead()));
      bar.setExtraMessage(speed);
    } else {
      double done = (double) file.bytesRead() / Math.max(1, size);
      err.printf(
          Locale.ROOT,
          "%s: %.0f %% read, %s, %.0f s left%n",
          name,
          100 * done,
          speed,
          seconds() * (1 - done) / Math.max(done, 0.01));
    }
  }

  private double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  @Override
  public void writing(long rows) {
    stopWatching();
    if (bar != null) {
      bar.stepTo(size);
      bar.setExtraMessage(String.format(Locale.ROOT, "writing %,d rows", rows));
      bar.refresh();
    }
  }

  private void stopWatching() {
    Thread running = watcher;
    if (running != null) {
      running.interrupt();
      watcher = null;
    }
  }

  @Override
  public void close() {
    stopWatching();
    if (bar != null) {
      bar.close();
    }
  }
}
