package dev.storewatch.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The comparison of all that is in two places, table by table. */
final class Comparison {
  private final Place from;
  private final Place to;
  private final CopyProgress progress;
  private final List<CopyResult.Line> lines = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  Comparison(Place from, Place to, CopyProgress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Reads both places at the same time, the first one on this thread.
   *
   * @throws Copying.Failed if they differ
   */
  List<CopyResult.Line> run() {
    try (ExecutorService other =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("compare").factory())) {
      for (Table table : Table.ALL) {
        compare(other, table.name(), place -> place.sum(table, progress));
      }
      compare(other, Table.POLL.name(), place -> place.sumOfPolls(progress));
      compare(other, "uploaded files", Place::sumOfUploads);
    }
    if (!differences.isEmpty()) {
      throw new Copying.Failed(
          "the copy is not the same as what it was made of: %s; it cannot be used: run storewatch copy again, which begins anew"
              .formatted(String.join("; ", differences)));
    }
    return lines;
  }

  private void compare(ExecutorService other, String name, Function<Place, Tally.Sum> reading) {
    Future<Tally.Sum> there = other.submit(() -> reading.apply(to));
    Tally.Sum here = reading.apply(from);
    Tally.Sum copied = result(there);
    lines.add(new CopyResult.Line(name, here.rows(), here.checksum()));
    if (!here.equals(copied)) {
      differences.add(
          "%s has %s in %s and %s in %s".formatted(name, here, from.name(), copied, to.name()));
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing", e);
    }
  }
}
