package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands do that say who may use the server, wherever they do it. */
@ResourceLock("System.in") // which is what somebody types, for the whole process
abstract class AccessContract {
  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER_PASSWORD = "staple battery horse";

  private String out = "";
  private String err = "";

  /** Returns the data folder. */
  abstract Path folder();

  /** Writes all that was kept to the files of the folder. */
  abstract void writeAll();

  /** Returns the exit code of what only the keeper of keys and people finds wrong. */
  abstract int refused();

  /** Runs a command, with what somebody types. */
  private int run(String typed, String... arguments) {
    List<String> all = new ArrayList<>(List.of("access"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", folder().toString()));
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    InputStream in = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return Storewatch.run(
          new PrintStream(outBytes, true, StandardCharsets.UTF_8),
          new PrintStream(errBytes, true, StandardCharsets.UTF_8),
          all.toArray(new String[0]));
    } finally {
      System.setIn(in);
      out = outBytes.toString(StandardCharsets.UTF_8);
      err = errBytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** Runs a command that does what it should, and returns what it says. */
  final String done(String typed, String... arguments) {
    assertThat(run(typed, arguments)).as(err).isZero();
    return out;
  }

  private String line(String list, String name) {
    var _ = done("", list);
    return out.lines().filter(line -> line.contains(name)).findFirst().orElse("");
  }

  private void assertKeptNowhere(String secret) throws IOException {
    writeAll();
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret)).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void printAKeyOnce() throws Exception {
    var _ = done("", "add-key", "--name", "shown once", "--role", "viewer", "--tag", "west");

    String key = out.strip();
    assertThat(out).matches("sw_[0-9A-Za-z]+_[0-9A-Za-z]{40,}\n");
    assertThat(err).contains("This key is shown once").doesNotContain(key);
    String secret = key.substring(key.lastIndexOf('_') + 1);
    assertThat(line("keys", "shown once"))
        .contains("viewer", "west", "good", "last used never")
        .doesNotContain(secret);
    var _ = done("", "audit");
    assertThat(out).contains("key.create").doesNotContain(secret);
    assertKeptNowhere(secret);
  }

  @Test
  void takeAKeyBack() {
    var _ = done("", "add-key", "--name", "gone", "--role", "operator", "--expires-in", "P90D");
    String id = line("keys", "gone").split(" ", 2)[0];
    assertThat(out).contains("operator", "all stores", "good until ");

    var _ = done("", "revoke-key", id);

    assertThat(out).isEqualTo("revoked " + id + "\n");
    assertThat(line("keys", "gone")).contains("revoked 20");
    var _ = done("", "audit");
    assertThat(out.lines().findFirst()).get().asString().contains("key.revoke", id);
    var _ = done("", "add-key", "--name", "gone", "--role", "viewer");
  }

  @Test
  void keepPeopleWithoutTheirPasswords() throws Exception {
    var _ = done(PASSWORD + "\n", "add-user", "Ann B", "--role", "viewer", "--password-stdin");
    assertThat(out).isEqualTo("added Ann B\n");
    assertThat(line("users", "Ann B")).contains("viewer", "all stores", "there", "never");

    var _ =
        done("", "change-user", "Ann B", "--role", "operator", "--tag", "west", "--tag", "north");
    assertThat(line("users", "Ann B")).contains("operator", "north,west");
    var _ = done(OTHER_PASSWORD, "change-user", "Ann B", "--password-stdin");
    assertThat(line("users", "Ann B")).contains("operator", "north,west");
    var _ = done("", "change-user", "Ann B", "--role", "viewer");
    assertThat(line("users", "Ann B")).contains("viewer", "north,west");
    var _ = done("", "change-user", "Ann B", "--all-stores");
    assertThat(line("users", "Ann B")).contains("viewer", "all stores");
    var _ = done("", "audit", "--limit", "1");
    assertThat(out).contains("(viewer, tags north west -> viewer, all stores)");
    var _ = done(OTHER_PASSWORD, "change-user", "Ann B", "--role", "admin", "--password-stdin");
    assertThat(line("users", "Ann B")).contains("admin", "all stores");

    var _ = done("", "remove-user", "Ann B");
    assertThat(out).isEqualTo("removed Ann B\n");
    assertThat(line("users", "Ann B")).contains("removed 20");
    var _ = done("", "audit", "--limit", "7");
    assertThat(out)
        .hasLineCount(7)
        .contains("user.create", "user.change", "user.remove")
        .doesNotContain(PASSWORD);
    assertKeptNowhere(PASSWORD);
    assertKeptNowhere(OTHER_PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "add-key --name x --role boss|there is no role 'boss': use viewer, operator or admin",
        "add-key --name x --role admin --tag west|leave the tags out, or use the role operator",
        "add-key --name x --role viewer --tag a,b|'a,b' is not a tag",
        "add-key --name x --role viewer --expires-in 90|use an ISO 8601 duration, for example P90D",
        "add-key --name x --role viewer --expires-in PT0S|a key is good for a minute to",
        "add-key --role viewer|Missing required option: '--name=NAME'",
        "add-key --name x|Missing required option: '--role=ROLE'",
        "change-user nobody --role boss|there is no role 'boss'",
        "change-user nobody|Say what to change: --role, --tag, --all-stores or --password",
        "change-user nobody --tag west --all-stores|mutually exclusive",
        "revoke-key|Missing required parameter: 'ID'",
        "audit --limit many|'many' is not an int",
        "audit --limit 0|from 1 to 1000",
        "audit --limit -1|from 1 to 1000",
        "audit --limit 1001|from 1 to 1000",
        "lend|Unmatched argument",
      })
  void sayWhatIsWrong(String arguments, String right) {
    assertThat(run("", arguments.split(" ", -1))).isEqualTo(2);

    assertThat(err).contains(right).doesNotContain("Exception", "\tat ");
    assertThat(out).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "revoke-key nonsense|there is no key with the id nonsense: list the keys first",
        "change-user nobody --role viewer|there is nobody called nobody: list the people first",
        "remove-user nobody|there is nobody called nobody: list the people first",
        "add-user x --role viewer|nobody can type a password here: give it on the standard input",
        "add-user x --role viewer --password-stdin|there is no password on the standard input",
      })
  void sayWhatIsNotThere(String arguments, String right) {
    assertThat(run("", arguments.split(" ", -1))).as(out + err).isEqualTo(1);

    assertThat(err).startsWith("storewatch: " + right).hasLineCount(1);
    assertThat(out).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "short|a password has at least 12 characters",
        "aaaaaaaaaaaaaaa|this password is easily guessed",
        "``|a password has at least 12 characters",
      })
  void refuseAPasswordThatIsNoGood(String password, String right) {
    int code = run(password + "\n", "add-user", "weak", "--role", "viewer", "--password-stdin");

    assertThat(code).isEqualTo(refused());
    assertThat(err).startsWith("storewatch: " + right).hasLineCount(1);
    assertThat(line("users", "weak")).isEmpty();
  }

  @Test
  void refuseNamesThatAreNoGoodOrTaken() {
    assertThat(run("", "add-key", "--name", "", "--role", "viewer")).isEqualTo(refused());
    assertThat(err).startsWith("storewatch: '' is not a name: use 1 to 100 letters");

    var _ = done("", "add-key", "--name", "twice", "--role", "viewer");
    assertThat(run("", "add-key", "--name", "twice", "--role", "admin")).isEqualTo(1);
    assertThat(err).startsWith("storewatch: there is a key or a person called twice already");
    assertThat(out).isEmpty();
    String[] added = {"add-user", "Two", "--role", "viewer", "--password-stdin"};
    var _ = done(PASSWORD, added);
    assertThat(run(PASSWORD, added)).isEqualTo(1);
    assertThat(err).contains("called Two already").doesNotContain(PASSWORD);
  }
}
