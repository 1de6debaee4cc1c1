package dev.storewatch.cli;

import dev.storewatch.alert.DeliveryView;
import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code alerts deliveries}, which lists messages to channels. */
@Command(
    name = "deliveries",
    description = "Lists the messages to channels, the newest first, and what came of them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DeliveriesCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "Only those to a channel, by its name or id.")
  private @Nullable String channel;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those that are queued, running, delivered, accepted, dead or skipped.")
  private @Nullable String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || limit > MOST) {
      throw new WrongInput("--limit is %d: use a whole number from 1 to %d".formatted(limit, MOST));
    }
    try (Installation installation = data.openExisting("alerts")) {
      AlertDesk alerts = installation.alerts();
      String id = channel == null ? null : alerts.channel(channel).id();
      List<DeliveryView> found = alerts.deliveries(limit, id, state);
      if (found.isEmpty()) {
        spec.commandLine().getOut().println("no message");
      }
      found.forEach(each -> spec.commandLine().getOut().println(line(each)));
    }
    return 0;
  }

  static String line(DeliveryView delivery) {
    return "%s  %s  %-9s %d attempts  %s: %s"
        .formatted(
            delivery.id(),
            delivery.queuedAt(),
            delivery.state(),
            delivery.attempts(),
            delivery.title(),
            Objects.requireNonNullElse(delivery.note(), "not tried yet"));
  }
}
