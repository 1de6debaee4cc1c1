package dev.storewatch.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * The command {@code import}, which imports files of polls, business hours, time zones and tags.
 */
@Command(
    name = "import",
    description = {
      "Imports CSV files, and polls in JSON, one on each line; plain, .gz or .zip. The header of a"
          + " CSV file tells what it holds, columns in any order:",
      "  store_id,status,timestamp_utc                     polls",
      "  store_id,day,start_time_local,end_time_local      business hours (0 = Monday)",
      "  store_id,timezone_str                             time zones",
      "  store_id,tag                                      tags, a row for each",
      "  store_id,name,tags                                names and tags (west;big)",
      "  store_id,date,start_time_local,end_time_local     special days",
      "  store_id,from_local,to_local,reason               planned closures",
      "Each file goes in whole; rows that are wrong are counted, kept and shown, and the exit code"
          + " is 3.",
      "A folder that `export --format parquet` wrote is imported by its name alone."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ImportCommand implements Callable<Integer> {
  @Mixin private ImportArguments arguments = new ImportArguments();

  @ParentCommand private @Nullable Storewatch program;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return new ImportTask(
            arguments,
            Objects.requireNonNull(program).processes(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr())
        .run();
  }
}
