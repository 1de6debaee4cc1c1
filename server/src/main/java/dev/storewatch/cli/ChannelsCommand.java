package dev.storewatch.cli;

import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelChange;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.alert.DeliveryView;
import dev.storewatch.alert.KindView;
import dev.storewatch.channel.Field;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code alerts channels}, which enters, lists, changes, tries and deletes channels.
 */
@Command(
    name = "channels",
    description = "Enters, lists, changes, tries and deletes the channels of alerts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class ChannelsCommand implements Runnable {
  private static final String ALERTS = "alerts";
  private static final String CHANNEL = "The name or the id of the channel.";
  private static final Set<String> UNFINISHED = Set.of("queued", "running");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** A receiver may take ten seconds. */
  private static final int MOST_LOOKS = 120;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: %s alerts channels add --name ops-chat --kind slack --secret url"
            .formatted(CalledAs.name()));
  }

  @Command(
      name = "kinds",
      description = "Lists the kinds of channels, and what each is set up with.",
      mixinStandardHelpOptions = true)
  int kinds(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.open(ALERTS)) {
      installation.alerts().kinds().forEach(this::print);
    }
    return 0;
  }

  private void print(KindView kind) {
    out().println("%s, up to %d messages a minute".formatted(kind.kind(), kind.perMinute()));
    for (Field field : kind.fields()) {
      out()
          .println(
              "  %s %s%s: %s, for example %s"
                  .formatted(
                      field.secret() ? "--secret" : "--set",
                      field.name(),
                      field.required() ? "" : " (optional)",
                      field.meaning(),
                      field.example()));
    }
  }

  @Command(
      name = "add",
      description = "Enters a channel; its secrets are kept encrypted, and never shown again.",
      mixinStandardHelpOptions = true)
  int add(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.")
          String name,
      @Option(
              names = "--kind",
              required = true,
              paramLabel = "KIND",
              description = "Its kind, as alerts channels kinds lists them.")
          String kind,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "A setting; may be given several times.")
          @Nullable Map<String, String> settings,
      @Mixin SecretOptions secrets,
      @Option(
              names = "--per-minute",
              paramLabel = "N",
              description = "The most messages in a minute (default: that of the kind).")
          @Nullable Integer perMinute,
      @Mixin DataOption data)
      throws IOException {
    ChannelBody body =
        new ChannelBody(name, kind, nullable(settings), secrets.read(err()), perMinute);
    try (Installation installation = data.open(ALERTS)) {
      out().println("entered " + line(installation.alerts().add(body)));
    }
    return 0;
  }

  private static @Nullable Map<String, @Nullable String> nullable(
      @Nullable Map<String, String> settings) {
    return settings == null ? null : new HashMap<>(settings);
  }

  @Command(
      name = "list",
      description = "Lists the channels, without their secrets.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      List<ChannelView> channels = installation.alerts().channels();
      if (channels.isEmpty()) {
        out().println("no channel");
      }
      channels.forEach(channel -> out().println(line(channel)));
    }
    return 0;
  }

  private static String line(ChannelView channel) {
    return "%s  %-20s %-12s %s%s  %d waiting, %d dead%s"
        .formatted(
            channel.id(),
            channel.name(),
            channel.kind(),
            channel.settings(),
            channel.secrets().isEmpty() ? "" : " with " + String.join(", ", channel.secrets()),
            channel.waiting(),
            channel.dead(),
            channel.lastError() == null
                ? ""
                : "  failed %d times: %s".formatted(channel.failures(), channel.lastError()));
  }

  @Command(
      name = "change",
      description = "Changes a channel; what is not said stays as it is.",
      mixinStandardHelpOptions = true)
  int change(
      @Parameters(paramLabel = "CHANNEL", description = CHANNEL) String channel,
      @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
          @Nullable String name,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "A setting; may be given several times.")
          @Nullable Map<String, String> settings,
      @Option(names = "--unset", paramLabel = "NAME", description = "Takes a setting away.")
          @Nullable List<String> unset,
      @Mixin SecretOptions secrets,
      @Option(
              names = "--per-minute",
              paramLabel = "N",
              description = "The most messages in a minute.")
          @Nullable Integer perMinute,
      @Mixin DataOption data)
      throws IOException {
    Map<String, @Nullable String> said =
        settings == null ? new HashMap<>() : new HashMap<>(settings);
    if (unset != null) {
      unset.forEach(each -> said.put(each, null));
    }
    ChannelChange change =
        new ChannelChange(name, said.isEmpty() ? null : said, secrets.read(err()), perMinute);
    try (Installation installation = data.openExisting(ALERTS)) {
      AlertDesk alerts = installation.alerts();
      out().println("changed " + line(alerts.change(alerts.channel(channel).id(), change)));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Deletes a channel with its secrets; what waits for it is not sent any more.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "CHANNEL", description = CHANNEL) String channel,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      AlertDesk alerts = installation.alerts();
      alerts.delete(alerts.channel(channel).id());
      out().println("deleted " + channel);
    }
    return 0;
  }

  @Command(
      name = "test",
      description = {
        "Sends a message that says that nothing happened, and tells what the receiver said.",
        "The exit code is 1 if it did not take it."
      },
      mixinStandardHelpOptions = true)
  int test(
      @Parameters(paramLabel = "CHANNEL", description = CHANNEL) String channel,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      AlertDesk alerts = installation.alerts();
      DeliveryView sent = alerts.test(alerts.channel(channel).id());
      if (!alerts.isSending()) {
        out().println("queued " + sent.id() + ": it is sent when a server runs");
        return 0;
      }
      DeliveryView last = awaited(alerts, sent);
      out().println(DeliveriesCommand.line(last));
      return last.state().equals("delivered") || last.state().equals("accepted")
          ? 0
          : CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Waits until a message was tried, as long as a receiver may take. */
  private static DeliveryView awaited(AlertDesk alerts, DeliveryView sent) throws IOException {
    DeliveryView last = sent;
    for (int look = 0; look < MOST_LOOKS; look++) {
      boolean isTried = last.attempts() > 0 && !last.state().equals("running");
      if (isTried || !UNFINISHED.contains(last.state())) {
        return last;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      last = alerts.delivery(sent.id());
    }
    return last;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
