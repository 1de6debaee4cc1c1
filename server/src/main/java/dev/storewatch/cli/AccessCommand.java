package dev.storewatch.cli;

import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.GrantChange;
import dev.storewatch.access.Lifetimes;
import dev.storewatch.access.Role;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code access}, which sets who may use the server. */
@Command(
    name = "access",
    description = {
      "Says who may use the server. As long as there is neither a key nor a person, every program"
          + " on this machine may, and no other machine reaches it.",
      "Roles: viewer reads; operator also asks for reports, imports and pushes polls; admin also"
          + " changes stores, keys and people."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class AccessCommand implements Runnable {
  private static final int MOST_ENTRIES = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Which role, and which stores. */
  static final class GrantOptions {
    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "viewer, operator or admin.")
    private String role = "";

    @Option(
        names = "--tag",
        paramLabel = "TAG",
        description = "Only the stores that have this tag; may be given several times.")
    private @Nullable List<String> tags;

    Grant grant() {
      return new Grant(Role.of(role), Scope.of(tags));
    }
  }

  /** What is said anew of somebody's role and stores. */
  static final class ChangeOptions {
    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "viewer, operator or admin (default: the one before).")
    private @Nullable String role;

    @ArgGroup private @Nullable Stores stores;

    /** Which stores, said in one of two ways. */
    static final class Stores {
      @Option(
          names = "--tag",
          paramLabel = "TAG",
          description =
              "Only the stores that have this tag from now on; may be given several times"
                  + " (default: the stores as before).")
      private @Nullable List<String> tags;

      @Option(names = "--all-stores", description = "All stores from now on.")
      private boolean all;

      Scope scope() {
        return all ? Scope.EVERYTHING : Scope.of(tags);
      }
    }

    GrantChange change() {
      return new GrantChange(
          role == null ? null : Role.of(role), stores == null ? null : stores.scope());
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: %s access keys".formatted(CalledAs.name()));
  }

  @Command(
      name = "add-key",
      description = "Makes a key for a program, and prints it: it is shown this once.",
      mixinStandardHelpOptions = true)
  int addKey(
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What to call it, for example pos-gateway.")
          String name,
      @Mixin GrantOptions granted,
      @Option(
              names = "--expires-in",
              paramLabel = "DURATION",
              description = "How long it is good, for example P90D (default: until it is revoked).")
          @Nullable String lifetime,
      @Mixin DataOption data)
      throws IOException {
    Grant grant = granted.grant();
    try (Installation installation = data.open("access")) {
      String key =
          installation
              .access()
              .addKey(name, grant, lifetime == null ? null : Lifetimes.parse(lifetime));
      out().println(key);
      err()
          .println(
              "This key is shown once. Send it as 'Authorization: Bearer KEY' or 'X-API-Key:"
                  + " KEY'.");
    }
    return 0;
  }

  @Command(
      name = "keys",
      description = "Lists the keys, the revoked and expired ones too.",
      mixinStandardHelpOptions = true)
  int keys(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("access")) {
      installation.access().keys().forEach(key -> out().println(line(key)));
    }
    return 0;
  }

  private static String line(ApiKey key) {
    return "%s  %-20s %-8s  %-24s %s  last used %s"
        .formatted(
            key.id(),
            key.name(),
            key.grant().role().word(),
            stores(key.grant()),
            state(key),
            orNever(key.lastUsedAt()));
  }

  private static String stores(Grant grant) {
    return grant.scope().tags() == null ? "all stores" : String.join(",", grant.scope().tags());
  }

  private static String state(ApiKey key) {
    if (key.revokedAt() != null) {
      return "revoked " + key.revokedAt();
    }
    return key.expiresAt() == null ? "good" : "good until " + key.expiresAt();
  }

  private static String orNever(@Nullable Instant instant) {
    return instant == null ? "never" : instant.toString();
  }

  @Command(
      name = "revoke-key",
      description = "Takes a key back at once.",
      mixinStandardHelpOptions = true)
  int revokeKey(
      @Parameters(paramLabel = "ID", description = "The id of the key, as access keys lists it.")
          String id,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("access")) {
      installation.access().revokeKey(id);
      out().println("revoked " + id);
    }
    return 0;
  }

  @Command(
      name = "add-user",
      description = "Adds a person, who signs in with a password.",
      mixinStandardHelpOptions = true)
  int addUser(
      @Parameters(paramLabel = "NAME", description = "The name to sign in with.") String name,
      @Mixin GrantOptions granted,
      @Mixin PasswordOption password,
      @Mixin DataOption data)
      throws IOException {
    Grant grant = granted.grant();
    try (Installation installation = data.open("access")) {
      installation.access().addUser(name, password.read(err()), grant);
      out().println("added " + name);
    }
    return 0;
  }

  @Command(
      name = "change-user",
      description = {
        "Changes what a person may do, the password, or both.",
        "What is not said stays as it is; an admin sees all stores."
      },
      mixinStandardHelpOptions = true)
  int changeUser(
      @Parameters(paramLabel = "NAME", description = "The person.") String name,
      @Mixin ChangeOptions said,
      @Option(names = "--password", description = "Asks for a new password.") boolean withPassword,
      @Mixin PasswordOption password,
      @Mixin DataOption data)
      throws IOException {
    GrantChange change = said.change();
    boolean asked = withPassword || password.isFromStandardInput();
    if (change.isEmpty() && !asked) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Say what to change: --role, --tag, --all-stores or --password, for example: storewatch"
              + " access change-user ann --password");
    }
    try (Installation installation = data.openExisting("access")) {
      installation.access().changeUser(name, change, asked ? password.read(err()) : null);
      out().println("changed " + name);
    }
    return 0;
  }

  @Command(
      name = "users",
      description = "Lists the people, the removed ones too.",
      mixinStandardHelpOptions = true)
  int users(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("access")) {
      installation.access().users().forEach(user -> out().println(line(user)));
    }
    return 0;
  }

  private static String line(User user) {
    return "%-20s %-8s  %-24s %s  last signed in %s"
        .formatted(
            user.name(),
            user.grant().role().word(),
            stores(user.grant()),
            user.isThere() ? "there" : "removed " + user.removedAt(),
            orNever(user.lastSignInAt()));
  }

  @Command(
      name = "remove-user",
      description = "Removes a person, whose sessions end at once.",
      mixinStandardHelpOptions = true)
  int removeUser(
      @Parameters(paramLabel = "NAME", description = "The person.") String name,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("access")) {
      installation.access().removeUser(name);
      out().println("removed " + name);
    }
    return 0;
  }

  @Command(
      name = "audit",
      description = "Shows who changed what, when and from where, the newest first.",
      mixinStandardHelpOptions = true)
  int audit(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "How many entries (default: ${DEFAULT-VALUE}).")
          int limit,
      @Mixin DataOption data)
      throws IOException {
    if (limit < 1 || limit > MOST_ENTRIES) {
      throw new WrongInput(
          "--limit is %d: use a whole number from 1 to %d".formatted(limit, MOST_ENTRIES));
    }
    try (Installation installation = data.openExisting("access")) {
      installation.access().trail(limit).forEach(entry -> out().println(line(entry)));
    }
    return 0;
  }

  private static String line(AuditEntry entry) {
    return "%6d  %s  %s from %s  %s %s: %s%s"
        .formatted(
            entry.number(),
            entry.doneAt(),
            entry.who(),
            entry.address(),
            entry.action(),
            Objects.requireNonNullElse(entry.target(), ""),
            Objects.requireNonNullElse(entry.outcome(), "not known how it ended"),
            change(entry));
  }

  private static String change(AuditEntry entry) {
    return entry.before() == null && entry.after() == null
        ? ""
        : "  (%s -> %s)"
            .formatted(
                Objects.requireNonNullElse(entry.before(), "nothing"),
                Objects.requireNonNullElse(entry.after(), "nothing"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
