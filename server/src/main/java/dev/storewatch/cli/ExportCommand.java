package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.lake.ExportOptions;
import dev.storewatch.lake.ExportResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code export}, which writes stores and polls as Parquet files. */
@Command(
    name = "export",
    description = {
      "Writes all stores and polls as Parquet files, which DuckDB, Spark and pandas read and"
          + " `import` reads back. A further export to the same folder adds what is new."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExportCommand implements Callable<Integer> {
  private static final String PARQUET = "parquet";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "The form of the files: parquet.")
  private String format = "";

  @Option(
      names = "--compact",
      description = "Write one file for each date in the place of several.")
  private boolean compact;

  @Option(
      names = "--keep-days",
      paramLabel = "N",
      description = {
        "Keep the polls of N dates in the folder, the newest date among them, and drop those"
            + " before.",
        "The data that is exported keeps all."
      })
  private @Nullable Integer keepDays;

  @Option(names = "--anew", description = "Write everything again, whatever is there.")
  private boolean anew;

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder = Path.of("");

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!format.equals(PARQUET)) {
      throw new WrongInput(
          "there is no export in the format '%s': use --format parquet".formatted(format));
    }
    ExportOptions options = new ExportOptions(compact, keepDays, anew);
    try (Installation installation = data.openExisting("export")) {
      long start = System.nanoTime();
      ExportResult result = installation.export(folder, options);
      spec.commandLine().getOut().println(words(result, (System.nanoTime() - start) / 1e9));
      return 0;
    }
  }

  private static String words(ExportResult result, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d polls written into %,d %s, %,d removed, %.2f s%n"
            + "the lake has %,d stores and %,d polls of %,d dates in %,d files, %.1f MB",
        result.polled(),
        result.made(),
        result.made() == 1 ? "file" : "files",
        result.removed(),
        seconds,
        result.stores(),
        result.polls(),
        result.dates(),
        result.files(),
        result.bytes() / 1e6);
  }
}
