package dev.storewatch.cli;

import dev.storewatch.copy.CopyProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** The display of how far a copy is: a bar on a terminal, plain lines elsewhere. */
final class CopyDisplay implements CopyProgress, AutoCloseable {
  private static final Duration BAR_INTERVAL = Duration.ofMillis(100);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final boolean terminal;
  private final PrintWriter err;
  private @Nullable ProgressBar bar;
  private String what = "";
  private long rows;
  private long moved;
  private long begun;
  private long shown;

  CopyDisplay(boolean terminal, PrintWriter err) {
    this.terminal = terminal;
    this.err = err;
  }

  @Override
  public synchronized void begin(String name, long count) {
    close();
    what = name;
    rows = count;
    moved = 0;
    begun = System.nanoTime();
    shown = begun;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(count)
              .setUnit(" rows", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
              .showSpeed()
              .build();
    }
  }

  @Override
  public synchronized void moved(long more) {
    moved += more;
    if (bar != null) {
      bar.stepTo(Math.min(rows, moved));
      return;
    }
    long now = System.nanoTime();
    if (now - shown > LINE_INTERVAL.toNanos()) {
      shown = now;
      err.printf(
          Locale.ROOT,
          "%s: %,d of about %,d rows, %,.0f rows/s%n",
          what,
          moved,
          rows,
          moved / ((now - begun) / 1e9));
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
