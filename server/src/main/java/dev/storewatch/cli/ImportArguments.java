package dev.storewatch.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments of the command {@code import}. */
final class ImportArguments {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files, or one such folder.")
  List<Path> files = List.of();

  @Mixin final DataOption data = new DataOption();

  @Mixin final ReadingOptions reading = new ReadingOptions();
}
