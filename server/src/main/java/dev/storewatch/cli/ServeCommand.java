package dev.storewatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code serve}, which serves reports, imports and explanations over HTTP. */
@Command(
    name = "serve",
    description =
        "Serves the data folder over HTTP; the other commands work through the server then.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private ServeOptions serving = new ServeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return serving.serve(
        data.folder(), data.database(), data.zoneRules(), spec.commandLine().getOut());
  }
}
